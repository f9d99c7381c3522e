/** Checks of lists and sets. */

/** Validator: at least one element. */
export function atLeastOne(elements: readonly unknown[]): string | undefined {
  return elements.length === 0 ? "must have at least one element, got: none" : undefined;
}

/** Validator: texts that each satisfy a check; what is null or unknown is not judged here. */
export function eachText(check: (text: string) => string | undefined) {
  return (elements: readonly unknown[]): string | undefined => {
    for (const element of elements) {
      const problem = typeof element === "string" ? check(element) : undefined;
      if (problem !== undefined) return `has an element that ${problem}`;
    }
    return undefined;
  };
}
