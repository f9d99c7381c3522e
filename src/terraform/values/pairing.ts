/** Which elements of two collections without order belong together. */
import type { CtyType } from "./cty-type";
import { canonicalText } from "./equality";

/** When an element and a candidate belong together. */
export interface Match<T, C> {
  /** Only what has the same text is compared, so that large sets are not compared each with each. */
  readonly textOf?: { element(element: T): string; candidate(candidate: C): string };
  /** Says yes when left out. */
  fits?(element: T, candidate: C): boolean;
}

/** The match of equal values of a type. */
export function equals<T, C>(
  type: CtyType,
  element: (element: T) => unknown,
  candidate: (candidate: C) => unknown,
): Match<T, C> {
  const textOf = (value: unknown) => canonicalText(type, value);
  return { textOf: { element: (value) => textOf(element(value)), candidate: (value) => textOf(candidate(value)) } };
}

/** Gives each element at most one candidate that no other element has; earlier matches win over later ones. */
export function pair<T, C>(
  elements: readonly T[],
  candidates: readonly C[],
  matches: readonly Match<T, C>[],
): (C | null)[] {
  const pairs = new Map<number, C>();
  let free: readonly C[] = candidates;
  for (const match of matches) {
    const groups = grouped(free, (candidate) => match.textOf?.candidate(candidate));
    for (const [index, element] of elements.entries()) {
      if (pairs.has(index)) continue;
      const group = groups.get(match.textOf?.element(element)) ?? [];
      for (const [position, candidate] of group.entries()) {
        if (match.fits?.(element, candidate) === false) continue;
        pairs.set(index, candidate);
        group.splice(position, 1);
        break;
      }
    }
    free = [...groups.values()].flat();
  }
  return elements.map((_, index) => pairs.get(index) ?? null);
}

function grouped<C>(
  candidates: readonly C[],
  textOf: (candidate: C) => string | undefined,
): Map<string | undefined, C[]> {
  const groups = new Map<string | undefined, C[]>();
  for (const candidate of candidates) {
    const text = textOf(candidate);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [candidate]);
    else group.push(candidate);
  }
  return groups;
}
