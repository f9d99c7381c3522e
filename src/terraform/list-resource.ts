/** What a list resource consists of: it finds the objects of a resource type that there are, for `terraform query`. */
import type { Context, ValidateRequest } from "./resource";
import type { Config, State } from "./schema/infer";
import type { Problem, Schema } from "./schema/schema";
import type { Attributes } from "./schema/types";

export interface ListRequest<A extends Attributes, Client> extends Context<Client> {
  readonly config: Config<A>;
}
export interface Listed<R extends Attributes> {
  /** What a person knows the object by. */
  readonly displayName: string;
  /** As an import of the object would make it. Its identity, which the resource's schema has to declare, follows from it. */
  readonly state: State<R>;
}
export interface ListResource<A extends Attributes = Attributes, R extends Attributes = Attributes, Client = unknown> {
  /** Of the configuration. */
  readonly schema: Schema<A>;
  /** As of a resource. */
  validate?(request: ValidateRequest<A, Client>): Promise<readonly Problem[]>;
  /** Yields one after another, as long as Terraform wants more. */
  list(request: ListRequest<A, Client>): AsyncIterable<Listed<R>>;
}

/** Declares a list resource; the static types of its schema and of what it lists reach `list`. */
export function listResource<Client, R extends Attributes>() {
  return <A extends Attributes>(definition: ListResource<A, R, Client>): ListResource<A, R, Client> => definition;
}
