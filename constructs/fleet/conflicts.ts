/** What SVMs of a stack take from each other: a name on a hypervisor or in a project, and addresses in a network. */
import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Problem } from "../../src/terraform/schema/schema";
import { Host } from "../look-ups/host";
import { OpenStackProject } from "../look-ups/openstack-project";
import { constructsOf } from "../schema/constructs-of";
import { oncePerStack } from "../schema/once-per-stack";
import { resolveText } from "../schema/resolve";
import { isExpression } from "../schema/tokens";
import { staticAdapters } from "./adapters";
import { PlacedSvm } from "./placed-svm";

type Conflicts = ReadonlyMap<PlacedSvm, readonly Problem[]>;

/** What of an SVM is taken already. */
export const conflictProblems: (svm: PlacedSvm) => Iterable<Problem> | undefined = oncePerStack(conflictsIn);

function conflictsIn(stack: TerraformStack): Conflicts {
  const constructs = constructsOf(stack);
  const places = new Map(constructs.filter(isPlace).map((place) => [expressionOf(place), subjectOf(place)]));
  const names = new Map<string, PlacedSvm>();
  const addresses = new Map<string, PlacedSvm>();
  return new Map(
    constructs.filter(PlacedSvm.isPlacedSvm).map((svm) => {
      if (!isComparable(svm)) return [svm, []];
      return [svm, [...nameProblems(svm, names, places), ...addressProblems(svm, addresses)]];
    }),
  );
}

/** Attributes that say where an SVM is. Overrides of them are the user's own affair. */
const PLACES = ["infrastructure_id", "host", "openstack"];

/**
 * What differs between those that one construct makes for each of something, only Terraform knows, and also whether there is
 * one at all where it counts. And what went elsewhere takes nothing here.
 */
function isComparable(svm: PlacedSvm): boolean {
  const { instances = 0, isMovedAway } = svm;
  return instances > 0 && !isMovedAway && PLACES.every((place) => svm.overrideOf(place) === undefined);
}

function* nameProblems(
  svm: PlacedSvm,
  taken: Map<string, PlacedSvm>,
  places: ReadonlyMap<string, string>,
): Iterable<Problem> {
  const { host, openstack } = svm.location;
  const place = resolveText(svm, host?.id ?? openstack?.projectId ?? "");
  const given = svm.overrideOf("name") ?? svm.config.name;
  if (typeof given !== "string") return;
  const name = resolveText(svm, given).normalize("NFC");
  const where = host === undefined ? "in the same project" : "on the same hypervisor";
  if (areAlike(svm, name))
    yield { path: ["name"], message: `${madeByCount(svm)} have the same name ${where}. ${ONE_EACH}` };
  const namesake = claim(taken, JSON.stringify([...serverOf(svm), places.get(place) ?? place, name]), svm);
  if (namesake === undefined) return;
  yield { path: ["name"], message: `${namesake.node.path} has the same name ${where}.` };
}

function* addressProblems(svm: PlacedSvm, taken: Map<string, PlacedSvm>): Iterable<Problem> {
  for (const { path, property, addresses, network } of staticAdapters(svm)) {
    for (const address of addresses) {
      if (areAlike(svm, address)) {
        yield { path: [...path, property], message: `${madeByCount(svm)} have the same address. ${ONE_EACH}` };
      }
      const holder = claim(taken, JSON.stringify([...serverOf(svm), network, address]), svm);
      if (holder === undefined) continue;
      const where = holder === svm ? "Another network of this SVM" : holder.node.path;
      yield { path: [...path, property], message: `${where} has the same address, ${address}.` };
    }
  }
}

const ONE_EACH = "Add each with addSvm, or take forEach, where they can differ.";

/** True where one construct makes several, and nothing in the text tells them apart. */
function areAlike({ instances = 1 }: PlacedSvm, text: string): boolean {
  return instances > 1 && !isExpression(text);
}

function madeByCount({ instances }: PlacedSvm): string {
  return `The ${instances} SVMs that count makes`;
}

/** Who has it already; otherwise it is taken. */
function claim(taken: Map<string, PlacedSvm>, key: string, svm: PlacedSvm): PlacedSvm | undefined {
  const holder = taken.get(key);
  if (holder === undefined) taken.set(key, svm);
  return holder;
}

/** Ids are those of one Integration Server. */
function serverOf(svm: PlacedSvm): readonly unknown[] {
  return [svm.provider?.alias, resolveText(svm, svm.config.infrastructureId)];
}

function isPlace(construct: IConstruct): construct is Host | OpenStackProject {
  return Host.isHost(construct) || OpenStackProject.isOpenStackProject(construct);
}

/** How Terraform refers to the id of what is looked up. */
function expressionOf({ terraformResourceType, friendlyUniqueId }: Host | OpenStackProject): string {
  return `\${data.${terraformResourceType}.${friendlyUniqueId}.id}`;
}

/** The same for look-ups of the same: by name, or else the id itself, as one that is not looked up has it. */
function subjectOf(place: Host | OpenStackProject): string {
  const { name, id = "" } = place.config;
  if (name === undefined) return resolveText(place, id);
  const domain = "domain" in place.config ? place.config.domain : undefined;
  return JSON.stringify([resolveText(place, name), domain === undefined ? null : resolveText(place, domain)]);
}
