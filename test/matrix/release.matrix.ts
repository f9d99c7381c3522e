/** A release from its first command to what is uploaded, in two copies of the repository: they have to agree in every byte. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const VERSION = "99.1.0";
const IDENTITY = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];

let folder: string;
let copies: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-release-"));
  copies = ["one", "two/deeper"].map((name) => copyOf(name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is committed and what is not yet, as one commit. */
function copyOf(name: string): string {
  const copy = join(folder, name);
  mkdirSync(copy, { recursive: true });
  const files = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    .split("\0")
    .filter((path) => path !== "" && statSync(join(ROOT, path), { throwIfNoEntry: false }) !== undefined);
  execFileSync("tar", ["-cf", join(folder, "files.tar"), "--null", "--files-from=-"], {
    cwd: ROOT,
    input: files.join("\0"),
  });
  execFileSync("tar", ["-xf", join(folder, "files.tar")], { cwd: copy });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  git(copy, "init", "--quiet");
  git(copy, "add", "--all", ".");
  git(copy, "reset", "--quiet", "node_modules");
  git(copy, ...IDENTITY, "commit", "--quiet", "--message", "Everything");
  return copy;
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function npm(cwd: string, ...args: readonly string[]): string {
  const env = { ...process.env, ...identity("AUTHOR"), ...identity("COMMITTER") };
  return execFileSync("npm", args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

const identity = (role: string) => ({ [`GIT_${role}_NAME`]: "Test", [`GIT_${role}_EMAIL`]: "test@example.com" });

const read = (...path: readonly string[]) => readFileSync(join(...path), "utf8");
const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

test("npm version changes everything that names the version, and the release is made of that commit", () => {
  const [copy = ""] = copies;
  npm(copy, "version", VERSION);

  expect(git(copy, "status", "--porcelain").replace("?? node_modules\n", "")).toBe("");
  expect(git(copy, "show", "--format=", "--name-only").trim().split("\n")).toEqual(
    expect.arrayContaining(["CHANGELOG.md", "docs/guides/hcl.md", "package-lock.json", "package.json"]),
  );
  expect(JSON.parse(read(copy, "package-lock.json")).packages[""].version).toBe(VERSION);
  expect(read(copy, "CHANGELOG.md")).toContain(`## [Unreleased]\n\n## [${VERSION}] - `);
  expect(read(copy, "docs/guides/hcl.md")).toContain(`version = "${VERSION}"`);
  expect(git(copy, "tag")).toBe(`v${VERSION}\n`);

  // As the workflow does: that a package says where it comes from may not change the plugin.
  npm(copy, "pkg", "set", "repository.url=git+https://example.com/somebody/somewhere.git");
  npm(copy, "run", "release", "--", "--tag", `v${VERSION}`, "--out", "release");

  const out = join(copy, "release");
  expect(readdirSync(out).sort()).toEqual([
    "SHA256SUMS",
    `cdktf-ksvla-${VERSION}.sbom.cdx.json`,
    `cdktf-ksvla-${VERSION}.tgz`,
    "notes.md",
    `terraform-provider-ksvla_${VERSION}.zip`,
  ]);
  const sums = read(out, "SHA256SUMS")
    .trim()
    .split("\n")
    .map((line) => line.split("  "));
  expect(sums.map(([, file]) => file)).toEqual([...readdirSync(out)].filter((file) => !/^SHA|^notes/.test(file)));
  for (const [sum, file = ""] of sums) expect(sha256(join(out, file))).toBe(sum);
  const hash = JSON.parse(read(copy, "scripts/release/published.json"))[VERSION];
  expect(read(out, "notes.md")).toContain(hash);
  expect(hash).toMatch(/^h1:/);
});

test("a tag that is not the version, and code that changed since, are refused", () => {
  const [copy = ""] = copies;
  const release = (tag: string) => () => npm(copy, "run", "--silent", "release", "--", "--tag", tag, "--out", "other");

  expect(release("v0.0.1")).toThrow(`The tag is v0.0.1, package.json says ${VERSION}`);
  execFileSync("sed", ["-i.bak", "s/SVM/S.V.M./", join(copy, "src", "provider-schema.ts")]);
  expect(release(`v${VERSION}`)).toThrow("code that differs needs a version of its own");
});

test("two builds in two folders are the same, byte by byte", () => {
  const contents = copies.map((copy) => {
    git(copy, "checkout", "--quiet", "--force", "--detach", "HEAD");
    npm(copy, "version", VERSION, "--no-git-tag-version", "--allow-same-version", "--ignore-scripts");
    npm(copy, "run", "build");
    const dist = join(copy, "dist");
    const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) =>
      statSync(join(dist, file)).isFile(),
    );
    return Object.fromEntries(
      files.sort().map((file) => [file, `${statSync(join(dist, file)).mode} ${sha256(join(dist, file))}`]),
    );
  });

  expect(Object.keys(contents[0] ?? {}).length).toBeGreaterThan(100);
  expect(contents[1]).toEqual(contents[0]);
});
