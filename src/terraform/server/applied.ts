import type { Resource } from "../resource";
import type { Call } from "./call";
import type { StoredPrivate } from "./private-state";
import type { Session } from "./session";

/** What an apply works with. */
export interface Applied {
  readonly session: Session;
  readonly call: Call;
  readonly typeName: string;
  readonly resource: Resource;
  readonly kept: StoredPrivate;
}
