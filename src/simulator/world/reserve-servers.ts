import type { Clock } from "../clock";
import type { ReserveConnection, ReserveConnectionError, ReserveInstance } from "./cluster";
import { connectionDuration } from "./infrastructures";
import type { World } from "./world";

/** Where a reserve server is, and how the primary one signs in to it. */
export type ReserveSettings = Pick<ReserveInstance, "address" | "password">;

/** Registers a reserve server, to which the connection then takes its time. */
export function registerReserve(world: World, clock: Clock, settings: ReserveSettings): ReserveInstance {
  const id = world.identifiers.uuid(`reserve server ${world.nextNumber("reserve server")}`);
  const instance: ReserveInstance = { ...settings, id, createdAt: clock.now(), connectingUntil: new Date(0) };
  world.cluster.instances.set(id, instance);
  updateReserve(world, clock, instance, settings);
  return instance;
}

/** Takes new settings over and connects anew. */
export function updateReserve(
  world: World,
  clock: Clock,
  instance: ReserveInstance,
  { address, password }: ReserveSettings,
): void {
  instance.address = address;
  instance.password = password;
  instance.connectingUntil = clock.after(connectionDuration(world, instance.id));
}

/** How the connection of a reserve server stands right now. */
export function reserveConnection(world: World, clock: Clock, instance: ReserveInstance): ReserveConnection {
  if (clock.now() < instance.connectingUntil) {
    return { status: "Connecting", error: "NoError" };
  }
  const error = connectionError(world, instance);
  return { status: error === "NoError" ? "Connected" : "Disconnected", error };
}

function connectionError(world: World, instance: ReserveInstance): ReserveConnectionError {
  const address = keyOf(instance);
  const endpoint = world.endpoints.get(address);
  if (endpoint === undefined || endpoint.protocol !== "https" || endpoint.outage === "NETWORK_ERROR") {
    return "NetworkError";
  }
  if (endpoint.outage === "SERVER_ERROR") {
    return "ServerError";
  }
  if (!world.isTrusted(address)) {
    return "InvalidCertificate";
  }
  const server = world.cluster.servers.get(address);
  if (server === undefined) {
    return "ServerError";
  }
  if (server.password !== instance.password) {
    return "Unauthorized";
  }
  return server.role === "Standalone" ? "NoError" : "AccessDenied";
}

function keyOf({ address }: ReserveInstance): string {
  return address.toLowerCase();
}
