/** The `timeouts` attribute, the same for every resource that waits. */
import { nested, optional, string } from "./attributes";
import { duration } from "./duration";
import type { Attribute, NestedType, StringType } from "./types";

export type Operation = "create" | "read" | "update" | "delete";
type TimeoutAttribute = Attribute<StringType, "optional">;
type TimeoutsOf<O extends Operation> = Attribute<
  NestedType<{ readonly [K in O]: TimeoutAttribute }, "single">,
  "optional"
>;

/**
 * `timeouts = { create = "30m", … }`. The given defaults bound an operation that the user set no timeout for;
 * the framework aborts the request's `signal` when the time has passed.
 */
export function timeouts<O extends Operation>(defaults: Readonly<Record<O, string>>): TimeoutsOf<O> {
  const operations = Object.entries(defaults) as [O, string][];
  const attributes = Object.fromEntries(
    operations.map(([operation, value]) => [
      operation,
      optional(string(), {
        description: `How long to wait for ${operation} to finish, as a duration such as "90s" or "30m". Default: "${value}".`,
        validate: [duration],
      }),
    ]),
  ) as { readonly [K in O]: TimeoutAttribute };
  return {
    ...optional(nested(attributes), {
      description: `How long operations may take before they fail. Default: ${operations.map(([operation, value]) => `${value} for ${operation}`).join(", ")}.`,
    }),
    timeoutDefaults: defaults,
  };
}
