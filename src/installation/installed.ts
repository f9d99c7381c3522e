/** What is installed, and what is locked: for whoever wants to know why Terraform takes something else. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../version";
import { PROVIDER_NAME, PROVIDER_SOURCE } from "./address";
import { type BuiltPlugin, builtPlugin } from "./built-plugin";
import { packageHash } from "./hash";
import { type Locked, readLocked } from "./lock-file";
import { packagesFolder, pluginFileName } from "./mirror";
import { terraformPlatform } from "./platforms";

/** A version of the provider in a mirror, for the present platform. */
export interface FoundPlugin {
  readonly version: string;
  /** Whether it is this package's, byte by byte. */
  readonly isPackaged: boolean;
}

/** @throws Error when it has not been built */
export function packagedPlugin(): { readonly version: string; readonly hash: string } {
  return { version: VERSION, hash: builtPlugin().hash };
}

/** @param directory a mirror, which need not exist */
export function findInstalled(directory: string, plugin: BuiltPlugin = builtPlugin()): readonly FoundPlugin[] {
  const folder = packagesFolder(directory);
  if (!existsSync(folder)) return [];
  const platform = terraformPlatform();
  const archive = new RegExp(`^terraform-provider-${PROVIDER_NAME}_(.+)_${platform}\\.zip$`);
  return readdirSync(folder).flatMap((name): readonly FoundPlugin[] => {
    const [, packed] = archive.exec(name) ?? [];
    if (packed !== undefined) {
      return [{ version: packed, isPackaged: readFileSync(join(folder, name)).equals(plugin.archive) }];
    }
    const program = join(folder, name, platform, pluginFileName(name));
    if (!existsSync(program)) return [];
    return [{ version: name, isPackaged: packageHash(pluginFileName(name), readFileSync(program)) === plugin.hash }];
  });
}

/**
 * What a lock file says of the provider; undefined where it says nothing.
 *
 * @throws Error when the text is not HCL, with the line
 */
export function lockedPackage(text: string): Locked | undefined {
  return readLocked(text, PROVIDER_SOURCE);
}
