/** Where Terraform had what was made at another path of a stack. */
import type { TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";

/**
 * The name that a stack gives an element at a path, whether there is one or not. Only the stack knows the rule, and it
 * applies it to constructs: those that are missing are there for a moment.
 */
export function nameAt(stack: TerraformStack, path: readonly string[]): string {
  return at(stack, path, ({ node }) => stack.getLogicalId(node));
}

function at<T>(scope: IConstruct, [id, ...rest]: readonly string[], look: (construct: IConstruct) => T): T {
  if (id === undefined) return look(scope);
  const existing = scope.node.tryFindChild(id);
  if (existing !== undefined) return at(existing, rest, look);
  try {
    return at(new Construct(scope as Construct, id), rest, look);
  } finally {
    scope.node.tryRemoveChild(id);
  }
}
