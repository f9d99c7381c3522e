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
      checkForm(stack, synthesizer, synthesizedStackPath);
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

/**
 * The app decides how the file is called, and each stack by itself what is in it.
 *
 * @throws Error when one is for JSON and the other for HCL: Terraform could not read the file.
 */
function checkForm(stack: TerraformStack, synthesizer: object, path: string): void {
  const writesHcl: unknown = Reflect.get(synthesizer, "hclOutput");
  const isForHcl = path.endsWith(".tf");
  if (typeof writesHcl !== "boolean" || writesHcl === isForHcl) return;
  const [setting, form] = isForHcl
    ? ["The app has hclOutput: true, which CDKTF does not hand on to its stacks", "JSON"]
    : ['SYNTH_HCL_OUTPUT is "1", which CDKTF reads for stacks only', "HCL"];
  throw new Error(
    `[${stack.node.path}] ${setting}: there would be ${form} in ${basename(path)}, which Terraform cannot read. Run: cdktf synth --hcl, ` +
      "or set SYNTH_HCL_OUTPUT=true in the environment of the app.",
  );
}

/** CDKTF leaves what an earlier synthesis has written in the other form, and Terraform would read both. */
function removeOtherForm(folder: string, written: string): void {
  for (const name of STACK_FILES) if (name !== written) rmSync(join(folder, name), { force: true });
}

/** An app may be synthesized more than once. */
function warnOnce(provider: TerraformProvider, warning: string): void {
  if (!provider.node.metadata.some(({ data }) => data === warning)) Annotations.of(provider).addWarning(warning);
}
