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

/** A connection that the Integration Server keeps. */
export interface Infrastructure extends ConnectionSettings {
  readonly id: string;
  /** Until then every status is CONNECTING. */
  connectingUntil: Date;
  /** What was last seen of the platform; nothing before the first connection. */
  seen?: { readonly platform: Platform; readonly at: Date };
}
