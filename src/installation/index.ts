/** Installs the provider's plugin where Terraform finds it without a registry and without CLI configuration. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../version";
import { PROVIDER_SOURCE } from "./address";
import { type BuiltPlugin, builtPlugin } from "./built-plugin";
import { exclusions } from "./exclusion";
import { type LockedProvider, mergeLock } from "./lock-file";
import { packagesFolder, removeOthers, writeMirror } from "./mirror";
import { unsupportedPlatform } from "./platforms";
import { replaceFile } from "./replace-file";
import { refuseForeign } from "./trusted-folder";

export { PROVIDER_NAME, PROVIDER_SOURCE } from "./address";
export { configuredMirrors } from "./exclusion";
export { homeDirectory, userPluginDirectory } from "./home";
export { findInstalled, lockedPackage, packagedPlugin } from "./installed";
export { indexMirror } from "./network-mirror";
export { unsupportedPlatform } from "./platforms";
export { findTerraform, programName } from "./terraform-binary";

/** Where Terraform looks for plugins in the directory in which it runs. */
export const PLUGIN_FOLDER = join("terraform.d", "plugins");

export interface InstallPluginOptions {
  /** A plugin mirror, such as `terraform.d/plugins` in a working directory; created where it is missing. */
  readonly directory: string;
  /**
   * Leaves no other version of the provider there. Right where one configuration has the mirror to itself.
   * @default false
   */
  readonly exclusive?: boolean;
  /**
   * Refuses a mirror that another user has made or may change. Right where it outlives the work on one configuration.
   * @default false
   */
  readonly guarded?: boolean;
  /** @default the plugin that was built into this package */
  readonly plugin?: BuiltPlugin;
}

/** What was installed. */
export interface InstalledPlugin {
  /** The source address to write into `required_providers`. */
  readonly source: string;
  readonly version: string;
  /** The plugin's archives, one per platform. */
  readonly files: readonly string[];
  /** The package's checksum as in `.terraform.lock.hcl`; the same on every platform. */
  readonly hash: string;
}

/**
 * Writes the plugin into a mirror directory.
 *
 * @throws Error on a platform that the plugin does not support, when it has not been built, and when the mirror is not safe.
 */
export function installPlugin({
  directory,
  exclusive = false,
  guarded = false,
  plugin,
}: InstallPluginOptions): InstalledPlugin {
  const unsupported = unsupportedPlatform();
  if (unsupported !== undefined) throw new Error(unsupported);
  if (guarded) refuseForeign(directory, packagesFolder(directory));
  const { archive, hash } = plugin ?? builtPlugin();
  const files = writeMirror(directory, VERSION, archive);
  if (exclusive) removeOthers(files);
  return { source: PROVIDER_SOURCE, version: VERSION, files, hash };
}

/**
 * Warnings about CLI configurations under which Terraform or OpenTofu do not find the plugin, with the lines to add.
 *
 * @param directory The mirror into which the plugin is installed, before or after that.
 * @param workingDirectory Where Terraform runs.
 */
export function installationWarnings(directory: string, workingDirectory: string): readonly string[] {
  const isBeside = directory === join(workingDirectory, PLUGIN_FOLDER);
  return exclusions({ directory, workingDirectory, version: VERSION, path: isBeside ? PLUGIN_FOLDER : directory });
}

/**
 * Locks an installed plugin in a working directory's `.terraform.lock.hcl`, beside what is locked there already.
 *
 * @param workingDirectory Where Terraform runs.
 * @returns The path of the lock file.
 */
export function lockPlugin(workingDirectory: string, { source, version, hash }: InstalledPlugin): string {
  const file = join(workingDirectory, ".terraform.lock.hcl");
  const present = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const merged = Buffer.from(merge(file, present, { source, version, constraints: version, hash }));
  if (!merged.equals(present)) replaceFile(file, merged);
  return file;
}

function merge(file: string, present: Uint8Array, provider: LockedProvider): string {
  try {
    return mergeLock(decoded(present), provider);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Unable to lock ${PROVIDER_SOURCE} in ${file}: ${reason}. Correct the file, or delete it.`, {
      cause: error,
    });
  }
}

/** Strictly, so that whatever is written back is what was there. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Error("it is not a text in UTF-8", { cause: error });
  }
}
