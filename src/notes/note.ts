/** What a plugin process notes of its work while it goes on, for whoever watches it: the lines of its file. */

/** What is done to something on the Integration Server that takes its time. */
export const OPERATIONS = ["deploy", "reconfigure", "remove", "verify", "connect"] as const;
export type Operation = (typeof OPERATIONS)[number];

export const WORK_STATES = ["waiting", "running", "completed", "failed", "interrupted"] as const;
/**
 * `waiting` until the server has made a task of the request; `completed` when the end is confirmed, not before;
 * `interrupted` when nobody has seen the end: what was begun may go on on the server.
 */
export type WorkState = (typeof WORK_STATES)[number];

/** What the work is about; what does not apply, or is not known yet, is null. */
export interface Subject {
  readonly operation: Operation;
  /** The infrastructure's id. */
  readonly infrastructure: string | null;
  /** The SVM's name. */
  readonly svm: string | null;
  /** The id of the hypervisor or OpenStack project; of a connection its address, of an image its manifest. */
  readonly place: string | null;
  /** What people call the hypervisor or OpenStack project; undefined of anything else, and as long as nobody has told. */
  readonly placeName?: string | undefined;
  /** The infrastructure's address, as soon as somebody has told. */
  readonly infrastructureName?: string | undefined;
}

/** How far the work is. */
export interface Progress {
  /** The server's task. */
  readonly task: string | null;
  /** In the server's words; of work that waits for something else, what that is. */
  readonly step: string | null;
  /** In percent, of the whole task. */
  readonly progress: number | null;
  readonly state: WorkState;
  /** At the end: what there is now, or what went wrong, in the server's words. */
  readonly message?: string | undefined;
}

/** A process, and not a later one to which the system has given its id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Null where the system does not say. */
  readonly startedAt: string | null;
}

/** Who writes the file. */
export interface Writer {
  readonly plugin: ProcessIdentity;
  /** What has started the plugin. */
  readonly terraform: ProcessIdentity;
  /** The Integration Server, as host:port. */
  readonly server: string;
  /** Terraform's workspace, and the folder in which it runs. */
  readonly workspace: string;
  readonly stack: string;
}

/** The first line. */
export interface Heading extends Writer {
  readonly notes: typeof FORMAT;
  /** ISO 8601. */
  readonly time: string;
}

export const FORMAT = 1;

/** Any other line: what is new of a piece of work. The first line of one has its subject. */
export interface Note extends Partial<Subject>, Partial<Progress> {
  /** Its number in this file. */
  readonly work: number;
  /** ISO 8601. */
  readonly time: string;
}

/** True when nothing more comes of it. */
export function isEnd(state: WorkState): boolean {
  return state !== "waiting" && state !== "running";
}

const FILE_NAME = /^notes-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.jsonl$/;

export function fileNameOf(run: string): string {
  return `notes-${run}.jsonl`;
}

export function isNotesFile(name: string): boolean {
  return FILE_NAME.test(name);
}
