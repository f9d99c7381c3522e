/** What a provider consists of. */
import type { DataSource } from "./data-source";
import type { EphemeralResource } from "./ephemeral-resource";
import type { ListResource } from "./list-resource";
import type { Context, Resource } from "./resource";
import type { Config } from "./schema/infer";
import type { Schema } from "./schema/schema";
import type { Attributes } from "./schema/types";

export interface ConfigureRequest<A extends Attributes> extends Omit<Context<never>, "client"> {
  readonly config: Config<A>;
  /** Terraform's version, e.g. "1.11.4". */
  readonly terraformVersion: string;
}

/**
 * Resources of one client, whatever their schemas. Method parameters are compared bivariantly, so a
 * `Resource<SpecificAttributes>` fits.
 */
export interface Provider<A extends Attributes = Attributes, Client = unknown> {
  /** The local name, e.g. "ksvla"; type names start with it. */
  readonly name: string;
  readonly version: string;
  readonly schema: Schema<A>;
  /** Called once, when the whole configuration is known; returns what life cycle code gets as `client`. */
  configure(request: ConfigureRequest<A>): Promise<Client>;
  /** By type name, e.g. `ksvla_infrastructure`. */
  readonly resources: Readonly<Record<string, Resource<Attributes, Client>>>;
  readonly dataSources: Readonly<Record<string, DataSource<Attributes, Client>>>;
  readonly ephemeralResources?: Readonly<Record<string, EphemeralResource<Attributes, Client>>>;
  /** By the type name of the resource whose objects each one lists. */
  readonly listResources?: Readonly<Record<string, ListResource<Attributes, Attributes, Client>>>;
}

/** Declares a provider; the static types of its schema reach `configure`. */
export function provider<A extends Attributes, Client>(definition: Provider<A, Client>): Provider<A, Client> {
  return definition;
}
