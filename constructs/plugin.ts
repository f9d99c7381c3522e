/** Puts the provider's plugin beside the synthesized stacks that use it. */
import { rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Annotations, type ISynthesisSession, type TerraformProvider, TerraformStack } from "cdktf";
import { installationWarnings, installPlugin, lockPlugin, PLUGIN_FOLDER } from "../src/installation";

const INSTALLS_PLUGIN = Symbol.for("cdktf-ksvla/InstallsPlugin");

/**
 * Makes the synthesis of the provider's stack write `terraform.d/plugins` and the matching `.terraform.lock.hcl`, so that
 * Terraform needs neither a registry nor any configuration of its own. Once per stack, however many providers it has.
 */
export function installWithStack(provider: TerraformProvider): void {
  const stack = TerraformStack.of(provider);
  const { synthesizer } = stack;
  if (INSTALLS_PLUGIN in synthesizer) return;
  const installing = {
    [INSTALLS_PLUGIN]: true,
    synthesize(session: ISynthesisSession): void {
      const { workingDirectory, synthesizedStackPath } = session.manifest.forStack(stack);
      const folder = resolve(session.outdir, workingDirectory);
      const directory = join(folder, PLUGIN_FOLDER);
      for (const warning of installationWarnings(directory, folder)) warnOnce(provider, warning);
      synthesizer.synthesize(session);
      removeOtherForm(folder, basename(synthesizedStackPath));
      lockPlugin(folder, installPlugin({ directory, exclusive: true }));
    },
  };
  stack.synthesizer = installing;
}

/** As JSON, and as HCL. */
const STACK_FILES = ["cdk.tf.json", "cdk.tf"];

/** CDKTF leaves what an earlier synthesis has written in the other form, and Terraform would read both. */
function removeOtherForm(folder: string, written: string): void {
  for (const name of STACK_FILES) if (name !== written) rmSync(join(folder, name), { force: true });
}

/** An app may be synthesized more than once. */
function warnOnce(provider: TerraformProvider, warning: string): void {
  if (!provider.node.metadata.some(({ data }) => data === warning)) Annotations.of(provider).addWarning(warning);
}
