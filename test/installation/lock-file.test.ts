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

test.each([
  ["an older version", ksvlaBlock.replaceAll("1.2.3", "1.0.0")],
  ["another build of the same version", ksvlaBlock.replace("h1:bmV3", "h1:b2xk")],
  ["other constraints", ksvlaBlock.replace('constraints = "1.2.3"', 'constraints = ">= 1.0.0"')],
  ["no constraints", ksvlaBlock.replace('  constraints = "1.2.3"\n', "")],
  ["a further hash", ksvlaBlock.replace('    "h1:bmV3",\n', '    "h1:b2xk",\n    "h1:bmV3",\n')],
  ["the hash in a comment", ksvlaBlock.replace('    "h1:bmV3",', '    # "h1:bmV3",\n    "h1:b2xk",')],
  ["an attribute twice", ksvlaBlock.replace("  hashes", '  version = "1.0.0"\n  hashes')],
  ["other spaces", ksvlaBlock.replace("version     =", "version =")],
  ["one line only", 'provider "terraform.local/ksvla/ksvla" { version = "1.2.3" }\n'],
  ["a marker that somebody forgot", ksvlaBlock.replace("  hashes", ">>>>>>> theirs\n  hashes")],
  ["words that mean nothing", ksvlaBlock.replace("  hashes = [", "  hashes [ = ")],
  ["braces in a string and in a comment", ksvlaBlock.replace("  hashes", '  a = "}"\n  # }\n  hashes')],
])("a block with %s is written anew where it stands", (_, block) => {
  expect(mergeLock(`${header}\n${nullBlock}\n${block}\n${laterBlock}`, ksvla)).toBe(
    `${header}\n${nullBlock}\n${ksvlaBlock}\n${laterBlock}`,
  );
});

test.each([
  ["at the end", `${header}\n${ksvlaBlock}\n${nullBlock}\n${ksvlaBlock}`],
  ["right behind the first", `${header}\n${ksvlaBlock}\n${ksvlaBlock}\n${nullBlock}`],
  ["of another version", `${header}\n${ksvlaBlock}\n${nullBlock}\n${ksvlaBlock.replaceAll("1.2.3", "1.0.0")}`],
  ["and a third one", `${header}\n${ksvlaBlock}\n${ksvlaBlock}\n${nullBlock}\n${ksvlaBlock}`],
])("a second block %s is dropped", (_, text) => {
  expect(mergeLock(text, ksvla).trimEnd()).toBe(`${header}\n${ksvlaBlock}\n${nullBlock}`.trimEnd());
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

describe("what git left of a conflict", () => {
  const old = ksvlaBlock.replaceAll("1.2.3", "1.0.0").replace("h1:bmV3", "h1:b2xk");
  const clean = `${header}\n${nullBlock}\n${ksvlaBlock}\n${laterBlock}`;
  const conflict = (ours: string, theirs: string, base?: string) =>
    `<<<<<<< HEAD\n${ours}${base === undefined ? "" : `||||||| 1a2b3c4\n${base}`}=======\n${theirs}>>>>>>> feature/upgrade\n`;
  /** Part of a block, up to and from its hashes. */
  const firstLine = ksvlaBlock.slice(0, ksvlaBlock.indexOf("\n") + 1);
  const [head = "", tail = ""] = [ksvlaBlock.slice(0, ksvlaBlock.indexOf("  hashes")), "  hashes = [\n"];

  test.each([
    ["inside the block", old.replace(/ {2}version[\s\S]*hashes = \[\n/, (lines) => conflict(lines, lines))],
    ["in a single line of it", ksvlaBlock.replace(/ {4}"h1.*\n/, (line) => conflict(line, '    "h1:b2xk",\n'))],
    ["around the block", conflict(old, ksvlaBlock)],
    ["around the block, with what it was before", conflict(old, ksvlaBlock, old)],
    ["around the block, which one side has not", conflict(ksvlaBlock, "")],
    ["around the block, which the other side has not", conflict("", ksvlaBlock)],
    [
      "around its first half",
      conflict(head.replaceAll("1.2.3", "1.0.0"), head) + tail + ksvlaBlock.slice(head.length + tail.length),
    ],
    ["in several places of it", `${conflict(firstLine, firstLine)}${conflict("  a = 1\n", "  a = 2\n")}}\n`],
  ])("%s goes", (_, block) => {
    const merged = mergeLock(`${header}\n${nullBlock}\n${block}\n${laterBlock}`, ksvla);
    // Where the block is missing on the side that is taken, the empty lines around it stay.
    expect(merged.replace("\n\n\n", "\n\n")).toBe(clean);
  });

  test("in a file with CRLF goes, and the line ends stay", () => {
    const text = `${header}\n${nullBlock}\n${conflict(old, ksvlaBlock)}\n${laterBlock}`;
    expect(mergeLock(text.replaceAll("\n", "\r\n"), ksvla)).toBe(clean.replaceAll("\n", "\r\n"));
  });

  test.each([
    [
      "is in another provider's block",
      nullBlock.replace(/ {2}version.*\n/, (line) => conflict(line, '  version = "3.2.5"\n')) + ksvlaBlock,
      3,
    ],
    ["is around another provider, too", conflict(`${nullBlock}\n${ksvlaBlock}`, old), 1],
    ["is between a comment and another one", conflict("# One.\n", "# Two.\n") + ksvlaBlock, 1],
  ])("is refused where it %s", (_, text, line) => {
    expect(() => mergeLock(text, ksvla)).toThrow(`git left a conflict in line ${line}, about more than this provider`);
  });

  test("is refused with all its lines where one is about another provider", () => {
    const text = conflict("# One.\n", "# Two.\n") + conflict(old, ksvlaBlock);
    expect(() => mergeLock(text, ksvla)).toThrow("git left conflicts in lines 1, 6, about more");
  });

  test.each([["<<<<<<< HEAD"], ["======="], [">>>>>>> theirs"]])("is refused where %s is left alone", (marker) => {
    expect(() => mergeLock(`${nullBlock}\n${marker}\n${ksvlaBlock}`, ksvla)).toThrow(
      "it is not a file that Terraform can read: in line 11, there is a conflict marker of git where a name belongs",
    );
  });
});

test.each([
  [
    "a block that is not closed",
    nullBlock.replace(/\}\n$/, ""),
    'in line 2, the block provider "registry.terraform.io/hashicorp/null" is not closed by a "}"',
  ],
  [
    "our own block that is not closed",
    ksvlaBlock.replace(/\}\n$/, "") + laterBlock,
    'in line 1, the block provider "terraform.local/ksvla/ksvla" is not closed',
  ],
  ["a brace too many", `${nullBlock}}\n`, 'in line 10, there is "}" where nothing belongs'],
  ["a list that is not closed", nullBlock.replace("  ]\n", ""), 'in line 8, there is "}" where a value belongs'],
  ["a list without commas", nullBlock.replace('M=",', 'M="'), 'where "," or "]" belongs'],
  [
    "a string that is not closed",
    nullBlock.replace('"3.2.4"', '"3.2.4'),
    "in line 3, there is a string that is not closed where a value belongs",
  ],
  [
    "a comment that is not closed",
    `${ksvlaBlock}/* to be continued`,
    "in line 8, there is a comment that is not closed",
  ],
  [
    "two items in a line",
    nullBlock.replace('"3.2.4"\n', '"3.2.4"'),
    'in line 3, there is "constraints" where the line should end',
  ],
  ["words", `${ksvlaBlock}To be done.\n`, 'in line 8, there is "." where "{" belongs'],
  ["a reference", nullBlock.replace('"3.2.4"', "var.version"), 'in line 3, there is "var" where a value belongs'],
])("%s is refused, with its line", (_, text, message) => {
  expect(() => mergeLock(text, ksvla)).toThrow(message);
});

test.each([
  ["comments of every kind", `# {\n// }\n/* { \n } */ # "\n${nullBlock}`],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  ["braces, quotes and templates in strings", 'a = "}{ \\" $${ %%{ ${ {"a": "}"} } "\n'],
  ["a heredoc", 'a = <<-EOT\n  }\n  provider "terraform.local/ksvla/ksvla" {\n  EOT\nb = <<EOT\nEOT\n'],
  ["objects, numbers and words", 'a = { b = [1, -2.5e3, true, null,], "c" : {} }\n'],
  ["a byte order mark", `\uFEFF${nullBlock}`],
  ["empty lines at its end", `${nullBlock}\n`],
  ["line ends of both kinds", nullBlock.replace("\n", "\r\n")],
])("a file with %s stays as it is but for our block", (_, text) => {
  const merged = mergeLock(text, ksvla);
  expect(merged.startsWith(text)).toBe(true);
  expect(merged.slice(text.length).replaceAll("\r\n", "\n")).toMatch(new RegExp(`^\n?${escapeRegExp(ksvlaBlock)}$`));
});

test("a provider whose address only begins like ours is not ours", () => {
  const text = ksvlaBlock.replace("ksvla/ksvla", "ksvla/ksvla2");
  expect(mergeLock(text, ksvla)).toBe(`${ksvlaBlock}\n${text}`);
});

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
