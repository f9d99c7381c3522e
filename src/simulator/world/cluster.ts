import type { Clock } from "../clock";
import { connectionDuration } from "./infrastructures";
import type { World } from "./world";

/** What an Integration Server is in a high-availability cluster. All of them are standalone at first. */
export type ServerRole = "Standalone" | "Primary" | "Reserve";

/** Another Integration Server of the simulated network. */
export interface OtherServer {
  /** `host:port`. */
  readonly address: string;
  /** Of its user "admin". */
  password: string;
  /** What it is already, apart from any registration here. Only a standalone one can become a reserve server. */
  role: ServerRole;
}

/** A reserve server as it was registered. */
export interface ReserveInstance {
  readonly id: string;
  readonly createdAt: Date;
  /** `host:port`, as sent. */
  address: string;
  /** Decoded. */
  password: string;
  /** Until then its status is Connecting. */
  connectingUntil: Date;
}

/** "Registering a reserve Integration Server with the primary Integration Server", the values of <error>. */
export type ReserveConnectionError =
  | "NoError"
  | "ServerError"
  | "NetworkError"
  | "InvalidCertificate"
  | "AccessDenied"
  | "Unauthorized";

export interface ReserveConnection {
  readonly status: "Connecting" | "Connected" | "Disconnected";
  readonly error: ReserveConnectionError;
}

/** This server's place among the Integration Servers. Tests may write all of it. */
export class Cluster {
  /** The simulated server's own. */
  role: ServerRole = "Standalone";
  /** The others, by `host:port`. */
  readonly servers = new Map<string, OtherServer>();
  /** What is registered here, by id: at most one in version 6.4. */
  readonly instances = new Map<string, ReserveInstance>();

  /**
   * @param address `host:port`
   * @throws if no Integration Server is there
   */
  server(address: string): OtherServer {
    const server = this.servers.get(address);
    if (server === undefined) {
      throw new RangeError(`The simulated network has no other Integration Server at ${address}.`);
    }
    return server;
  }
}

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
