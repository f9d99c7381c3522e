import type { Habits } from "../habits";
import type { Json } from "../json";
import { type ConnectionState, type MicroserviceState, microserviceStates, platformAt } from "../world/connections";
import type { ConnectionSettings, Infrastructure } from "../world/infrastructure";
import { type InfrastructureState, updatePeriodSeconds } from "../world/infrastructures";
import { isOpenstackType, type MicroserviceName, type Platform } from "../world/platforms";
import type { World } from "../world/world";

type JsonObject = { readonly [name: string]: Json | undefined };

/** An infrastructure as the connection and status requests answer it; `known` is nothing before the first connection. */
export function infrastructureBody(
  world: World,
  infrastructure: Infrastructure,
  state: InfrastructureState,
  known: Platform | undefined,
): JsonObject {
  return isOpenstackType(infrastructure.type)
    ? { infrastructureId: infrastructure.id, ...openstackBody(world, infrastructure, state, known) }
    : hypervisorBody(infrastructure, state, known);
}

/** What `testConnection` answers: the same, but nothing was added, so there is no id. */
export function testedConnectionBody(
  world: World,
  settings: ConnectionSettings,
  state: InfrastructureState,
): JsonObject {
  const known = state.admin.status === "CONNECTED" ? platformAt(world, settings) : undefined;
  return openstackBody(world, settings, state, known);
}

function hypervisorBody(
  infrastructure: Infrastructure,
  state: InfrastructureState,
  known: Platform | undefined,
): JsonObject {
  const { admin, readOnly } = infrastructure.accounts;
  return {
    infrastructureId: infrastructure.id,
    type: infrastructure.type,
    address: infrastructure.address,
    ...naming(infrastructure, known),
    accounts: {
      admin: { name: admin.name },
      readOnly: readOnly === undefined ? undefined : { name: readOnly.name },
    },
    connectionInfo: {
      admin: hypervisorConnection(state.admin),
      readOnly:
        state.readOnly === undefined ? undefined : { ...hypervisorConnection(state.readOnly), updatePeriodSeconds },
    },
  };
}

function hypervisorConnection(state: ConnectionState): JsonObject {
  const { primaryServerAddress } = state;
  return {
    status: state.status,
    connectionError: state.error,
    errorMessage: state.message,
    details: primaryServerAddress === undefined ? undefined : { primaryServerAddress },
  };
}

function openstackBody(
  world: World,
  settings: ConnectionSettings,
  state: InfrastructureState,
  known: Platform | undefined,
): JsonObject {
  const details = (keystone: ConnectionState) => ({
    regions: regionsBody(microserviceStates(world, settings, keystone), world.habits),
  });
  const { readOnly } = state;
  return {
    type: settings.type,
    address: settings.address,
    specificSettings: { protocol: settings.specificSettings?.protocol, region: settings.specificSettings?.region },
    ...naming(settings, known),
    edition: known?.kind === "openstack" ? known.edition : "",
    connectionInfo: {
      admin: { status: state.admin.status, connectionError: state.admin.error, details: details(state.admin) },
      // Spelled differently from the request, as the samples show.
      readonly:
        readOnly === undefined
          ? undefined
          : {
              status: readOnly.status,
              connectionError: readOnly.error,
              updatePeriodSeconds: 0,
              details: world.habits.readOnlyDetails === "text" ? "..." : details(readOnly),
            },
    },
  };
}

/** Before the first connection nothing but the address is known. */
function naming(settings: ConnectionSettings, known: Platform | undefined): JsonObject {
  const name = known?.name ?? settings.address;
  return { displayName: name, name, version: known?.version ?? "" };
}

function regionsBody(states: readonly MicroserviceState[], { microservices }: Habits): readonly Json[] {
  const regions = [...new Set(states.map((state) => state.region))];
  return regions.map((id) => {
    const list = (service: MicroserviceName) =>
      states.filter((state) => state.region === id && state.service === service).map(microserviceBody);
    const others = { glance: list("glance"), neutron: list("neutron"), cinder: list("cinder") };
    const compute = list("compute");
    return microservices === "inside"
      ? { id, endpoints: { compute, ...others } }
      : { id, endpoints: { compute }, ...others };
  });
}

function microserviceBody({ address, protocol, version, status, error }: MicroserviceState): Json {
  return { address, protocol, version, status, error };
}
