/** What has to fit together in a fleet beyond what the schema says of each SVM. Checked at synth. */
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type AttributePath, nearestName } from "../../src/terraform/schema";
import type { Problem } from "../../src/terraform/schema/schema";
import { withoutUndefined } from "../schema/defined";
import { resolveText } from "../schema/resolve";
import type { FleetSvm } from "./fleet-svm";
import { knownElements, listProblems } from "./lists";
import type { SvmPlacement } from "./placement";
import { SHARED_PROPERTIES, SVM_PROPERTIES, type SvmProps, type SvmSharedProps } from "./props";

/** What was written for an SVM that does not exist or cannot be meant. */
export function* propertyProblems(props: SvmProps, svm: FleetSvm): Iterable<Problem> {
  yield* unknownProblems(props, Object.keys(SVM_PROPERTIES));
  yield* lifecycleProblems(props);
  if (props.network !== undefined && props.networks !== undefined) {
    yield { path: ["network"], message: "Set either network or networks, not both." };
  }
  if ("domain" in props && props.domain !== undefined && typeof props.project !== "string") {
    yield { path: ["domain"], message: "A domain tells projects of one name apart, but no project is given by name." };
  }
  yield* listProblems(props);
  yield* foreignPlaceProblems(props, svm);
}

/** The same for what a fleet shares. */
export function* sharedPropertyProblems(shared: SvmSharedProps): Iterable<Problem> {
  yield* unknownProblems(shared, Object.keys(SHARED_PROPERTIES));
  yield* lifecycleProblems(shared);
}

/** For callers without a compiler. */
function* unknownProblems(props: object, known: readonly string[]): Iterable<Problem> {
  for (const name of Object.keys(withoutUndefined(props)).filter((name) => !known.includes(name))) {
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
    yield { path: [name], message: `There is no property "${name}".${hint}` };
  }
}

function* lifecycleProblems({ lifecycle }: SvmSharedProps): Iterable<Problem> {
  if (!("createBeforeDestroy" in withoutUndefined(lifecycle ?? {}))) return;
  const message = "Take the deployment's upgrade: UpgradeStrategy.KEEP_PROTECTING, which also names the SVMs apart.";
  yield { path: ["lifecycle", "createBeforeDestroy"], message };
}

/** Ids that were found in another infrastructure mean nothing, or something else, in this one. */
function* foreignPlaceProblems(placement: SvmPlacement, svm: FleetSvm): Iterable<Problem> {
  const [property, place] =
    placement.host !== undefined ? (["host", placement.host] as const) : (["project", placement.project] as const);
  if (!Construct.isConstruct(place) || place.infrastructure === undefined) return;
  // One infrastructure has different expressions in different stacks.
  if (TerraformStack.of(place) !== TerraformStack.of(svm)) return;
  if (resolveText(svm, place.infrastructure.infrastructureId) === infrastructureOf(svm)) return;
  yield {
    path: [property],
    message: `${place.node.path} is of another infrastructure than ${placement.infrastructure.node.path}.`,
  };
}

/** An SVM's name is free on its hypervisor or in its project, and its addresses in its network. */
export function* conflictProblems(svms: Iterable<FleetSvm>): Iterable<Problem> {
  const names = new Map<string, FleetSvm>();
  const addresses = new Map<string, FleetSvm>();
  for (const svm of svms) {
    const within = ["svms", { key: svm.node.id }];
    const namesake = claim(names, nameKey(svm), svm);
    if (namesake !== undefined) {
      const place = svm.location.host === undefined ? "in the same project" : "on the same hypervisor";
      yield { path: [...within, "name"], message: `"${namesake.node.id}" has the same name ${place}.` };
    }
    for (const { path, property, addresses: fixed, network } of staticAdapters(svm)) {
      for (const address of fixed) {
        const holder = claim(addresses, JSON.stringify([infrastructureOf(svm), network, address]), svm);
        if (holder === undefined) continue;
        const where = holder === svm ? "Another network of this SVM" : `"${holder.node.id}"`;
        yield { path: [...within, ...path, property], message: `${where} has the same address, ${address}.` };
      }
    }
  }
}

/** Who has it already; otherwise it is taken. */
function claim(taken: Map<string, FleetSvm>, key: string, svm: FleetSvm): FleetSvm | undefined {
  const holder = taken.get(key);
  if (holder === undefined) taken.set(key, svm);
  return holder;
}

/** While the new SVM starts, the old one still has its addresses. */
export function* addressProblems(svm: FleetSvm): Iterable<Problem> {
  for (const { path } of staticAdapters(svm)) {
    yield {
      path,
      message:
        "With UpgradeStrategy.KEEP_PROTECTING a new SVM would start while the old one still has the address. " +
        "Leave the address to DHCP, or take UpgradeStrategy.REPLACE.",
    };
  }
}

/** A connection that the stack itself makes, as an expression of Terraform refers to it. */
const OWN_CONNECTION = /(?<!data\.)\bksvla_infrastructure\.[\w-]+/;

/**
 * What create_before_destroy of an SVM means for its infrastructure: Terraform applies it to everything that the SVM
 * refers to, through look-ups, too, and no setting prevents that.
 */
export function* connectionProblems(svms: Iterable<FleetSvm>): Iterable<Problem> {
  const connections = [...svms].flatMap((svm) => OWN_CONNECTION.exec(infrastructureOf(svm)) ?? []);
  for (const connection of new Set(connections)) {
    yield {
      path: ["upgrade"],
      message:
        `With UpgradeStrategy.KEEP_PROTECTING the infrastructures have to be connected by another stack, got: ${connection} ` +
        "of this one. Terraform would replace it, too, by creating the new connection before it removes the old one, and " +
        "the Integration Server refuses a second connection to an infrastructure: its password could never be changed. " +
        "Give the Infrastructure a TerraformStack of its own and hand it to this one, or take UpgradeStrategy.REPLACE.",
    };
  }
}

function nameKey(svm: FleetSvm): string {
  const place = svm.location.host?.id ?? svm.location.openstack?.projectId ?? "";
  return JSON.stringify([infrastructureOf(svm), resolveText(svm, place), resolveText(svm, svm.config.name)]);
}

/** A network adapter with fixed addresses. */
interface StaticAdapter {
  /** Where its addresses are set. */
  readonly path: AttributePath;
  readonly property: string;
  readonly addresses: readonly string[];
  /** What separates an address from an equal one elsewhere: a VLAN, or a network of a project. */
  readonly network: unknown;
}

function staticAdapters(svm: FleetSvm): readonly StaticAdapter[] {
  const { host, openstack } = svm.location;
  const resolved = (text: string) => resolveText(svm, text);
  const onHost = knownElements(host?.networks ?? []).flatMap(({ vlanId, static: fixed }, index) =>
    fixed === undefined
      ? []
      : {
          path: ["networks", index, "static"],
          property: "address",
          addresses: [resolved(fixed.address)],
          network: vlanId,
        },
  );
  const inProject = knownElements(openstack?.networks ?? []).flatMap(({ id, ports }, index) =>
    knownElements(ports).flatMap(({ static: fixed }, port) =>
      fixed === undefined
        ? []
        : {
            path: ["networks", index, "ports", port, "static"],
            property: "addresses",
            addresses: fixed.addresses.map(resolved),
            network: resolved(id),
          },
    ),
  );
  return [...onHost, ...inProject];
}

function infrastructureOf(svm: FleetSvm): string {
  return resolveText(svm, svm.config.infrastructureId);
}
