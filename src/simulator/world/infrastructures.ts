import type { Clock } from "../clock";
import { splitAddress } from "./addresses";
import { accountState, platformAt } from "./connections";
import type { ConnectionSettings, ConnectionState, Infrastructure, InfrastructureState } from "./infrastructure";
import { connectionProfiles } from "./platforms";
import { Renumbering } from "./renumbering";
import type { World } from "./world";

/** Simulated milliseconds; the seed decides where in between. */
const connectionMilliseconds = { least: 2500, most: 3500 };

/** Adds a connection, which then takes its time. */
export function addInfrastructure(world: World, clock: Clock, settings: ConnectionSettings): Infrastructure {
  const id = world.identifiers.uuid(`infrastructure ${world.nextNumber("infrastructure")}`);
  const infrastructure: Infrastructure = { ...settings, id, connectingUntil: new Date(0) };
  world.infrastructures.set(id, infrastructure);
  const { newIds } = world.habits;
  if (newIds !== "nothing") {
    const platform = () => platformAt(world, settings);
    world.renumberings.set(id, new Renumbering(world.identifiers, `number of ${id}`, newIds, platform));
  }
  connect(world, clock, infrastructure);
  return infrastructure;
}

/** Connects anew and then looks at the platform again; until then, what was seen before is what is known. */
function connect(world: World, clock: Clock, infrastructure: Infrastructure): void {
  infrastructure.connectingUntil = clock.after(connectionDuration(world, infrastructure.id));
  delete infrastructure.seenAt;
}

/**
 * Looks at the platform anew ("Getting information about infrastructure objects required for SVM deployment"), for which the
 * connection is made anew, too.
 */
export function refresh(world: World, clock: Clock, infrastructure: Infrastructure): void {
  if (world.habits.statusAfterRefresh === "connectedOnce") {
    infrastructure.unnoticed = infrastructureState(world, clock, infrastructure);
  }
  connect(world, clock, infrastructure);
}

/** How the connections stand, for the one who asks for them: see {@link Infrastructure.unnoticed}. */
export function shownState(world: World, clock: Clock, infrastructure: Infrastructure): InfrastructureState {
  const { unnoticed } = infrastructure;
  delete infrastructure.unnoticed;
  return unnoticed ?? infrastructureState(world, clock, infrastructure);
}

/** How long a connection takes, in simulated milliseconds. */
export function connectionDuration(world: World, label: string): number {
  const { least, most } = connectionMilliseconds;
  return least + (most - least) * world.identifiers.fraction(`connection of ${label}`);
}

/** The connection of the same kind of platform at the same address, if there is one. */
export function findDuplicate(world: World, settings: ConnectionSettings): Infrastructure | undefined {
  return [...world.infrastructures.values()].find(
    (known) => known.type === settings.type && addressKey(known) === addressKey(settings),
  );
}

export function infrastructureState(world: World, clock: Clock, infrastructure: Infrastructure): InfrastructureState {
  if (clock.now() < infrastructure.connectingUntil) {
    const connecting: ConnectionState = { status: "CONNECTING", error: "NO_ERROR", message: "" };
    return infrastructure.accounts.readOnly === undefined
      ? { admin: connecting }
      : { admin: connecting, readOnly: connecting };
  }
  return accountStates(world, infrastructure);
}

/** What becomes of a connection with these settings right now. */
export function accountStates(world: World, settings: ConnectionSettings): InfrastructureState {
  const { admin, readOnly } = settings.accounts;
  const adminState = accountState(world, settings, admin, "admin");
  return readOnly === undefined
    ? { admin: adminState }
    : { admin: adminState, readOnly: accountState(world, settings, readOnly, "readOnly") };
}

function addressKey(settings: ConnectionSettings): string {
  const { host, port } = splitAddress(settings.address, connectionProfiles[settings.type].port);
  return `${host}:${port}`;
}
