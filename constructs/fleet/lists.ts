/** The lists of a fleet, each element of which is looked up or becomes an SVM: they have to be known at synth. */
import { Token } from "cdktf";
import type { AttributePath } from "../../src/terraform/schema";
import type { Problem } from "../../src/terraform/schema/schema";
import { fieldsOf, isRecord } from "../schema/record";
import { mixesLists } from "../schema/tokens";
import type { SvmProps } from "./props";

/** In place of a list that `listProblems` refuses, so that nothing else is said about it. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
const REFUSED = Token.asList("${[]}");

/** What becomes of each element of a list. What comes late, `listProblems` refuses; what is no list, the schema does. */
export function elementsOf<T, R>(list: readonly T[], map: (element: T) => R): readonly R[];
export function elementsOf(list: readonly unknown[], map: (element: unknown) => unknown): readonly unknown[] {
  if (comesLate(list)) return REFUSED;
  if (!Array.isArray(list)) return list;
  return list.map((each) => {
    if (isRecord(each)) return map(fieldsOf(each));
    return typeof each === "string" ? map(each) : each;
  });
}

/** The elements that are known. */
export function knownElements<T>(list: readonly T[]): readonly T[] {
  return Array.isArray(list) && !comesLate(list) ? list : [];
}

/** The same of a list of objects, with their indices. What is no object, the schema refuses. */
export function knownRecords<T extends object>(list: readonly T[]): readonly (readonly [number, T])[] {
  return [...knownElements(list).entries()].filter(([, each]) => isRecord(each));
}

/** The lists of an SVM that are not known at synth. */
export function* listProblems({ networks }: SvmProps): Iterable<Problem> {
  if (networks === undefined) return;
  yield* lateProblem(["networks"], networks);
  for (const [index, network] of knownRecords<object>(networks)) {
    if (!("ports" in network) || network.ports === undefined) continue;
    const ports = network.ports as readonly object[];
    yield* lateProblem(["networks", index, "ports"], ports);
    for (const [port, each] of knownRecords(ports)) {
      if (!("securityGroups" in each)) continue;
      yield* lateProblem(["networks", index, "ports", port, "securityGroups"], each.securityGroups);
    }
  }
}

function* lateProblem(path: AttributePath, list: unknown): Iterable<Problem> {
  if (!comesLate(list)) return;
  const message =
    "The value must be a list that is known at synth, since its elements are looked up, got: a token. " +
    'Take KsvlaSvm of "cdktf-ksvla/generated", with ids, for a list that only Terraform knows.';
  yield { path, message };
}

/** True for a token in place of a list, or of one of its objects, and for a list of Terraform's among other elements. */
export function comesLate(list: unknown): boolean {
  if (Token.isUnresolved(list)) return true;
  return (
    Array.isArray(list) && list.some((each) => (typeof each === "object" ? Token.isUnresolved(each) : mixesLists(each)))
  );
}
