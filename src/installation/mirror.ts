/** The folder layout in which Terraform and OpenTofu look for providers on disk. */
import { chmodSync, copyFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PROVIDER_NAME, PROVIDER_SOURCE } from "./address";
import { PLUGIN_PLATFORMS } from "./platforms";

const EXECUTABLE = 0o755;

/** The plugin's file name inside its platform's folder. */
export function pluginFileName(version: string): string {
  return `terraform-provider-${PROVIDER_NAME}_v${version}`;
}

/**
 * Puts a plugin into a mirror, once per platform. Files that are already there and the same are left alone; others
 * are replaced as a whole, so that a Terraform that runs meanwhile never starts half a file.
 *
 * @returns The paths of the files, one per platform.
 */
export function writeMirror(directory: string, version: string, plugin: string): readonly string[] {
  const content = readFileSync(plugin);
  const files = PLUGIN_PLATFORMS.map((platform) =>
    join(directory, ...PROVIDER_SOURCE.split("/"), version, platform, pluginFileName(version)),
  );
  const [first = plugin] = files;
  for (const file of files) {
    if (!isCurrent(file, content))
      place(file, (target) => copyOrLink(file === first ? undefined : first, plugin, target));
  }
  return files;
}

function isCurrent(file: string, content: Uint8Array): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.size === content.length && (stat.mode & 0o111) === 0o111 && readFileSync(file).equals(content);
}

function place(file: string, write: (target: string) => void): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = join(dirname(dirname(file)), `.${basename(file)}.${process.pid}`);
  try {
    write(temporary);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * The platforms share one file where the file system can link. The built plugin itself is copied: a later build
 * must not change what a lock file already vouches for.
 */
function copyOrLink(sibling: string | undefined, plugin: string, target: string): void {
  if (sibling !== undefined) {
    try {
      linkSync(sibling, target);
      return;
    } catch {
      // This file system has no hard links: a copy serves as well.
    }
  }
  copyFileSync(plugin, target);
  chmodSync(target, EXECUTABLE);
}
