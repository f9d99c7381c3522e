/** Finding objects by name among those that there are. */
import type { Sight } from "../../integration-server";
import { combined } from "../../resources/shared/errors";
import { type AttributePath, DiagnosticError, nearestName } from "../../terraform";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is looked for, and where. */
export interface Scope<T extends Named> {
  /** Such as "hypervisor". */
  readonly thing: string;
  /** Such as "the infrastructure 4711". */
  readonly place: string;
  /** All that there are. */
  readonly objects: readonly T[];
  /** The attribute that says which one. */
  readonly path: AttributePath;
  /** Whether what there is was updated first. */
  readonly isRefreshed: boolean;
}

export interface Search<T extends Named> extends Scope<T> {
  readonly name: string;
  /** An object among others of its name, in words that tell them apart. */
  readonly describe?: (object: T) => string;
  /** What to do about several objects of the name. */
  readonly whenAmbiguous: string;
}

/** The object of that name; a name that is missing or not unique is an error that lists what there is. */
export function findByName<T extends Named>(search: Search<T>): Sight<T, DiagnosticError> {
  const { thing, place, objects, path, name, describe = ({ id }) => id, whenAmbiguous } = search;
  const found = named(objects, name);
  const [only] = found;
  if (only === undefined) return { problem: notFound(search, "name", name) };
  if (found.length === 1) return { found: only };
  const there = `There are ${found.length} ${thing}s named "${name}" in ${place}: ${found.map(describe).join(", ")}.`;
  return { problem: new DiagnosticError(`The name "${name}" is not unique`, `${there} ${whenAmbiguous}`, path) };
}

const REFRESH =
  "If it is new, set refresh = true on the look-up. In CDKTF, refresh: true of a Host or an OpenStackProject, which an SVM of a fleet takes as host or project.";

/** "There is no …", with what there is, and what may have been meant. */
export function notFound(scope: Scope<Named>, attribute: "name" | "id", value: string): DiagnosticError {
  const { thing, place, objects, path, isRefreshed } = scope;
  const names = [...new Set(objects.map(({ name }) => name))];
  const nearest = attribute === "name" ? nearestName(value, names) : undefined;
  const sentences = [
    `There is no ${thing} with the ${attribute} "${value}" in ${place}.`,
    ...(nearest === undefined ? [] : [`Did you mean "${nearest}"?`]),
    names.length === 0 ? `It has no ${thing}s at all.` : `There are: ${listed(names)}.`,
    ...(isRefreshed ? [] : [REFRESH]),
  ];
  return new DiagnosticError(`No such ${thing}`, sentences.join(" "), path);
}

/** Names that have to be there. */
export interface Requirement extends Scope<Named> {
  readonly names: readonly string[] | null | undefined;
}

/** Every name has to be that of exactly one object. Whatever is wrong is told at once. */
export function findAll(requirements: readonly Requirement[]): Sight<undefined> {
  const whenAmbiguous = "Take the id of one of them instead of the name, in a fleet as { id: … }.";
  const sights = requirements.flatMap(({ names, ...scope }) =>
    (names ?? []).map((name) => findByName({ ...scope, name, whenAmbiguous })),
  );
  const problems = sights.flatMap((sight) => ("problem" in sight ? sight.problem : []));
  return problems.length === 0 ? { found: undefined } : { problem: combined(problems) };
}

/** Systems compose letters with accents in different ways, and Terraform composes all that there are. */
function named<T extends Named>(objects: readonly T[], name: string): readonly T[] {
  const exact = objects.filter((object) => object.name === name);
  if (exact.length > 0) return exact;
  const composed = name.normalize("NFC");
  return objects.filter((object) => object.name.normalize("NFC") === composed);
}

const LISTED = 30;
const { compare } = new Intl.Collator();

/** Names in alphabetical order; many of them are cut short. */
function listed(names: readonly string[]): string {
  const sorted = [...names].sort(compare).map((name) => `"${name}"`);
  const shown = sorted.slice(0, LISTED).join(", ");
  return sorted.length > LISTED ? `${shown} and ${sorted.length - LISTED} more` : shown;
}
