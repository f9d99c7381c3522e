/** Finding one object by its name among those that there are. */
import { type AttributePath, DiagnosticError } from "../../terraform";

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Search<T extends Named> {
  /** What is looked for, such as "hypervisor". */
  readonly thing: string;
  /** Where, such as "the infrastructure 4711". */
  readonly place: string;
  readonly name: string;
  /** An object among others of its name, in words that tell them apart. */
  readonly describe?: (object: T) => string;
  /** What to do about several objects of the name. */
  readonly whenAmbiguous: string;
}

/** The object of that name; a name that is missing or not unique is an error that lists what there is. */
export function findByName<T extends Named>(objects: readonly T[], search: Search<T>): T {
  const { thing, place, name, describe = ({ id }) => id, whenAmbiguous } = search;
  const found = objects.filter((object) => object.name === name);
  const [only] = found;
  if (only === undefined) throw notFound(thing, place, `the name "${name}"`, objects, ["name"]);
  if (found.length === 1) return only;
  throw new DiagnosticError(
    `The name "${name}" is not unique`,
    `There are ${found.length} ${thing}s named "${name}" in ${place}: ${found.map(describe).join(", ")}. ${whenAmbiguous}`,
    ["name"],
  );
}

/** "There is no …", with what there is. */
export function notFound(
  thing: string,
  place: string,
  what: string,
  objects: readonly Named[],
  path: AttributePath,
): DiagnosticError {
  const there = objects.length === 0 ? `It has no ${thing}s at all.` : `There are: ${listNames(objects)}.`;
  const advice = "If it is new, set refresh = true.";
  return new DiagnosticError(
    `No such ${thing}`,
    `There is no ${thing} with ${what} in ${place}. ${there} ${advice}`,
    path,
  );
}

const LISTED = 30;

/** Names in alphabetical order; many of them are cut short. */
function listNames(objects: readonly Named[]): string {
  const names = [...new Set(objects.map(({ name }) => name))].sort((a, b) => a.localeCompare(b));
  const listed = names.slice(0, LISTED).map((name) => `"${name}"`);
  return names.length > LISTED ? `${listed.join(", ")} and ${names.length - LISTED} more` : listed.join(", ");
}
