/** What is asked about SVMs, and how the judge answers. */
import type { VirtualMachine } from "../infrastructures/objects";
import type { SvmLocation, SvmTaskState } from "./svm";

/** A name in a place. */
export interface NamedPlace extends SvmLocation {
  readonly name: string;
}

/** An SVM that is known from earlier, under a connection that may be another one now. */
export interface KnownSvm extends NamedPlace {
  /** Null where only its name and its place are known. */
  readonly id: string | null;
  /** Where it was last seen to run, if that is somewhere else. */
  readonly runningOn?: string | undefined;
  /** The task that deploys it, as long as no list has shown it. */
  readonly deployedBy?: string | undefined;
  /** Where its removal was sent, perhaps by a process that has not lived to see its end. */
  readonly removal?: SvmRemovalSent | undefined;
}

/** What is known of a removal, beside what the server shows. */
export interface SvmRemovalSent {
  /** Whether somebody has seen it end well. */
  readonly isDone: boolean;
  /** The task that the server has made of it; undefined where its answer never came. */
  readonly taskId: string | undefined;
  /** Milliseconds in which it may still take effect where no task tells. */
  readonly showsIn: number;
  /** Milliseconds for which that is waited for; less leaves it uncertain. @default as long as it may take effect */
  readonly awaitedFor?: number | undefined;
}

/** Why nobody can say whether an SVM exists. */
export type Uncertainty =
  /** The connection is down. */
  | "down"
  /** There is no such connection. */
  | "missing"
  /** The connection was not connected for long enough. */
  | "unsettled"
  /** Its removal goes on. */
  | "leaving"
  /** It was deployed minutes ago, so that lists may not show it yet. */
  | "new"
  /** Only its name and its place are known, and there is more than one. */
  | "ambiguous"
  /** A machine is listed without an id, and may be this one. */
  | "unidentified";

export type Outcome =
  | { readonly is: "there"; readonly vm: VirtualMachine }
  /** Its id belongs to another machine now. */
  | { readonly is: "another"; readonly vm: VirtualMachine }
  /** With another SVM of its name in its place, if there is one. */
  | { readonly is: "gone"; readonly namesake: VirtualMachine | undefined }
  | { readonly is: "uncertain"; readonly why: Uncertainty };

export type Finding =
  /** With where its deployment stands, if that is known: see `deployedBy`. */
  | (Outcome & { readonly deployment: SvmTaskState | undefined })
  /** Its task is at work: no list can tell anything yet. */
  | { readonly is: "being deployed"; readonly deployment: SvmTaskState };
