/** Entries as text: JSON that people can read, too. */
import { type Entry, KINDS, LEFT } from "./entry";
import { mapped, oneOf, optional, record, text, time } from "./fields";
import type { Removal } from "./removal";

export function textOf({ begun, expires, answered, ...entry }: Entry): string {
  const times = { begun: written(begun), expires: written(expires), answered: answered && written(answered) };
  return `${JSON.stringify({ ...entry, ...times }, undefined, 2)}\n`;
}

export function removalTextOf({ begun, expires, ...removal }: Removal): string {
  return `${JSON.stringify({ ...removal, begun: written(begun), expires: written(expires) }, undefined, 2)}\n`;
}

const written = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Undefined where the text is no entry. What a later version may have added to one is left out. */
export function entryOf(json: string): Entry | undefined {
  return orUndefined(() => {
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
      left: optional(fields["left"], (left) => oneOf(LEFT, left)),
      isStored: optional(fields["isStored"], (isStored) => isStored === true),
      plannedBy: optional(fields["plannedBy"], text),
    };
  });
}

/** Undefined where the text is no note of a removal. */
export function removalOf(json: string): Removal | undefined {
  return orUndefined(() => {
    const fields = record(JSON.parse(json));
    return {
      kind: oneOf(KINDS, fields["kind"]),
      server: text(fields["server"]),
      workspace: text(fields["workspace"]),
      stack: text(fields["stack"]),
      id: text(fields["id"]),
      name: text(fields["name"]),
      run: text(fields["run"]),
      begun: time(fields["begun"]),
      expires: time(fields["expires"]),
      taskId: optional(fields["taskId"], text),
    };
  });
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
