/**
 * The folder in which Terraform and OpenTofu look for providers on disk, in packed layout: one archive per platform.
 * From these a plugin cache gets a copy, whereas it would link into the folders of the unpacked layout, which may be
 * somebody's output and go. An archive also keeps the execute bit wherever it is stored.
 */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PROVIDER_NAME, PROVIDER_SOURCE } from "./address";
import { PLUGIN_PLATFORMS, terraformPlatform } from "./platforms";
import { replaceFile, replaceWithLink } from "./replace-file";

/** What the plugin is called inside its archive. */
export function pluginFileName(version: string): string {
  return `terraform-provider-${PROVIDER_NAME}_v${version}`;
}

/** Where a mirror keeps the provider's packages. */
export function packagesFolder(directory: string): string {
  return join(directory, ...PROVIDER_SOURCE.split("/"));
}

function archiveName(version: string, platform: string): string {
  return `terraform-provider-${PROVIDER_NAME}_${version}_${platform}.zip`;
}

/** Whether a mirror has the plugin for the present platform, in either layout. */
export function mirrorHolds(directory: string, version: string): boolean {
  const platform = terraformPlatform();
  return [archiveName(version, platform), join(version, platform)].some((name) =>
    existsSync(join(packagesFolder(directory), name)),
  );
}

/**
 * Puts a plugin into a mirror, once per platform, in place of an unpacked one of the same version. Archives that are
 * already there and the same are left alone.
 *
 * @returns The paths of the archives, one per platform.
 */
export function writeMirror(directory: string, version: string, archive: Uint8Array): readonly string[] {
  const folder = packagesFolder(directory);
  const files = PLUGIN_PLATFORMS.map((platform) => join(folder, archiveName(version, platform)));
  // Rights are those of the user alone to change, whatever the umask is.
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  files.forEach((file, index) => {
    if (isCurrent(file, archive)) return;
    const [first = file] = files;
    if (index === 0) replaceFile(file, archive);
    else replaceWithLink(file, first, archive);
  });
  rmSync(join(folder, version), { recursive: true, force: true });
  return files;
}

/** Writing an archive takes milliseconds; who has not ended by then was killed. */
const ABANDONED_AFTER = 3_600_000;

/** Removes all other versions of the provider from a mirror, and what those have left who were killed while they wrote. */
export function removeOthers(files: readonly string[], now: number = Date.now()): void {
  const kept = new Set(files.map((file) => basename(file)));
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (!kept.has(name) && !isBeingWritten(path, now)) rmSync(path, { recursive: true, force: true });
    }
  }
}

/** A hidden name is one that somebody else is writing right now, unless it is old; a link has the age of its making only here. */
function isBeingWritten(path: string, now: number): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return basename(path).startsWith(".") && stat !== undefined && now - stat.ctimeMs < ABANDONED_AFTER;
}

function isCurrent(file: string, content: Uint8Array): boolean {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  // A file of somebody else is made ours: he could change it later.
  const isOurs = process.getuid === undefined || stat?.uid === process.getuid();
  return stat?.isFile() === true && isOurs && stat.size === content.length && readFileSync(file).equals(content);
}
