/** What someone meant who wrote a name that does not exist. */

/** The name most like `name`, when one is like enough to be meant. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const limit = Math.max(1, name.length / 3);
  const wanted = plain(name);
  const [best] = names
    .map((candidate) => ({ candidate, text: plain(candidate) }))
    .filter(({ text }) => Math.abs(text.length - wanted.length) <= limit)
    .map(({ candidate, text }) => ({ candidate, distance: distance(wanted, text) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= limit ? best.candidate : undefined;
}

/** `image_id`, `imageID` and `imageId` are the same to a person. */
function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

/** Levenshtein: the least number of letters to insert, remove or replace. */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
