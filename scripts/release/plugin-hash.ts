/** The hash by which lock files everywhere know a version's plugin. Once published, it never changes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json";
import { builtPlugin } from "../../src/installation/built-plugin";

const RECORD = join(__dirname, "published.json");

/** @returns the `h1:` hashes of the plugins of all versions that were ever prepared for publication */
export function publishedHashes(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(RECORD, "utf8"));
}

export function builtHash(): string {
  return builtPlugin().hash;
}

/** Keeps the hash of the built plugin, so that no later build can pass for this version. */
export function recordHash(): void {
  const hashes = { ...publishedHashes(), [packageJson.version]: builtHash() };
  writeFileSync(RECORD, `${JSON.stringify(hashes, undefined, 2)}\n`);
}
