/** Puts the provider's plugin beside the synthesized stacks that use it. */
import { join } from "node:path";
import type { ISynthesisSession, TerraformStack } from "cdktf";
import { installPlugin, lockPlugin } from "../src/installation";

const INSTALLS_PLUGIN = Symbol.for("cdktf-ksvla/InstallsPlugin");

/**
 * Makes the stack's synthesis write `terraform.d/plugins` and the matching `.terraform.lock.hcl`, so that Terraform
 * needs neither a registry nor any configuration of its own. Once per stack, however many providers it has.
 */
export function installWithStack(stack: TerraformStack): void {
  const { synthesizer } = stack;
  if (INSTALLS_PLUGIN in synthesizer) return;
  const installing = {
    [INSTALLS_PLUGIN]: true,
    synthesize(session: ISynthesisSession): void {
      synthesizer.synthesize(session);
      const folder = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
      const directory = join(folder, "terraform.d", "plugins");
      lockPlugin(folder, installPlugin({ directory, exclusive: true }));
    },
  };
  stack.synthesizer = installing;
}
