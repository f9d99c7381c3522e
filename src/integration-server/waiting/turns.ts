/** Long work in slices, so that whatever else waits, such as the wish to stop, has its turn in between. */
import { setImmediate } from "node:timers/promises";

/** Elements of an answer: some milliseconds' work. */
const SLICE = 1_000;

/** As `flatMap`, for lists that may be long. */
export async function flatMapInTurns<T, R>(items: readonly T[], map: (item: T) => readonly R[]): Promise<R[]> {
  const mapped: R[] = [];
  for (let begin = 0; begin < items.length; begin += SLICE) {
    if (begin > 0) await setImmediate();
    for (const item of items.slice(begin, begin + SLICE)) mapped.push(...map(item));
  }
  return mapped;
}
