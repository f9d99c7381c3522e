/** Notes of what plugin processes are doing, in a folder: how they are written, and how they are followed. */
export { announce, announced, RUN_DIRECTORY } from "./announcement";
export { createNotesFile, type NotesFile } from "./file";
export type { WorkEvent } from "./followed-file";
export { Follower } from "./follower";
export { isEnd, isNotesFile, type Operation, type Subject, type WorkState } from "./note";
export { Notes, type NotesOptions, type Work } from "./notes";
export { identityOf } from "./process-identity";
