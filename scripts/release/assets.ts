/** What is attached to a release, and what is said of it. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json";
import { sectionOf } from "./changelog";
import { builtHash, publishedHashes } from "./plugin-hash";

const ROOT = join(__dirname, "..", "..");

export interface ReleaseRequest {
  /** The tag that is released, such as `v1.2.3`. */
  readonly tag: string;
  /** The folder to write into; made, and empty before. */
  readonly out: string;
}

/**
 * Writes the package, the plugin as Terraform installs it, their bill of materials, their checksums and `notes.md`. The package
 * must have been built.
 *
 * @throws Error when the tag is not the package's version, and when the plugin is not the one that was prepared for it.
 */
export function makeRelease({ tag, out }: ReleaseRequest): void {
  const { name, version } = packageJson;
  if (tag !== `v${version}`) {
    throw new Error(`The tag is ${tag}, package.json says ${version}. "npm version" makes tags that agree.`);
  }
  const hash = builtHash();
  const prepared = publishedHashes()[version];
  if (hash !== prepared) {
    throw new Error(
      `The plugin of ${version} has the hash ${hash}; "npm version" prepared ${prepared ?? "none"}. Lock files know a version ` +
        "by its hash, so code that differs needs a version of its own.",
    );
  }
  const section = sectionOf(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8"), version);
  mkdirSync(out, { recursive: true });
  if (readdirSync(out).length > 0) throw new Error(`${out} is not empty.`);
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", out], { cwd: ROOT, stdio: "ignore" });
  const dist = join(ROOT, "dist");
  copyFileSync(join(dist, "plugin", "package.zip"), join(out, `terraform-provider-ksvla_${version}.zip`));
  copyFileSync(join(dist, "sbom.cdx.json"), join(out, `${name}-${version}.sbom.cdx.json`));
  const sums = readdirSync(out).map((file) => `${sha256(join(out, file))}  ${file}\n`);
  writeFileSync(join(out, "SHA256SUMS"), sums.join(""));
  writeFileSync(join(out, "notes.md"), notes(section, hash, sums));
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function notes(section: string, hash: string, sums: readonly string[]): string {
  return [
    section,
    "",
    "### Checksums",
    "",
    `In \`.terraform.lock.hcl\`, on every platform: \`${hash}\``,
    "",
    "```",
    ...sums.map((line) => line.trimEnd()),
    "```",
    "",
  ].join("\n");
}
