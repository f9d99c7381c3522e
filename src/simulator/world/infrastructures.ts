import type { Clock } from "../clock";
import { splitAddress } from "./addresses";
import { accountState, type ConnectionState, platformAt } from "./connections";
import type { ConnectionSettings, Infrastructure } from "./infrastructure";
import { connectionProfiles, type Platform } from "./platforms";
import type { World } from "./world";

/** How often the Integration Server looks at a connected platform by itself. */
export const updatePeriodSeconds = 10;

/** Simulated milliseconds; the seed decides where in between. */
const connectionMilliseconds = { least: 2500, most: 3500 };

/** How the connections of an infrastructure's accounts stand. */
export interface InfrastructureState {
  readonly admin: ConnectionState;
  /** Only if such an account was given. */
  readonly readOnly?: ConnectionState;
}

/** Adds a connection, which then takes its time. */
export function addInfrastructure(world: World, clock: Clock, settings: ConnectionSettings): Infrastructure {
  const id = world.identifiers.uuid(`infrastructure ${world.nextNumber("infrastructure")}`);
  const infrastructure: Infrastructure = { ...settings, id, connectingUntil: new Date(0) };
  world.infrastructures.set(id, infrastructure);
  connect(world, clock, infrastructure);
  return infrastructure;
}

/** Connects anew and then looks at the platform again; until then, what was seen before is what is known. */
export function connect(world: World, clock: Clock, infrastructure: Infrastructure): void {
  infrastructure.connectingUntil = clock.after(connectionDuration(world, infrastructure.id));
  if (infrastructure.seen !== undefined) {
    infrastructure.seen = { ...infrastructure.seen, at: new Date(0) };
  }
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

/**
 * What the Integration Server knows of a platform: what it saw when it last looked, undefined if it never did. It looks
 * when it has connected, and again when the last look is older than the update period.
 */
export function knownPlatform(world: World, clock: Clock, infrastructure: Infrastructure): Platform | undefined {
  const now = clock.now();
  const { seen } = infrastructure;
  const isFresh =
    seen !== undefined && now.getTime() - seen.at.getTime() < updatePeriodSeconds * 1000 * clock.timeScale;
  if (!isFresh && infrastructureState(world, clock, infrastructure).admin.status === "CONNECTED") {
    const platform = platformAt(world, infrastructure);
    if (platform !== undefined) {
      infrastructure.seen = { platform: structuredClone(platform), at: now };
    }
  }
  return infrastructure.seen?.platform;
}

function addressKey(settings: ConnectionSettings): string {
  const { host, port } = splitAddress(settings.address, connectionProfiles[settings.type].port);
  return `${host}:${port}`;
}
