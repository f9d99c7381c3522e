import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The plugin directory of the current user. Terraform always looks there. OpenTofu does too: it prefers
 * `$XDG_DATA_HOME/opentofu/plugins` only as long as `~/.terraform.d` does not exist.
 */
export function userPluginDirectory(): string {
  return join(homedir(), ".terraform.d", "plugins");
}
