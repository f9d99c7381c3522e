/** What a resource consists of: a schema and a life cycle. */

import type { Diagnostic } from "./diagnostics";
import type { Logger, RedactingLogger } from "./logger";
import type { Config, Input, Plan, Planned, State } from "./schema/infer";
import type { Problem, Schema } from "./schema/schema";
import type { Attributes } from "./schema/types";
import type { AttributePath } from "./values/path";

/** What every request to a resource or a data source carries. */
export interface Context<Client> {
  /**
   * What the provider's `configure` returned. Getting it throws a diagnostic when the provider's configuration
   * holds values that are not known yet.
   */
  readonly client: Client;
  /** Aborted when the user interrupts Terraform or the operation's timeout has passed; its reason says which. */
  readonly signal: AbortSignal;
  /** How long the operation may take, in milliseconds; undefined where nobody has set a limit. */
  readonly timeout: number | undefined;
  readonly log: RedactingLogger;
  /** Adds a warning to the answer. */
  warn(warning: Omit<Diagnostic, "severity">): void;
}

/** What a resource keeps beside an object's state. Terraform stores it and shows it to nobody; it is no place for secrets. */
export interface PrivateState {
  /** What was set, by this operation or an earlier one; undefined when nothing was. */
  get(key: string): unknown;
  /** Keeps a value that JSON can hold; undefined removes what there is. It is kept also when the operation fails. */
  set(key: string, value: unknown): void;
}
/** What every request about an object of a resource carries. */
export interface ObjectContext<Client> extends Context<Client> {
  /** The tainted object of a failed creation loses it: what its removal needs belongs into attributes. */
  readonly private: PrivateState;
}

export interface CreateRequest<A extends Attributes, Client> extends ObjectContext<Client> {
  /** The configuration, with write-only values. */
  readonly config: Config<A>;
  readonly plan: Plan<A>;
  /**
   * Keeps what is known of the object so far. Call it as soon as something exists: when `create` throws
   * afterwards, this is what Terraform stores (as tainted), with null for what is still unknown.
   */
  save(known: Partial<State<A>>): void;
}
export interface ReadRequest<A extends Attributes, Client> extends ObjectContext<Client> {
  readonly state: State<A>;
}
export interface UpdateRequest<A extends Attributes, Client> extends CreateRequest<A, Client> {
  readonly state: State<A>;
}
export interface DeleteRequest<A extends Attributes, Client> extends ObjectContext<Client> {
  readonly state: State<A>;
}
export interface ImportRequest<Client> extends ObjectContext<Client> {
  /** What the user gave to `terraform import` or an `import` block. */
  readonly id: string;
}
export interface PlanRequest<A extends Attributes, Client> extends ObjectContext<Client> {
  readonly config: Input<A>;
  /** Null when the object is to be created. */
  readonly state: State<A> | null;
  /** What schema-driven planning has made of it so far. Null when the object is to be destroyed. */
  readonly planned: Planned<A> | null;
}
export interface ValidateRequest<A extends Attributes, Client> extends Omit<Context<Client>, "client"> {
  readonly config: Input<A>;
  /** Undefined where Terraform validates before it configures the provider, as `terraform validate` does. */
  readonly client: Client | undefined;
}
/** What a resource's own planning adds to the plan. */
export interface PlanChanges<A extends Attributes> {
  /** Values to put over the planned ones. Only computed attributes may differ from the configuration. */
  readonly planned?: Partial<Planned<A>>;
  /** Attributes whose change replaces the object. */
  readonly requiresReplace?: readonly AttributePath[];
  /** Attributes whose change does not replace the object after all, although the schema says so. */
  readonly keepsInPlace?: readonly AttributePath[];
}
export interface StoredRequest<A extends Attributes, Client> extends Pick<Context<Client>, "client" | "log"> {
  readonly state: State<A>;
}
/** A configuration in which anything may be missing. */
export type GeneratedConfig<A extends Attributes> = Partial<Input<A>>;
export interface GenerateConfigRequest<A extends Attributes> {
  readonly state: State<A>;
  /** What follows from the schema. */
  readonly config: GeneratedConfig<A>;
}
export interface UpgradeRequest {
  /** The stored state as Terraform kept it: JSON with snake_case names. */
  readonly rawState: Readonly<Record<string, unknown>>;
  readonly log: Logger;
}
export interface MoveRequest {
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  readonly sourceSchemaVersion: number;
  readonly sourceRawState: Readonly<Record<string, unknown>>;
  /** As Terraform kept it; undefined where the source has none. */
  readonly sourceRawIdentity: Readonly<Record<string, unknown>> | undefined;
  readonly log: Logger;
}

export interface Resource<A extends Attributes = Attributes, Client = unknown> {
  readonly schema: Schema<A>;
  /**
   * Looks at a configuration that its schema finds nothing wrong with; returns what is. Unlike a schema's rules it does
   * not run at synth, and may warn and ask the server.
   */
  validate?(request: ValidateRequest<A, Client>): Promise<readonly Problem[]>;
  /** Makes the object; returns its complete state. */
  create(request: CreateRequest<A, Client>): Promise<State<A>>;
  /** Looks at the object; null means that it provably exists no more. */
  read(request: ReadRequest<A, Client>): Promise<State<A> | null>;
  /**
   * Changes the object in place. Not called when only `timeouts` changed, or unreadable attributes got their first
   * value. Without it any change replaces the object, but for those of which a `requiresReplace` says no.
   */
  update?(request: UpdateRequest<A, Client>): Promise<State<A>>;
  /** Removes the object; an object that is already gone is a success. */
  delete(request: DeleteRequest<A, Client>): Promise<void>;
  /** Planning beyond what the schema says. Runs on create, update and destroy. */
  plan?(request: PlanRequest<A, Client>): Promise<PlanChanges<A> | undefined>;
  /** Finds an existing object by its import id; returns its complete state. Without it, import is refused. */
  importState?(request: ImportRequest<Client>): Promise<State<A>>;
  /**
   * Completes the configuration that Terraform writes for an object which is imported, from the state after its import;
   * without it, what the schema makes of the state is all there is. Users fill in secrets themselves.
   */
  generateConfig?(request: GenerateConfigRequest<A>): GeneratedConfig<A>;
  /**
   * Learns that Terraform has stored this state: an earlier process returned it, and this one was given it back. Called
   * before anything is done with the object, for every stored one and perhaps more than once, as soon as there is a
   * client. An import alone stores nothing. What it throws is logged, no more.
   */
  stored?(request: StoredRequest<A, Client>): void;
  /** From each older schema version straight to the present shape (JSON, snake_case names). */
  readonly upgradeState?: Readonly<Record<number, (request: UpgradeRequest) => Readonly<Record<string, unknown>>>>;
  /** From each older version of the schema's identity straight to the present shape (JSON, snake_case names). */
  readonly upgradeIdentity?: Readonly<
    Record<number, (rawIdentity: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>
  >;
  /** Takes over the state of another resource type (`moved` blocks); undefined when it does not know that type. */
  moveState?(request: MoveRequest): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** Declares a resource; the schema's static types reach every method. */
export function resource<Client>() {
  return <A extends Attributes>(definition: Resource<A, Client>): Resource<A, Client> => definition;
}
