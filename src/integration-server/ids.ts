/**
 * Ids that a server gives: most are UUIDs, whose letters some servers write in a task otherwise than in a list, or after an
 * upgrade otherwise than before.
 */
type Id = string | null | undefined;

/** True when both are the same id, in whichever letters; nothing is the same as nothing only. */
export function isSameId(one: Id, other: Id): boolean {
  return typeof one === "string" && typeof other === "string" ? canonicalId(one) === canonicalId(other) : one === other;
}

/** The one among all spellings of an id that stands for them. */
export function canonicalId(id: string): string {
  return id.toLowerCase();
}
