/** All that a journal holds, whoever has written it. */
import { type Entry, isFileName } from "./entry";
import { entryOf, removalOf } from "./entry-text";
import { HELD } from "./held";
import { isRemovalFileName, type Removal } from "./removal";
import type { Store } from "./store";

/** Something that is no entry, although it has the name of one, and why it is not read. */
export interface Ignored {
  readonly file: string;
  readonly reason: string;
}

type Named<T> = readonly (readonly [name: string, value: T])[];

export interface Entries {
  readonly entries: Named<Entry>;
  readonly ignored: readonly Ignored[];
}

export interface Removals {
  readonly removals: Named<Removal>;
  readonly ignored: readonly Ignored[];
}

/** Whether a file of this name is the journal's to remove. */
export function isJournalFile(name: string): boolean {
  return name === HELD || isFileName(name) || isRemovalFileName(name);
}

/** What version 0.1.0 wrote: the tasks of deployments, without a word on what was deployed. */
const OLD_NOTES = "deployments";

/** Without a word on what else is there. */
export function entriesIn(store: Store): Named<Entry> {
  return readAll(store, isFileName, entryOf).read;
}

export function readEntries(store: Store): Entries {
  const { read: entries, ignored } = readAll(store, isFileName, entryOf);
  const held = store.read(HELD);
  const unusable =
    held !== undefined && "unusable" in held ? [{ file: store.pathOf(HELD), reason: held.unusable }] : [];
  const old = store.names().includes(OLD_NOTES) ? [{ file: store.pathOf(OLD_NOTES), reason: OLD_NOTES_IGNORED }] : [];
  return { entries, ignored: [...old, ...unusable, ...ignored] };
}

/** Of a fleet that is being removed there are many, so they are read by whoever asks for them, and not with the entries. */
export function readRemovals(store: Store): Removals {
  const { read, ignored } = readAll(store, isRemovalFileName, removalOf);
  return { removals: read, ignored };
}

function readAll<T>(store: Store, isOne: (name: string) => boolean, parse: (text: string) => T | undefined) {
  const read: (readonly [string, T])[] = [];
  const ignored: Ignored[] = [];
  for (const name of store.names().filter(isOne)) {
    const found = store.read(name);
    if (found === undefined) continue; // another process has struck it out meanwhile
    const parsed = "text" in found ? parse(found.text) : undefined;
    if (parsed !== undefined) read.push([name, parsed]);
    else ignored.push({ file: store.pathOf(name), reason: "unusable" in found ? found.unusable : NO_ENTRY });
  }
  return { read, ignored };
}

const NO_ENTRY = "it is no entry of a journal";
const OLD_NOTES_IGNORED =
  "version 0.1.0 noted deployments there, without what was deployed; when none of them is running any more, remove it";
