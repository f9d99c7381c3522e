import type { InfrastructureType, Platform } from "./platforms";

/** An account as it was sent when the infrastructure was added. */
export interface Credentials {
  readonly name: string;
  /** Decoded. */
  readonly password: string;
  /** OpenStack only. */
  readonly domain?: string;
}

/** OpenStack only. */
export interface KeystoneSettings {
  readonly protocol: "https" | "http";
  readonly region?: string;
}

/** What `POST /infrastructures` and `testConnection` ask to connect to. */
export interface ConnectionSettings {
  readonly type: InfrastructureType;
  /** `host` or `host:port`, as sent. */
  readonly address: string;
  readonly specificSettings?: KeystoneSettings;
  readonly accounts: { readonly admin: Credentials; readonly readOnly?: Credentials };
}

/** "Connecting to the virtual infrastructure", the values of <error>. */
export type ConnectionErrorCode =
  | "NO_ERROR"
  | "SERVER_ERROR"
  | "NETWORK_ERROR"
  | "INVALID_CERTIFICATE"
  | "ACCESS_DENIED"
  | "UNAUTHORIZED";

export type ConnectionStatus = "CONNECTING" | "CONNECTED" | "DISCONNECTED";

/** How one account's connection stands. */
export interface ConnectionState {
  readonly status: ConnectionStatus;
  readonly error: ConnectionErrorCode;
  /** Why, in words; empty without an error. */
  readonly message: string;
  /** Set when the address is a secondary XEN or NUMAVSERVER server. */
  readonly primaryServerAddress?: string;
}

/** How the connections of an infrastructure's accounts stand. */
export interface InfrastructureState {
  readonly admin: ConnectionState;
  /** Only if such an account was given. */
  readonly readOnly?: ConnectionState;
}

/** A connection that the Integration Server keeps. */
export interface Infrastructure extends ConnectionSettings {
  readonly id: string;
  /** Until then every status is CONNECTING. */
  connectingUntil: Date;
  /** What was last seen of the platform; nothing before the first connection. */
  seen?: Platform;
  /** When that was; nothing where the next request shall make it look anew. */
  seenAt?: Date;
  /** How it stood before it was refreshed, where the next look at it shall not notice yet. */
  unnoticed?: InfrastructureState;
}
