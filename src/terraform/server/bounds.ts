/** How long an operation may take. */

import type { Bound } from "../interruptions";
import { parseDuration } from "../schema/duration";
import { entriesOf } from "../schema/entries";
import type { Attributes } from "../schema/types";
import { type ObjectValue, partOf } from "../values/value";

/**
 * The bound of an operation: the user's in `values`, else the schema's; undefined when the schema has none for it.
 *
 * @param setting the operation's name in the `timeouts` attribute
 */
export function boundOf(attributes: Attributes, setting: string, values: ObjectValue | null): Bound | undefined {
  for (const [name, { timeoutDefaults }] of entriesOf(attributes)) {
    const fallback = timeoutDefaults?.[setting];
    if (fallback === undefined) continue;
    const chosen = partOf(partOf(values, name), setting);
    const configured = typeof chosen === "string" && parseDuration(chosen) !== undefined;
    const text = configured ? chosen : fallback;
    const milliseconds = parseDuration(text);
    if (milliseconds !== undefined) return { milliseconds, text, configured, setting };
  }
  return undefined;
}
