import { type LockedProvider, mergeLock } from "../../src/installation/lock-file";

const ksvla: LockedProvider = {
  source: "terraform.local/ksvla/ksvla",
  version: "1.2.3",
  constraints: "1.2.3",
  hash: "h1:bmV3",
};
const ksvlaBlock = `provider "terraform.local/ksvla/ksvla" {
  version     = "1.2.3"
  constraints = "1.2.3"
  hashes = [
    "h1:bmV3",
  ]
}
`;
const header = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;
const nullBlock = `# Pinned until the next window.
provider "registry.terraform.io/hashicorp/null" {
  version     = "3.2.4"
  constraints = "~> 3.0"
  hashes = [
    "h1:hkf5w5B6q8e2A42ND2CjAvgvSN3puAosDmOJb3zCVQM=",
    "zh:59f6b52ab4ff35739647f9509ee6d93d7c032985d9f8c6237d1f8a59471bbbe2",
  ]
}
`;
const laterBlock = `# Ours.
provider "zeta.example.test/team/zeta" {
  version = "0.1.0"
}
`;

test("an absent file becomes one with the provider's block", () => {
  expect(mergeLock("", ksvla)).toBe(`${header}\n${ksvlaBlock}`);
});

test("the block goes after the providers that sort before it, which stay untouched", () => {
  expect(mergeLock(`${header}\n${nullBlock}`, ksvla)).toBe(`${header}\n${nullBlock}\n${ksvlaBlock}`);
});

test("the block goes before the providers that sort after it, and before their comments", () => {
  expect(mergeLock(`${header}\n${nullBlock}\n${laterBlock}`, ksvla)).toBe(
    `${header}\n${nullBlock}\n${ksvlaBlock}\n${laterBlock}`,
  );
});

test("a file that already says so is returned as it is", () => {
  const text = `${header}\n${nullBlock}\n${ksvlaBlock}\n\n${laterBlock}\n`;
  expect(mergeLock(text, ksvla)).toBe(text);
});

test("further hashes of the same version and package are kept", () => {
  const text = ksvlaBlock.replace('    "h1:bmV3",\n', '    "h1:b2xk",\n    "h1:bmV3",\n');
  expect(mergeLock(text, ksvla)).toBe(text);
});

test.each([
  ["an older version", ksvlaBlock.replaceAll("1.2.3", "1.0.0")],
  ["another build of the same version", ksvlaBlock.replace("h1:bmV3", "h1:b2xk")],
  ["other constraints", ksvlaBlock.replace('constraints = "1.2.3"', 'constraints = ">= 1.0.0"')],
  ["no constraints", ksvlaBlock.replace('  constraints = "1.2.3"\n', "")],
])("%s is replaced where it stands", (_, block) => {
  expect(mergeLock(`${header}\n${nullBlock}\n${block}\n${laterBlock}`, ksvla)).toBe(
    `${header}\n${nullBlock}\n${ksvlaBlock}\n${laterBlock}`,
  );
});

test("a hash in a comment does not count", () => {
  const text = ksvlaBlock.replace('    "h1:bmV3",', '    # "h1:bmV3",\n    "h1:b2xk",');
  expect(mergeLock(text, ksvla)).toMatch(/^ {4}"h1:bmV3",$/m);
});

test("comments inside a replaced block survive", () => {
  const text = ksvlaBlock.replace("1.2.3", "1.0.0").replace("  version", "  # See OPS-7.\n  version");
  expect(mergeLock(text, ksvla)).toContain("  # See OPS-7.\n");
});

test("line ends stay those of the file", () => {
  const text = `${header}\n${nullBlock}`.replaceAll("\n", "\r\n");
  expect(mergeLock(text, ksvla)).toBe(`${header}\n${nullBlock}\n${ksvlaBlock}`.replaceAll("\n", "\r\n"));
});

test("merging twice changes nothing more", () => {
  for (const text of ["", nullBlock, `${nullBlock}\n${laterBlock}`, laterBlock.trimEnd()]) {
    const once = mergeLock(text, ksvla);
    expect(mergeLock(once, ksvla)).toBe(once);
  }
});

test("a block that is not closed is refused rather than guessed at", () => {
  expect(() => mergeLock(`${header}\n${nullBlock.trimEnd().slice(0, -1)}`, ksvla)).toThrow(
    'the block of provider "registry.terraform.io/hashicorp/null", which starts in line 5, is not closed',
  );
});
