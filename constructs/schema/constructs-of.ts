import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** The constructs of a stack, itself first, as they are in the code. A stack inside of it has a state, names and providers of its own. */
export function constructsOf(stack: TerraformStack): readonly IConstruct[] {
  const found: IConstruct[] = [];
  const add = (construct: IConstruct) => {
    found.push(construct);
    for (const child of construct.node.children) if (!TerraformStack.isStack(child)) add(child);
  };
  add(stack);
  return found;
}
