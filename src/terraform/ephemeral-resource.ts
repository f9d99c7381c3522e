/** What an ephemeral resource consists of: a value that lives for one run and is never stored. */
import type { Context, ValidateRequest } from "./resource";
import type { Config, State } from "./schema/infer";
import type { Problem, Schema } from "./schema/schema";
import type { Attributes } from "./schema/types";

export interface Opened<A extends Attributes> {
  readonly result: State<A>;
  /** When `renew` should be called. */
  readonly renewAt?: Date;
  /** Kept by Terraform and given to `renew` and `close`. */
  readonly private?: Readonly<Record<string, unknown>>;
}
export interface OpenRequest<A extends Attributes, Client> extends Context<Client> {
  readonly config: Config<A>;
}
export interface PrivateRequest<Client> extends Context<Client> {
  readonly private: Readonly<Record<string, unknown>>;
}
export interface EphemeralResource<A extends Attributes = Attributes, Client = unknown> {
  readonly schema: Schema<A>;
  /** As of a resource. */
  validate?(request: ValidateRequest<A, Client>): Promise<readonly Problem[]>;
  open(request: OpenRequest<A, Client>): Promise<Opened<A>>;
  renew?(request: PrivateRequest<Client>): Promise<Pick<Opened<A>, "renewAt" | "private">>;
  close?(request: PrivateRequest<Client>): Promise<void>;
}

/** Declares an ephemeral resource. */
export function ephemeralResource<Client>() {
  return <A extends Attributes>(definition: EphemeralResource<A, Client>): EphemeralResource<A, Client> => definition;
}
