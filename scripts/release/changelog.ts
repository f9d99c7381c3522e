/** CHANGELOG.md, in the form of Keep a Changelog: a section per version, the newest first, below that of what is to come. */
const UNRELEASED = "Unreleased";
const HEADING = /^## \[([^\]]+)\].*$/gm;

/**
 * What is said of a version, without its heading.
 * @throws Error when there is no such section, or nothing in it.
 */
export function sectionOf(changelog: string, version: string): string {
  const headings = [...changelog.matchAll(HEADING)];
  const index = headings.findIndex(([, name]) => name === version);
  const heading = headings[index];
  if (heading === undefined) throw new Error(`CHANGELOG.md has no section "## [${version}]".`);
  const section = changelog.slice(heading.index + heading[0].length, headings[index + 1]?.index).trim();
  if (section === "") throw new Error(`The section "## [${version}]" of CHANGELOG.md is empty.`);
  return section;
}

/**
 * The changelog in which what was to come is a version.
 * @throws Error when nothing was to come, and when the version is there already.
 */
export function withRelease(changelog: string, version: string, date: Date): string {
  sectionOf(changelog, UNRELEASED);
  if ([...changelog.matchAll(HEADING)].some(([, name]) => name === version)) {
    throw new Error(`CHANGELOG.md has a section "## [${version}]" already.`);
  }
  const day = date.toISOString().slice(0, "yyyy-mm-dd".length);
  return changelog.replace(`## [${UNRELEASED}]`, `## [${UNRELEASED}]\n\n## [${version}] - ${day}`);
}
