/**
 * A removal that was asked for and has not been seen to end: its object may be gone although a list still shows it. It says
 * nothing of how the object was made, and nothing is ever taken over because of it.
 */
import { createHash } from "node:crypto";
import type { Kind } from "./entry";
import { objectKey } from "./object-key";
import type { Scope } from "./scope";

/** What is about to be removed. */
export interface Removing {
  readonly kind: Kind;
  /** What `terraform import` takes. */
  readonly id: string;
  /** What messages call the object. */
  readonly name: string;
}

/** Times are milliseconds since 1970. */
export interface Removal extends Scope, Removing {
  /** The Integration Server, as host:port. */
  readonly server: string;
  /** The process that has written it. */
  readonly run: string;
  /** Right before the request left. */
  readonly begun: number;
  /** From then on, a removal that nobody has answered is not expected to take effect any more. */
  readonly expires: number;
  /** Where the server makes a task of it. */
  readonly taskId?: string | undefined;
}

const DAY = 24 * 60 * 60 * 1000;
const PREFIX = "removal-";
const FILE_NAME = new RegExp(`^${PREFIX}[0-9a-f]{32}\\.json$`);

/** The name of its file: the same for the same object, whoever asks. */
export function removalFileNameOf(object: Pick<Removal, "kind" | "server" | "id">): string {
  return `${PREFIX}${createHash("sha256").update(objectKey(object)).digest("hex").slice(0, 32)}.json`;
}

export function isRemovalFileName(name: string): boolean {
  return FILE_NAME.test(name);
}

/** Whether nobody needs to know of it any more: a task that was made of it has long ended, whatever became of it. */
export function isForgotten({ begun }: Pick<Removal, "begun">, now: number): boolean {
  return now - begun > DAY;
}

/** Whether both are notes of one and the same request. */
export function isSameRemoval(one: Removal, other: Removal): boolean {
  return one.run === other.run && one.begun === other.begun;
}
