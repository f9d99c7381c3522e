/** What people read for what programs read. */

import type { Seen } from "../shared/seen";
import type { GapReason } from "./assessment";

export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
  "no-svm": "no SVM",
  "not-running": "not running",
  old: "old",
  unknown: "unknown",
};

/** What an infrastructure is called: by its name, else by its address or its id. */
export function nameOf({ id, name, address }: Pick<Seen, "id" | "name" | "address">): string {
  return name ?? address ?? id;
}

/** Projects of different domains often have the same name. */
export function placeName({ name, domain }: { readonly name: string; readonly domain: string | undefined }): string {
  return domain === undefined ? name : `${domain} / ${name}`;
}

/** Names in the order in which people look for them: `esx-2` before `esx-10`. */
export const byName = new Intl.Collator("en", { numeric: true }).compare;
