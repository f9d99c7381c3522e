import type { Habits } from "../habits";
import type { ApiContext } from "../http/api";
import type { Json, JsonObject } from "../json";
import { type MicroserviceState, microserviceStates, platformAt } from "../world/connections";
import type { ConnectionSettings, ConnectionState, Infrastructure, InfrastructureState } from "../world/infrastructure";
import { updatePeriod } from "../world/looks";
import { connectionProfiles, isOpenstackType, type MicroserviceName, type Platform } from "../world/platforms";
import type { World } from "../world/world";
import { spellAddress, spellState, spellType } from "./spelling";

/** An infrastructure as the connection and status requests answer it; `known` is nothing before the first connection. */
export function infrastructureBody(
  context: ApiContext,
  infrastructure: Infrastructure,
  state: InfrastructureState,
  known: Platform | undefined,
): JsonObject {
  const body = isOpenstackType(infrastructure.type) ? openstackBody : hypervisorBody;
  return { infrastructureId: infrastructure.id, ...body(context, infrastructure, state, known) };
}

/** What `testConnection` answers: the same, but nothing was added, so there is no id. */
export function testedConnectionBody(
  context: ApiContext,
  settings: ConnectionSettings,
  state: InfrastructureState,
): JsonObject {
  const known = state.admin.status === "CONNECTED" ? platformAt(context.world, settings) : undefined;
  return openstackBody(context, settings, state, known);
}

function hypervisorBody(
  context: ApiContext,
  settings: ConnectionSettings,
  state: InfrastructureState,
  known: Platform | undefined,
): JsonObject {
  const { habits } = context.world;
  const { admin, readOnly } = settings.accounts;
  return {
    ...target(habits, settings),
    ...naming(habits, settings, known),
    accounts: {
      admin: { name: admin.name },
      readOnly: readOnly === undefined ? undefined : { name: readOnly.name },
    },
    connectionInfo: {
      admin: hypervisorConnection(habits, state.admin),
      readOnly:
        state.readOnly === undefined
          ? undefined
          : { ...hypervisorConnection(habits, state.readOnly), updatePeriodSeconds: updatePeriodSeconds(context) },
    },
  };
}

function hypervisorConnection(habits: Habits, state: ConnectionState): JsonObject {
  const { primaryServerAddress } = state;
  return {
    ...connection(habits, state),
    errorMessage: state.message,
    details: primaryServerAddress === undefined ? undefined : { primaryServerAddress },
  };
}

function openstackBody(
  context: ApiContext,
  settings: ConnectionSettings,
  state: InfrastructureState,
  known: Platform | undefined,
): JsonObject {
  const { world } = context;
  const { habits } = world;
  const { readOnly } = state;
  return {
    ...target(habits, settings),
    specificSettings: { protocol: settings.specificSettings?.protocol, region: settings.specificSettings?.region },
    ...naming(habits, settings, known),
    edition: known?.kind === "openstack" ? known.edition : "",
    connectionInfo: {
      admin: { ...connection(habits, state.admin), details: regionDetails(world, settings, state.admin) },
      // Spelled differently from the request, as the samples show.
      readonly:
        readOnly === undefined
          ? undefined
          : {
              ...connection(habits, readOnly),
              updatePeriodSeconds: habits.reportedUpdatePeriod === "asDocumented" ? 0 : updatePeriodSeconds(context),
              details: habits.readOnlyDetails === "text" ? "..." : regionDetails(world, settings, readOnly),
            },
    },
  };
}

function target(habits: Habits, { type, address }: ConnectionSettings): JsonObject {
  return {
    type: spellType(habits, "connections", type),
    address: spellAddress(habits, address, connectionProfiles[type].port),
  };
}

function connection(habits: Habits, { status, error }: ConnectionState): JsonObject {
  return { status: spellState(habits, status), connectionError: spellState(habits, error) };
}

/** In real seconds. */
function updatePeriodSeconds({ world, clock }: ApiContext): number {
  return updatePeriod(world, clock) / 1000;
}

/** Before the first connection nothing but the address is known. */
function naming(habits: Habits, { type, address }: ConnectionSettings, known: Platform | undefined): JsonObject {
  const name = known?.name ?? spellAddress(habits, address, connectionProfiles[type].port);
  return { displayName: name, name, version: known?.version ?? "" };
}

function regionDetails(world: World, settings: ConnectionSettings, keystone: ConnectionState): JsonObject {
  return { regions: regionsBody(microserviceStates(world, settings, keystone), world.habits) };
}

function regionsBody(states: readonly MicroserviceState[], habits: Habits): readonly Json[] {
  const regions = [...new Set(states.map((state) => state.region))];
  return regions.map((id) => {
    const list = (service: MicroserviceName) =>
      states
        .filter((state) => state.region === id && state.service === service)
        .map((state) => microserviceBody(habits, state));
    const others = { glance: list("glance"), neutron: list("neutron"), cinder: list("cinder") };
    const compute = list("compute");
    return habits.microservices === "inside"
      ? { id, endpoints: { compute, ...others } }
      : { id, endpoints: { compute }, ...others };
  });
}

function microserviceBody(habits: Habits, { address, protocol, version, status, error }: MicroserviceState): Json {
  return { address, protocol, version, status: spellState(habits, status), error: spellState(habits, error) };
}
