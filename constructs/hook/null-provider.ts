/** The provider that life-cycle hooks run on. */
import { provider } from "@cdktf/provider-null";
import { Aspects, TerraformProvider, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { constructsOf } from "../schema/constructs-of";

const ID = "lifecycle-hooks";

/** Adds a `NullProvider` to a stack that has none. It gives way to one that is added later. */
export function ensureNullProvider(stack: TerraformStack): void {
  if (nullProviders(stack).length > 0) return;
  const own = new provider.NullProvider(stack, ID);
  Aspects.of(stack).add({
    visit(construct) {
      if (construct === stack && nullProviders(stack).some((other) => other !== own)) stack.node.tryRemoveChild(ID);
    },
  });
}

function nullProviders(stack: TerraformStack): readonly IConstruct[] {
  return constructsOf(stack)
    .filter(TerraformProvider.isTerraformProvider)
    .filter(({ terraformResourceType }) => terraformResourceType === provider.NullProvider.tfResourceType);
}
