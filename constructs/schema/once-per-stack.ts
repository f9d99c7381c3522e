/** Checks that compare the elements of a stack with each other. */
import { type TerraformElement, TerraformStack } from "cdktf";

/** What was found in a stack, and who has been told. */
interface Finding<T extends TerraformElement, R> {
  readonly found: ReadonlyMap<T, R>;
  readonly told: Set<T>;
}

/**
 * Validation asks for each element, and the stack is looked at once for all of them; who asks again begins the next
 * look.
 *
 * @param look what is found, for each element that is looked at
 */
export function oncePerStack<T extends TerraformElement, R>(
  look: (stack: TerraformStack) => ReadonlyMap<T, R>,
): (element: T) => R | undefined {
  const findings = new WeakMap<TerraformStack, Finding<T, R>>();
  return (element) => {
    const stack = TerraformStack.of(element);
    let finding = findings.get(stack);
    if (finding === undefined || finding.told.has(element) || !finding.found.has(element)) {
      finding = { found: look(stack), told: new Set() };
      findings.set(stack, finding);
    }
    finding.told.add(element);
    return finding.found.get(element);
  };
}
