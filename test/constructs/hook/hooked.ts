/** Hooks as `cdk.tf.json` has them. */
import type { TerraformStack } from "cdktf";
import { TrustedCertificate } from "../../../constructs";
import { LifecycleHook, type LifecycleHookProps } from "../../../constructs/hook";
import { hooksOf, type Synthesized, synth } from "../synth";

export type HookOptions = Partial<Omit<LifecycleHookProps, "resource">>;
type Json = NonNullable<Synthesized["terraform"]>;

/** In Terraform's syntax. */
export const expression = (text: string) => `\${${text}}`;

/** Adds a hook on a trusted certificate. */
export function addHook(stack: TerraformStack, props: HookOptions): LifecycleHook {
  const resource = new TrustedCertificate(stack, "certificate", { address: "vcenter.example.test" });
  return new LifecycleHook(stack, "hook", { resource, ...props });
}

/** The one that `addHook` has added. */
export function hooked(props: HookOptions): Json | undefined {
  return hookIn((stack) => addHook(stack, props));
}

/** The one with the id `hook`. */
export function hookIn(add: (stack: TerraformStack) => void): Json | undefined {
  return hooksIn(add)["hook"];
}

export function hooksIn(add: (stack: TerraformStack) => void): Readonly<Record<string, Json>> {
  return hooksOf(synth(add));
}
