/** A virtual infrastructure as the Integration Server knows it (SVM management, "Connecting the Integration Server and …"). */
import type { Secret } from "../http/secret";
import type { OpenUnion } from "../open-union";
import type { InfrastructureType } from "./kinds";

export const CONNECTION_STATUSES = ["CONNECTING", "CONNECTED", "DISCONNECTED"] as const;
export const CONNECTION_ERRORS = [
  "NO_ERROR",
  "SERVER_ERROR",
  "NETWORK_ERROR",
  "INVALID_CERTIFICATE",
  "ACCESS_DENIED",
  "UNAUTHORIZED",
] as const;

export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];
export type ConnectionError = (typeof CONNECTION_ERRORS)[number];

/** Where Keystone is reached, beside its address. */
export interface OpenStackSettings {
  readonly protocol: OpenUnion<"http" | "https">;
  readonly region?: string | undefined;
}

/** An account of the infrastructure. */
export interface Credentials {
  /** The OpenStack domain; only for the OpenStack types. */
  readonly domain?: string | undefined;
  readonly name: string;
  readonly password: Secret;
}

/** What is needed to connect the Integration Server to an infrastructure. */
export interface NewInfrastructure {
  readonly type: InfrastructureType;
  readonly address: string;
  /** Only for the OpenStack types. */
  readonly openstack?: OpenStackSettings | undefined;
  /** May deploy, remove and reconfigure SVMs. */
  readonly admin: Credentials;
  /** With limited rights; without it the server uses `admin` for everything. */
  readonly readOnly?: Credentials | undefined;
}

export interface Account {
  readonly domain: string | undefined;
  readonly name: string | undefined;
}

/** How the connection of one account stands. */
export interface AccountConnection {
  readonly status: OpenUnion<ConnectionStatus>;
  /** `NO_ERROR` where the server says nothing. */
  readonly error: OpenUnion<ConnectionError>;
  readonly errorMessage: string | undefined;
  /** XenServer and Numa vServer: the server to connect to, when the given one is a secondary of its pool. */
  readonly primaryServerAddress: string | undefined;
}

/** An OpenStack service that SVMs need, such as compute, glance, neutron or cinder. */
export interface Microservice {
  readonly region: string;
  readonly service: string;
  /** `host:port`. */
  readonly address: string | undefined;
  readonly protocol: OpenUnion<"http" | "https"> | undefined;
  readonly version: string | undefined;
  readonly status: OpenUnion<ConnectionStatus>;
  /** `NO_ERROR` where the server says nothing. */
  readonly error: OpenUnion<ConnectionError>;
}

/** What a connection test finds; nothing is stored by it. */
export interface ConnectionTest {
  readonly type: OpenUnion<InfrastructureType>;
  readonly address: string;
  readonly openstack: OpenStackSettings | undefined;
  readonly name: string | undefined;
  readonly displayName: string | undefined;
  readonly version: string | undefined;
  readonly edition: string | undefined;
  readonly connection: {
    readonly admin: AccountConnection;
    /** Missing where no account with limited rights is in use. */
    readonly readOnly: AccountConnection | undefined;
  };
  /** Of all regions, in the order in which the server lists them; empty for other than OpenStack types. */
  readonly microservices: readonly Microservice[];
}

/** A stored connection. */
export interface Infrastructure extends ConnectionTest {
  readonly id: string;
  readonly accounts: {
    readonly admin: Account | undefined;
    readonly readOnly: Account | undefined;
  };
  /** Milliseconds between two looks of the server at the infrastructure, where it tells that. */
  readonly updatePeriod: number | undefined;
}

/** `disconnected`: down, and no error says why; either nothing has begun yet, or nothing will: see `ConnectionWatch`. */
export type ConnectionState = "connecting" | "connected" | "disconnected" | "failed";

/**
 * Where a connection stands as a whole: connected when every account and microservice is, failed as soon as one of
 * them has ended with an error.
 */
export function connectionState({ connection, microservices }: ConnectionTest): ConnectionState {
  const parts = [connection.admin, ...(connection.readOnly ? [connection.readOnly] : []), ...microservices];
  if (parts.some(({ status, error }) => error !== "NO_ERROR" && status !== "CONNECTING")) return "failed";
  if (parts.every(({ status }) => status === "CONNECTED")) return "connected";
  const isIdle = parts.every(({ status }) => status === "CONNECTED" || status === "DISCONNECTED");
  return isIdle ? "disconnected" : "connecting";
}
