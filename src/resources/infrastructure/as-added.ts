/**
 * How the Integration Server showed a connection when it was added. It may write otherwise what it was given: an IP address
 * for a name, an account with its domain, or no account at all. What it shows so later, too, is as configured.
 */
import { isDeepStrictEqual } from "node:util";
import type { Infrastructure } from "../../integration-server";
import type { ObjectContext } from "../../terraform";

interface Account {
  readonly name: string | null;
  readonly domain: string | null;
}

export interface Shown {
  readonly address: string;
  readonly admin: Account | null;
  readonly readOnly: Account | null;
}

type Kept = Pick<ObjectContext<unknown>, "private">;

const KEY = "asAdded";

export function keepAsAdded(seen: Infrastructure, { private: kept }: Kept): void {
  kept.set(KEY, shown(seen));
}

/** Which parts of a connection are shown as they were when it was added: nothing where nobody knows. */
export function unchangedSinceAdded(seen: Infrastructure, { private: kept }: Kept): ReadonlySet<keyof Shown> {
  const before = kept.get(KEY);
  const now = shown(seen);
  const isAsBefore = (part: keyof Shown) =>
    typeof before === "object" && before !== null && isDeepStrictEqual(Reflect.get(before, part), now[part]);
  return new Set((["address", "admin", "readOnly"] as const).filter(isAsBefore));
}

function shown({ address, accounts: { admin, readOnly } }: Infrastructure): Shown {
  return { address, admin: account(admin), readOnly: account(readOnly) };
}

function account(shown: Infrastructure["accounts"]["admin"]): Account | null {
  return shown === undefined ? null : { name: shown.name ?? null, domain: shown.domain ?? null };
}
