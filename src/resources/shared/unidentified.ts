/** What the Integration Server lists without an id, so that nothing can be done with it. */
import type { UnidentifiedObject } from "../../integration-server";
import type { Context } from "../../terraform";

/** Warns of it once, if there is anything. */
export function warnOfUnidentified(
  place: string,
  objects: readonly UnidentifiedObject[],
  { warn }: Pick<Context<unknown>, "warn">,
): void {
  if (objects.length === 0) return;
  warn({
    summary: `The Integration Server lists objects of ${place} without an id`,
    detail: `They are left out, since nothing can be done with them: ${objects.map(describe).join(", ")}. Look into the log of the Integration Server for what is wrong with them.`,
  });
}

function describe({ kind, name, parent }: UnidentifiedObject): string {
  const named = name === undefined ? `a ${kind} without a name` : `the ${kind} "${name}"`;
  return parent === undefined ? named : `${named} of ${parent}`;
}
