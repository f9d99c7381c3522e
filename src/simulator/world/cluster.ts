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
