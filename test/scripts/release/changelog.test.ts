import { sectionOf, withRelease } from "../../../scripts/release/changelog";
import { renumbered } from "../../../scripts/release/renumber";

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A thing.

## [0.1.0] - 2026-01-02

- The first one.
`;

test("a section is what stands between two headings", () => {
  expect(sectionOf(CHANGELOG, "Unreleased")).toBe("### Added\n\n- A thing.");
  expect(sectionOf(CHANGELOG, "0.1.0")).toBe("- The first one.");
});

test("a release takes what was to come, and leaves room for more", () => {
  const released = withRelease(CHANGELOG, "0.2.0", new Date("2026-03-04T23:59:59Z"));

  expect(released).toContain("## [Unreleased]\n\n## [0.2.0] - 2026-03-04\n\n### Added\n\n- A thing.\n\n## [0.1.0]");
  expect(sectionOf(released, "0.2.0")).toBe("### Added\n\n- A thing.");
});

test.each([
  ["a version that nobody wrote about", () => sectionOf(CHANGELOG, "0.3.0"), 'no section "## [0.3.0]"'],
  ["a version of which there is nothing to say", () => sectionOf("## [1.0.0]\n", "1.0.0"), "is empty"],
  ["a release without changes", () => withRelease("## [Unreleased]\n", "1.0.0", new Date()), "is empty"],
  ["a version that is released already", () => withRelease(CHANGELOG, "0.1.0", new Date()), "already"],
])("%s is refused", (_, attempt, message) => {
  expect(attempt).toThrow(message);
});

test("a guide shows the version in quotes and as a mirror's index, and tells the history as it was", () => {
  const guide = 'version = "0.1.0", `0.1.0.json`; version 0.1.0 wrote otherwise';

  expect(renumbered(guide, "0.1.0", "0.2.0")).toBe('version = "0.2.0", `0.2.0.json`; version 0.1.0 wrote otherwise');
});
