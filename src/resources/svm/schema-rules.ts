/** What has to fit together in the configuration of an SVM (SVM management, "SVM deployment request" and its OpenStack variant). */
import { type AttributePath, type Input, isUnknown, type Problem, type Unknown } from "../../terraform/schema";
import type { svmAttributes } from "./schema-attributes";

type SvmInput = Input<typeof svmAttributes>;
type Known<V> = Exclude<V, null | Unknown>;
type HostInput = Known<SvmInput["host"]>;
type OpenstackInput = Known<SvmInput["openstack"]>;
type Port = Known<Known<Known<Known<OpenstackInput["networks"]>[number]>["ports"]>[number]>;

/** A network of a hypervisor or a port in OpenStack: what has addresses and can be the primary one. */
interface Adapter {
  readonly path: AttributePath;
  /** Undefined where it is not known yet. */
  readonly value: { readonly primary: boolean | null | Unknown; readonly static: unknown } | undefined;
}

interface Adapters {
  readonly all: readonly Adapter[];
  /** False where there may be more than are listed. */
  readonly complete: boolean;
  /** The attribute that lists them. */
  readonly path: AttributePath;
  /** What one of them is called. */
  readonly thing: "network" | "port";
}

/** Exactly one placement. */
export function* placementProblems({ host, openstack }: SvmInput): Iterable<Problem> {
  if (host === null && openstack === null) {
    yield {
      path: [],
      message:
        "An SVM needs a place: set host for a hypervisor, or openstack (project in CDKTF) for a project of an OpenStack infrastructure.",
    };
  }
  if (isSet(host) && isSet(openstack)) {
    yield {
      path: ["openstack"],
      message: "An SVM has one place: set either host or openstack (project in CDKTF), not both.",
    };
  }
}

/** Exactly one primary network, or port of all networks. */
export function* primaryProblems(input: SvmInput): Iterable<Problem> {
  for (const { all, complete, path, thing } of adaptersOf(input)) {
    const primaries = all.filter(({ value }) => value?.primary === true);
    const undecided = !complete || all.some(({ value }) => value === undefined || isUnknown(value.primary));
    const [only] = all;
    if (primaries.length > 1) {
      yield {
        path: primaries[1]?.path ?? path,
        message: `Only one ${thing} can be the primary one, got: ${primaries.length} with primary = true.`,
      };
    } else if (undecided || primaries.length === 1 || only === undefined) {
      // One is enough, and none may be a matter of what is not known yet.
    } else if (all.length > 1) {
      yield {
        path,
        message: `One of several ${thing}s has to be the primary one: set primary = true for exactly one.`,
      };
    } else if (only.value?.primary === false) {
      yield {
        path: [...only.path, "primary"],
        message: `A single ${thing} has to be the primary one: remove primary, or set it to true.`,
      };
    }
  }
}

/** Fixed addresses need a name server, which DHCP would have told. */
export function* dnsProblems(input: SvmInput): Iterable<Problem> {
  if (input.dns !== null) return;
  const fixed = adaptersOf(input)
    .flatMap(({ all }) => all)
    .find(({ value }) => value !== undefined && isSet(value.static));
  if (fixed === undefined) return;
  yield {
    path: ["dns"],
    message: 'Static addresses need a name server: set dns = { main = "…" } to its IPv4 address.',
  };
}

/** Security groups take effect through port security only. */
export function* securityGroupProblems({ openstack }: SvmInput): Iterable<Problem> {
  if (!isSet(openstack)) return;
  for (const { path, port } of portsOf(openstack).ports) {
    if (port === undefined || !isSet(port.securityGroupIds)) continue;
    const { portSecurityEnabled } = port;
    if (portSecurityEnabled === true || isUnknown(portSecurityEnabled)) continue;
    yield {
      path: [...path, "portSecurityEnabled"],
      message: `Security groups need port security: set port_security_enabled = true (portSecurityEnabled in CDKTF), got: ${portSecurityEnabled}.`,
    };
  }
}

/** A version stands for a password. */
export function* passwordProblems({ root }: SvmInput): Iterable<Problem> {
  if (!isSet(root) || root.passwordWo !== null || root.passwordWoVersion === null) return;
  yield {
    path: ["root", "passwordWo"],
    message:
      "A version of the root password needs the password: set root.password_wo beside password_wo_version (password in CDKTF).",
  };
}

function adaptersOf({ host, openstack }: SvmInput): Adapters[] {
  return [...(isSet(host) ? [networksOf(host)] : []), ...(isSet(openstack) ? [asAdapters(portsOf(openstack))] : [])];
}

function networksOf({ networks }: HostInput): Adapters {
  const listed = isSet(networks) ? networks : [];
  return {
    all: listed.map((network, index) => ({ path: ["host", "networks", index], value: known(network) })),
    complete: !isUnknown(networks),
    path: ["host", "networks"],
    thing: "network",
  };
}

interface Ports {
  readonly ports: readonly { readonly path: AttributePath; readonly port: Port | undefined }[];
  readonly complete: boolean;
}

function portsOf({ networks }: OpenstackInput): Ports {
  if (!isSet(networks)) return { ports: [], complete: !isUnknown(networks) };
  const found = networks.map((network, index) => {
    const ports = known(network)?.ports;
    if (!isSet(ports)) return undefined;
    return ports.map((port, at) => ({ path: ["openstack", "networks", index, "ports", at], port: known(port) }));
  });
  return { ports: found.flatMap((ports) => ports ?? []), complete: !found.includes(undefined) };
}

function asAdapters({ ports, complete }: Ports): Adapters {
  const all = ports.map(({ path, port }) => ({ path, value: port }));
  return { all, complete, path: ["openstack", "networks"], thing: "port" };
}

function isSet<V>(value: V): value is Exclude<V, null | undefined | Unknown> {
  return value !== null && value !== undefined && !isUnknown(value);
}

function known<V>(value: V): Exclude<V, Unknown> | undefined {
  return isKnown(value) ? value : undefined;
}

function isKnown<V>(value: V): value is Exclude<V, Unknown> {
  return !isUnknown(value);
}
