/** Entries as text: a document in JSON that people can read, too, and a line for each answer since. */
import { type Entry, KINDS, LEFT } from "./entry";
import { type Fields, mapped, oneOf, optional, record, text, time } from "./fields";
import type { Removal } from "./removal";

export function textOf({ begun, expires, answered, ...entry }: Entry): string {
  const times = { begun: written(begun), expires: written(expires), answered: answered && written(answered) };
  return `${JSON.stringify({ ...entry, ...times }, undefined, 2)}\n`;
}

export function removalTextOf({ begun, expires, ...removal }: Removal): string {
  return `${JSON.stringify({ ...removal, begun: written(begun), expires: written(expires) }, undefined, 2)}\n`;
}

/** A line that is added to an entry: a new file for each answer would take ten times as long. */
export function answerTextOf({ run, begun, answered, taskId, id, facts }: Entry): string {
  return JSON.stringify({ run, begun: written(begun), answered: answered && written(answered), taskId, id, facts });
}

/** The same for a note of a removal. */
export function removalAnswerTextOf({ run, begun, taskId }: Removal): string {
  return JSON.stringify({ run, begun: written(begun), taskId });
}

const written = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The fields of a document and of the lines that were added to it. Nothing of one that was added to what somebody else had written there. */
function fieldsOf(json: string): Fields {
  const end = json.indexOf(END_OF_DOCUMENT);
  if (end < 0) return record(JSON.parse(json));
  const document = record(JSON.parse(json.slice(0, end + END_OF_DOCUMENT.length)));
  const added = json.slice(end + END_OF_DOCUMENT.length).split("\n");
  const answers = added.map((line) => orUndefined(() => record(JSON.parse(line))) ?? {});
  const own = answers.filter((answer) => answer["run"] === document["run"] && answer["begun"] === document["begun"]);
  return Object.assign({}, document, ...own);
}

/** Only the outermost bracket is at the beginning of a line. */
const END_OF_DOCUMENT = "\n}\n";

/** Undefined where the text is no entry. What a later version may have added to one is left out. */
export function entryOf(json: string): Entry | undefined {
  return orUndefined(() => {
    const fields = fieldsOf(json);
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
    const fields = fieldsOf(json);
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
