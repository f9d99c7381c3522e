/**
 * What makes a plugin mirror a network mirror: two indexes beside the archives, with which any server of static files over
 * HTTPS serves them. Terraform's provider network mirror protocol, version 1.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { packagesFolder } from "./mirror";
import { replaceFile } from "./replace-file";

interface IndexedPackage {
  readonly version: string;
  /** The archives, named `…_<os>_<architecture>.zip`. */
  readonly files: readonly string[];
  /** As in `.terraform.lock.hcl`. */
  readonly hash: string;
}

/**
 * Adds a version to the indexes of a mirror; the other ones that are listed stay.
 *
 * @returns The paths of the indexes.
 * @throws Error when there is an index that is none.
 */
export function indexMirror(directory: string, { version, files, hash }: IndexedPackage): readonly string[] {
  const folder = packagesFolder(directory);
  const index = join(folder, "index.json");
  const archives = files.map((file) => [platformOf(file), { url: basename(file), hashes: [hash] }] as const);
  const archivesOfVersion = join(folder, `${version}.json`);
  const versions = { ...listedIn(index), [version]: {} };
  // The version's own index first: whoever finds the version listed finds that, too.
  writeJson(archivesOfVersion, { archives: Object.fromEntries(archives) });
  writeJson(index, { versions });
  return [index, archivesOfVersion];
}

function platformOf(file: string): string {
  const [, platform] = /_([^_]+_[^_]+)\.zip$/.exec(basename(file)) ?? [];
  if (platform === undefined) throw new Error(`${file} does not end in a platform and ".zip".`);
  return platform;
}

function listedIn(index: string): object {
  if (!existsSync(index)) return {};
  const content = parsed(readFileSync(index, "utf8"));
  if (isObject(content) && "versions" in content && isObject(content.versions)) return content.versions;
  throw new Error(`${index} is no index of a network mirror: it has no object "versions". Correct it, or delete it.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function writeJson(file: string, content: object): void {
  replaceFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
