/** Finds the connections of a stack that its SVMs depend on, by whatever path, as Terraform's graph has it. */
import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { KsvlaInfrastructure } from "../generated/infrastructure";
import { constructsOf } from "../schema/constructs-of";
import { isRecord } from "../schema/record";
import type { PlacedSvm } from "./placed-svm";

export interface OwnConnection {
  /** Its address, such as `ksvla_infrastructure.vcenter`. */
  readonly connection: string;
  /** What lies between an SVM and it, such as `data.ksvla_host.esx-01`; empty where the SVM refers to it itself. */
  readonly path: readonly string[];
}

/** The first names of a reference, as in `local.id`, `ksvla_infrastructure.vcenter.id` or `data.ksvla_host.esx.id`. */
const REFERENCE = /(?<![\w.-])((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)/g;

/** Each once, by the shortest path that leads there. Nothing is looked for in a stack that connects nothing. */
export function ownConnections(svms: readonly PlacedSvm[]): readonly OwnConnection[] {
  const [first] = svms;
  if (first === undefined) return [];
  const stack = TerraformStack.of(first);
  if (!constructsOf(stack).some(isOwnConnection)) return [];
  const graph = graphOf(stack.toTerraform());
  const found: OwnConnection[] = [];
  const addresses = svms.map(
    ({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`,
  );
  const seen = new Set(addresses);
  let ring = addresses.map((address): Step => ({ address, path: [] }));
  while (ring.length > 0) {
    const next: Step[] = [];
    for (const { address, path } of ring) {
      for (const referred of graph.get(address) ?? []) {
        if (seen.has(referred)) continue;
        seen.add(referred);
        if (isConnection(referred)) found.push({ connection: referred, path });
        else next.push({ address: referred, path: [...path, referred] });
      }
    }
    ring = next;
  }
  return found;
}

/** Of whichever copy of this library. */
function isOwnConnection(construct: IConstruct): boolean {
  return (
    TerraformResource.isTerraformResource(construct) &&
    construct.terraformResourceType === KsvlaInfrastructure.tfResourceType
  );
}

/** How far the search has come. */
interface Step {
  readonly address: string;
  readonly path: readonly string[];
}

function isConnection(address: string): boolean {
  return address.startsWith(`${KsvlaInfrastructure.tfResourceType}.`);
}

/** What each thing of a stack refers to, of those that are things of the stack. */
function graphOf(stack: object): ReadonlyMap<string, readonly string[]> {
  const things = new Map(thingsOf(stack).map(([address, value]) => [address, JSON.stringify(value)]));
  return new Map(
    [...things].map(([address, text]) => {
      const references = [...text.matchAll(REFERENCE)].map(([reference]) => reference);
      return [address, references.filter((reference) => things.has(reference))];
    }),
  );
}

/** Everything that expressions can refer to and that refers to others, under its address. */
function thingsOf(stack: object): readonly (readonly [string, unknown])[] {
  const { resource, data, locals, module } = stack as Readonly<Record<string, unknown>>;
  const typed = (types: unknown, prefix: string) =>
    entriesOf(types).flatMap(([type, named]) =>
      entriesOf(named).map(([name, it]) => [`${prefix}${type}.${name}`, it] as const),
    );
  return [
    ...typed(resource, ""),
    ...typed(data, "data."),
    ...entriesOf(locals).map(([name, it]) => [`local.${name}`, it] as const),
    ...entriesOf(module).map(([name, it]) => [`module.${name}`, it] as const),
  ];
}

function entriesOf(values: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(values) ? Object.entries(values) : [];
}
