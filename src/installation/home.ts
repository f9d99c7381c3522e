/** The user's home directory, as Terraform sees it. */
import { statSync } from "node:fs";
import { userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

/** `HOME`, else what the system knows of the user; undefined where neither says anything. */
export function homeDirectory(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = environment["HOME"] || accountHome();
  return home || undefined;
}

/**
 * The plugin directory of the current user. Terraform always looks there. OpenTofu does too: it prefers
 * `$XDG_DATA_HOME/opentofu/plugins` only as long as `~/.terraform.d` does not exist.
 *
 * @throws Error where there is no home directory, as for a user of a container that only has a number.
 */
export function userPluginDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const home = homeDirectory(environment);
  if (home !== undefined && isAbsolute(home) && statSync(home, { throwIfNoEntry: false })?.isDirectory()) {
    return join(home, ".terraform.d", "plugins");
  }
  const why = home === undefined ? "HOME is not set" : `"${home}" is not the absolute path of a directory`;
  throw new Error(`There is no home directory to install into: ${why}. Use --plugin-dir DIR to say where to install.`);
}

/** An account without an entry in the system's list of users has none. */
function accountHome(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return undefined;
  }
}
