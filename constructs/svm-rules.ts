/** What has to fit together in a fleet beyond what the schema says of each SVM. Checked at synth. */
import type { AttributePath } from "../src/terraform";
import type { Problem } from "../src/terraform/diagnostics";
import { nearestName } from "../src/terraform/schema/nearest";
import type { FleetSvm } from "./fleet-svm";
import { Host } from "./host";
import { OpenStackProject } from "./openstack-project";
import { resolveText } from "./resolve";
import type { SvmPlacement } from "./svm-placement";
import { SHARED_PROPERTIES, SVM_PROPERTIES, type SvmProps, type SvmSharedProps } from "./svm-props";
import { UpgradeStrategy } from "./upgrade-strategy";

/** What was written for an SVM that does not exist or cannot be meant. */
export function* propertyProblems(props: SvmProps): Iterable<Problem> {
  yield* unknownProblems(props, Object.keys(SVM_PROPERTIES));
  yield* lifecycleProblems(props);
  if (props.network !== undefined && props.networks !== undefined) {
    yield { path: ["network"], message: "Set either network or networks, not both." };
  }
  yield* foreignPlaceProblems(props);
}

/** The same for what a fleet shares. */
export function* sharedPropertyProblems(shared: SvmSharedProps): Iterable<Problem> {
  yield* unknownProblems(shared, Object.keys(SHARED_PROPERTIES));
  yield* lifecycleProblems(shared);
}

/** For callers without a compiler. */
function* unknownProblems(props: object, known: readonly string[]): Iterable<Problem> {
  for (const name of Object.keys(props).filter((name) => !known.includes(name))) {
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
    yield { path: [name], message: `There is no property "${name}".${hint}` };
  }
}

function* lifecycleProblems({ lifecycle }: SvmSharedProps): Iterable<Problem> {
  if (lifecycle === undefined || !("createBeforeDestroy" in lifecycle)) return;
  const message = "Take the deployment's upgrade: UpgradeStrategy.KEEP_PROTECTING, which also names the SVMs apart.";
  yield { path: ["lifecycle", "createBeforeDestroy"], message };
}

/** A look-up of another infrastructure finds ids that mean nothing, or something else, in this one. */
function* foreignPlaceProblems(placement: SvmPlacement): Iterable<Problem> {
  const [property, place] =
    placement.host !== undefined ? (["host", placement.host] as const) : (["project", placement.project] as const);
  if (!Host.isHost(place) && !OpenStackProject.isOpenStackProject(place)) return;
  const id = (text: string) => resolveText(place, text);
  if (id(place.config.infrastructureId) === id(placement.infrastructure.infrastructureId)) return;
  yield {
    path: [property],
    message: `${place.node.path} is looked up in another infrastructure than ${placement.infrastructure.node.path}.`,
  };
}

/** An SVM's name is free on its hypervisor or in its project, and its addresses in its network. */
export function* conflictProblems(svm: FleetSvm, others: readonly FleetSvm[]): Iterable<Problem> {
  const names = new Map(others.map((other) => [nameKey(other), other]));
  const namesake = names.get(nameKey(svm));
  if (namesake !== undefined) {
    const place = svm.location.host === undefined ? "in the same project" : "on the same hypervisor";
    yield { path: ["name"], message: `${namesake.node.path} has the same name ${place}.` };
  }
  const taken = new Map(others.flatMap((other) => addressesOf(other).map(({ key }) => [key, other])));
  for (const { path, key, address } of addressesOf(svm)) {
    const holder = taken.get(key);
    if (holder !== undefined) yield { path, message: `${holder.node.path} has the same address, ${address}.` };
    taken.set(key, svm);
  }
}

/** While the new SVM starts, the old one still has what is its own. */
export function* upgradeProblems(svm: FleetSvm, upgrade: UpgradeStrategy): Iterable<Problem> {
  if (upgrade !== UpgradeStrategy.KEEP_PROTECTING) return;
  for (const { path } of staticAddresses(svm)) {
    yield {
      path: path.slice(0, -1),
      message:
        "With UpgradeStrategy.KEEP_PROTECTING a new SVM would start while the old one still has the address. " +
        "Leave the address to DHCP, or take UpgradeStrategy.REPLACE.",
    };
  }
  const [connection] = /(?<!data\.)\bksvla_infrastructure\.\w[\w-]*/.exec(infrastructureOf(svm)) ?? [];
  if (connection === undefined) return;
  yield {
    path: ["infrastructure"],
    message:
      `With UpgradeStrategy.KEEP_PROTECTING the infrastructure has to be connected by another stack, got: ${connection} ` +
      "of this one. Terraform also creates the replacement of what the SVMs refer to before it destroys the old one, and " +
      "the Integration Server refuses a second connection to an infrastructure: its password could never be changed. " +
      "Give the Infrastructure a TerraformStack of its own and hand the construct over, or take UpgradeStrategy.REPLACE.",
  };
}

function nameKey(svm: FleetSvm): string {
  const place = svm.location.host?.id ?? svm.location.openstack?.projectId ?? "";
  return JSON.stringify([infrastructureOf(svm), resolveText(svm, place), resolveText(svm, svm.config.name)]);
}

interface StaticAddress {
  readonly path: AttributePath;
  readonly address: string;
  /** What separates it from an equal address elsewhere: a VLAN, or a network of a project. */
  readonly network: unknown;
}

function addressesOf(svm: FleetSvm) {
  return staticAddresses(svm).map(({ path, address, network }) => ({
    path,
    address,
    key: JSON.stringify([infrastructureOf(svm), network, resolveText(svm, address)]),
  }));
}

function staticAddresses(svm: FleetSvm): readonly StaticAddress[] {
  const { host, openstack } = svm.location;
  const onHost = (host?.networks ?? []).map(({ vlanId, static: fixed }, index) => ({
    path: ["networks", index, "static", "address"],
    addresses: fixed === undefined ? [] : [fixed.address],
    network: vlanId,
  }));
  const inProject = (openstack?.networks ?? []).flatMap(({ id, ports }, index) =>
    ports.map(({ static: fixed }, port) => ({
      path: ["networks", index, "ports", port, "static", "addresses"],
      addresses: fixed?.addresses ?? [],
      network: resolveText(svm, id),
    })),
  );
  return [...onHost, ...inProject].flatMap(({ addresses, ...adapter }) =>
    addresses.map((address) => ({ ...adapter, address })),
  );
}

function infrastructureOf(svm: FleetSvm): string {
  return resolveText(svm, svm.config.infrastructureId);
}
