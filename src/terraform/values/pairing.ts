/** Which elements of two collections without order belong together. */
import type { CtyType } from "./cty-type";
import { canonicalText } from "./equality";

/** When an element and a candidate belong together. */
export interface Match {
  /** Only what has the same text is compared, so that large sets are not compared each with each. */
  textOf?(value: unknown): string;
  /** Says yes when left out. */
  fits?(element: unknown, candidate: unknown, position: number): boolean;
}

/** The match of equal values of a type. */
export function equals(type: CtyType): Match {
  return { textOf: (value) => canonicalText(type, value) };
}

/**
 * Gives each element the position of at most one candidate that no other element has; earlier matches win over later
 * ones.
 */
export function pair(
  elements: readonly unknown[],
  candidates: readonly unknown[],
  matches: readonly Match[],
): (number | null)[] {
  const partners = elements.map((): number | null => null);
  let free = [...candidates.keys()];
  for (const { textOf, fits } of matches) {
    if (free.length === 0 || !partners.includes(null)) break;
    const groups = new Map<string | undefined, number[]>();
    for (const position of free) {
      const text = textOf?.(candidates[position]);
      const group = groups.get(text);
      if (group === undefined) groups.set(text, [position]);
      else group.push(position);
    }
    for (const [index, element] of elements.entries()) {
      if (partners[index] !== null) continue;
      const group = groups.get(textOf?.(element)) ?? [];
      const found = group.findIndex((position) => fits?.(element, candidates[position], position) ?? true);
      if (found >= 0) partners[index] = group.splice(found, 1)[0] ?? null;
    }
    free = [...groups.values()].flat();
  }
  return partners;
}
