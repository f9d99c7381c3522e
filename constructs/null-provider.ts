/** The provider that life-cycle hooks run on. */
import { provider } from "@cdktf/provider-null";
import { Aspects, TerraformProvider, type TerraformStack } from "cdktf";

const ENSURED = Symbol.for("cdktf-ksvla/NullProvider");

/**
 * Adds a `NullProvider` to a stack that has none when it is synthesized, so that one that is added after the hooks
 * counts, too.
 */
export function ensureNullProvider(stack: TerraformStack): void {
  if (ENSURED in stack) return;
  Object.defineProperty(stack, ENSURED, { value: true });
  Aspects.of(stack).add({
    visit(construct) {
      if (construct !== stack || stack.node.findAll().some(isNullProvider)) return;
      new provider.NullProvider(stack, "lifecycle-hooks");
    },
  });
}

function isNullProvider(construct: unknown): boolean {
  return (
    TerraformProvider.isTerraformProvider(construct) &&
    construct.terraformResourceType === provider.NullProvider.tfResourceType
  );
}
