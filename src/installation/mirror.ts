/** The folder layout in which Terraform and OpenTofu look for providers on disk. */
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
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
export function writeMirror(directory: string, version: string, content: Uint8Array): readonly string[] {
  const files = PLUGIN_PLATFORMS.map((platform) =>
    join(directory, ...PROVIDER_SOURCE.split("/"), version, platform, pluginFileName(version)),
  );
  files.forEach((file, index) => {
    if (!isCurrent(file, content)) place(file, content, index === 0 ? undefined : files[0]);
  });
  return files;
}

function isCurrent(file: string, content: Uint8Array): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.size === content.length && (stat.mode & 0o111) === 0o111 && readFileSync(file).equals(content);
}

/** Outside of the package's own folder until it is complete: Terraform hashes everything in there. */
function place(file: string, content: Uint8Array, sibling: string | undefined): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = join(dirname(dirname(file)), `.${basename(file)}.${process.pid}`);
  try {
    if (sibling === undefined || !isLinked(sibling, temporary)) {
      writeFileSync(temporary, content);
      chmodSync(temporary, EXECUTABLE);
    }
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The platforms share one file where the file system has links. */
function isLinked(existing: string, path: string): boolean {
  try {
    linkSync(existing, path);
    return true;
  } catch {
    return false;
  }
}
