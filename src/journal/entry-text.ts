/** Entries as text: JSON that people can read, too. */
import { type Entry, KINDS } from "./entry";

export function textOf({ begun, expires, answered, ...entry }: Entry): string {
  const times = { begun: written(begun), expires: written(expires), answered: answered && written(answered) };
  return `${JSON.stringify({ ...entry, ...times }, undefined, 2)}\n`;
}

const written = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Undefined where the text is no entry. What a later version may have added to one is left out. */
export function entryOf(json: string): Entry | undefined {
  try {
    const fields = record(JSON.parse(json));
    const fingerprint = record(fields["fingerprint"]);
    const facts = optional(fields["facts"], record);
    return {
      kind: oneOf(KINDS, fields["kind"]),
      server: text(fields["server"]),
      workspace: text(fields["workspace"]),
      stack: text(fields["stack"]),
      place: mapped(record(fields["place"]), text),
      name: text(fields["name"]),
      fingerprint: { identity: text(fingerprint["identity"]), settings: text(fingerprint["settings"]) },
      run: text(fields["run"]),
      begun: time(fields["begun"]),
      expires: time(fields["expires"]),
      answered: optional(fields["answered"], time),
      taskId: optional(fields["taskId"], text),
      id: optional(fields["id"], text),
      facts: facts && mapped(facts, (fact) => (fact === null ? null : text(fact))),
    };
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new TypeError("no object");
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TypeError("no text");
}

function time(value: unknown): number {
  const milliseconds = Date.parse(text(value));
  if (Number.isNaN(milliseconds)) throw new TypeError("no time");
  return milliseconds;
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new TypeError("another value");
  return found;
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

function mapped<T>(fields: Fields, read: (value: unknown) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, read(value)]));
}
