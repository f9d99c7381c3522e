/** The journal: what a workspace has begun on an Integration Server, for whoever comes after a run that was killed. */
export { DirectoryStore } from "./directory-store";
export { type Entry, KINDS, type Kind, type Left, type Standing, standingOf } from "./entry";
export { type Difference, type Fingerprint, fingerprintOf } from "./fingerprint";
export { type Beginning, type Holder, Journal, type Making } from "./journal";
export { journalDirectories, rememberJournal } from "./locations";
export type { JournalOptions } from "./options";
export { type Ignored, isJournalFile, readEntries, readRemovals } from "./read-entries";
export type { Removal, Removing } from "./removal";
export { defaultJournalDirectory, type Scope, scopeIn } from "./scope";
export type { SentRemoval } from "./sent-removal";
export type { Started } from "./started";
export { MemoryStore } from "./store";
