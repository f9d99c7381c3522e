/** Long JSON, parsed in slices: fifty thousand machines at once would keep everybody else waiting for a quarter of a second. */
import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { isObject, parseJson } from "./json";

/** The content of an array, by positions in the bytes: between the brackets, and the commas at which it may be cut. */
export interface LongArray {
  readonly start: number;
  readonly end: number;
  readonly cuts: readonly number[];
}

/**
 * As `parseJson`, with a turn for others before each slice.
 *
 * @param arrays the document itself, or direct fields of it, from the first to the last
 * @throws SyntaxError when it is no JSON
 */
export async function parseInTurns(bytes: Buffer, arrays: readonly LongArray[]): Promise<unknown> {
  // Nobody can know this text, so that it stands for nothing else.
  const marker = randomUUID();
  const document = parseJson(new TextDecoder().decode(withMarkers(bytes, arrays, marker)));
  const contents = new Map<unknown, readonly unknown[]>();
  for (const [index, array] of arrays.entries()) contents.set(markerOf(marker, index), await contentOf(bytes, array));
  const content = (value: unknown) => (Array.isArray(value) ? contents.get(value[0]) : undefined);
  const whole = content(document);
  if (whole !== undefined || !isObject(document)) return whole ?? document;
  for (const name of Object.keys(document)) {
    const items = content(document[name]);
    // Not assigned, since a field may be called `__proto__`.
    if (items !== undefined) Object.defineProperty(document, name, { value: items });
  }
  return document;
}

function withMarkers(bytes: Buffer, arrays: readonly LongArray[], marker: string): Buffer {
  const parts: Buffer[] = [];
  let copied = 0;
  for (const [index, { start, end }] of arrays.entries()) {
    parts.push(bytes.subarray(copied, start), Buffer.from(JSON.stringify(markerOf(marker, index))));
    copied = end;
  }
  return Buffer.concat([...parts, bytes.subarray(copied)]);
}

const markerOf = (marker: string, index: number): string => `${marker}:${index}`;

async function contentOf(bytes: Buffer, { start, end, cuts }: LongArray): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let from = start;
  for (const to of [...cuts, end]) {
    await setImmediate();
    const slice = parseJson(`[${bytes.toString("utf8", from, to)}]`);
    if (!Array.isArray(slice) || slice.length === 0) throw new SyntaxError("There is nothing between two commas");
    for (const item of slice) items.push(item);
    from = to + 1;
  }
  return items;
}
