/** All entries of a journal, whoever has written them. */
import { type Entry, isFileName } from "./entry";
import { entryOf } from "./entry-text";
import { HELD } from "./held";
import type { Store } from "./store";

/** Something that is no entry, although it has the name of one, and why it is not read. */
export interface Ignored {
  readonly file: string;
  readonly reason: string;
}

export interface Entries {
  readonly entries: readonly (readonly [name: string, entry: Entry])[];
  readonly ignored: readonly Ignored[];
}

/** Whether a file of this name is the journal's to remove. */
export function isJournalFile(name: string): boolean {
  return name === HELD || isFileName(name);
}

/** What version 0.1.0 wrote: the tasks of deployments, without a word on what was deployed. */
const OLD_NOTES = "deployments";

export function readEntries(store: Store): Entries {
  const entries: (readonly [string, Entry])[] = [];
  const ignored: Ignored[] = [];
  for (const name of store.names()) {
    const read = readEntry(store, name);
    if (typeof read === "string") ignored.push({ file: store.pathOf(name), reason: read });
    else if (read !== undefined) entries.push([name, read]);
  }
  return { entries, ignored };
}

/** The entry, or why there is none; undefined for what has nothing to do with entries. */
function readEntry(store: Store, name: string): Entry | string | undefined {
  if (name === OLD_NOTES) return OLD_NOTES_IGNORED;
  if (!isJournalFile(name)) return undefined;
  const found = store.read(name);
  if (found === undefined) return undefined; // another process has struck it out meanwhile
  if ("unusable" in found) return found.unusable;
  return name === HELD ? undefined : (entryOf(found.text) ?? "it is no entry of a journal");
}

const OLD_NOTES_IGNORED =
  "version 0.1.0 noted deployments there, without what was deployed; when none of them is running any more, remove it";
