/**
 * What `npm version` runs between writing the number into package.json and package-lock.json and committing: the changelog
 * gets the version's section, guides that show the number show the new one, and the hash of the plugin is kept.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../package.json";
import { buildPackage } from "./build/build-package";
import { withRelease } from "./release/changelog";
import { recordHash } from "./release/plugin-hash";
import { renumbered } from "./release/renumber";

const ROOT = join(__dirname, "..");

async function main(previous: string | undefined): Promise<void> {
  if (previous === undefined) throw new Error('This runs within "npm version", which says what the version was.');
  const { version } = packageJson;
  rewrite(join(ROOT, "CHANGELOG.md"), (text) => withRelease(text, version, new Date()));
  const guides = join(ROOT, "docs", "guides");
  for (const name of readdirSync(guides)) rewrite(join(guides, name), (text) => renumbered(text, previous, version));
  await buildPackage(ROOT);
  recordHash();
}

function rewrite(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, "utf8");
  const changed = change(text);
  if (changed !== text) writeFileSync(file, changed);
}

main(process.env["npm_old_version"]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
