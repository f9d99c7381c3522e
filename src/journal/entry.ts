/** What is written down of an object that is being made: who makes what, where, with which settings, and its ids. */
import { createHash } from "node:crypto";
import type { Fingerprint } from "./fingerprint";
import type { Scope } from "./scope";

export const KINDS = ["svm", "infrastructure", "image", "reserve-server"] as const;
export type Kind = (typeof KINDS)[number];

/** What an object is known by before it has an id. */
export interface Subject {
  readonly kind: Kind;
  /** The Integration Server, as host:port. */
  readonly server: string;
  /** What tells it from all others of its kind: names are compared as they are here, so in one normal form. */
  readonly place: Readonly<Record<string, string>>;
}

/** Times are milliseconds since 1970. */
export interface Entry extends Subject, Scope {
  /** What messages call the object, such as `SVM "a" on hypervisor 1 of the infrastructure 2`. */
  readonly name: string;
  readonly fingerprint: Fingerprint;
  /** The process that has written it. */
  readonly run: string;
  /** Right before the request left. */
  readonly begun: number;
  /** As long as nobody has answered, an object that appears later is not taken for this one. */
  readonly expires: number;
  /** When the server named a task or an id. */
  readonly answered?: number | undefined;
  readonly taskId?: string | undefined;
  /** What `terraform import` takes. */
  readonly id?: string | undefined;
  /** What the server's answer said and cannot be asked again. */
  readonly facts?: Facts | undefined;
  /** Where its creation ended with an error, so that Terraform has what came of it as tainted. */
  readonly left?: Left | undefined;
  /** Whether a process was given the state that has it. */
  readonly isStored?: boolean | undefined;
  /** The first process since that has planned another one without being given that state, as every one does that applies. */
  readonly plannedBy?: string | undefined;
}

export const LEFT = ["failed", "unfinished"] as const;
/** How an object was left to Terraform: its making has failed, or nobody has seen it end well. */
export type Left = (typeof LEFT)[number];

export type Facts = Readonly<Record<string, string | null>>;

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** How far an entry can be relied upon. */
export type Standing =
  /** Nobody has answered: an object that was not listed before the request and is now is this one, */
  | "unanswered"
  /** until so much time has passed that somebody else may have made it. */
  | "expired"
  /** What the entry or its task names by id is this object, */
  | "answered"
  /** until so much time has passed that somebody may have decided otherwise about it. */
  | "old";

export function standingOf({ answered, expires }: Entry, now: number): Standing {
  if (answered === undefined) return now > expires ? "expired" : "unanswered";
  return now - answered > WEEK ? "old" : "answered";
}

/** The name of the entry's file: the same for the same object of the same workspace and stack, whoever asks. */
export function fileNameOf({ kind, server, place }: Subject, { workspace, stack }: Scope): string {
  const facts = Object.entries(place).sort(([one], [other]) => (one < other ? -1 : 1));
  const key = JSON.stringify([kind, server.toLowerCase(), workspace, stack, facts]);
  return `${kind}-${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`;
}

const FILE_NAME = new RegExp(`^(?:${KINDS.join("|")})-[0-9a-f]{32}\\.json$`);

export function isFileName(name: string): boolean {
  return FILE_NAME.test(name);
}

/** Whether both are notes of one and the same request. */
export function isSameEntry(one: Entry, other: Entry): boolean {
  return one.run === other.run && one.begun === other.begun;
}
