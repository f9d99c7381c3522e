/** Life cycles called as the plugin calls them: planned by the real planning, with a client and a signal. */

import { isDeepStrictEqual } from "node:util";
import {
  type Attributes,
  type Config,
  type Context,
  type DataSource,
  type Diagnostic,
  isUnknown,
  type LogFields,
  type ObjectContext,
  type Plan,
  type Planned,
  type Resource,
  type State,
} from "../../src/terraform";
import { finishPlan, planBySchema } from "../../src/terraform/plan/plan-resource";
import { completeObject, configWithDefaults } from "../../src/terraform/schema/objects";
import { StoredPrivate } from "../../src/terraform/server/private-state";
import { renderPath } from "../../src/terraform/values/path";
import { quietLog } from "./quiet-log";

type Values = Readonly<Record<string, unknown>>;
type Warning = Omit<Diagnostic, "severity">;

export interface Action<A extends Attributes> {
  readonly action: "no-op" | "create" | "update" | "replace";
  /** As users read them. */
  readonly replacing: readonly string[];
  readonly planned: Plan<A>;
}

/** A resource in the hands of a test. Configurations leave out what is null. */
export class ResourceDriver<A extends Attributes, Client> {
  readonly warnings: Warning[] = [];
  /** What was logged at INFO. */
  readonly infos: [message: string, fields: LogFields | undefined][] = [];
  /** What was logged at ERROR. */
  readonly errors: string[] = [];
  /** What `create` or `update` saved, also when it failed afterwards. */
  saved: Partial<State<A>> | undefined;
  /** Called when something is saved. */
  onSave: () => void = () => undefined;
  /** Of the object that was created last. */
  #private = new StoredPrivate(new Uint8Array());

  constructor(
    private readonly resource: Resource<A, Client>,
    private readonly client: Client,
    private readonly signal = new AbortController().signal,
  ) {}

  async plan(configuration: Values, state: State<A> | null = null): Promise<Action<A>> {
    const { attributes } = this.resource.schema;
    const config = completeObject(attributes, configuration);
    // As Terraform has it: life cycle code may leave out what is null.
    const prior = state && completeObject(attributes, state as Values);
    const planned = { attributes, updatable: this.resource.update !== undefined };
    const bySchema = planBySchema(planned, { config, prior }, propose(attributes, config, prior));
    const own = await this.resource.plan?.({
      ...this.#context(),
      config: config as never,
      state,
      planned: bySchema as Planned<A>,
    });
    const finished = finishPlan(planned, { config, prior }, bySchema, own);
    const unchanged = prior !== null && isDeepStrictEqual(finished.planned, completeObject(attributes, prior));
    const action =
      prior === null ? "create" : finished.requiresReplace.length > 0 ? "replace" : unchanged ? "no-op" : "update";
    return { action, replacing: finished.requiresReplace.map(renderPath), planned: finished.planned as Plan<A> };
  }

  /** @param seen what planning is shown: with `ignore_changes`, the values from before in place of what is configured */
  async create(configuration: Values, seen = configuration): Promise<State<A>> {
    const { planned } = await this.plan(seen);
    const config = this.#config(configuration);
    this.#private = new StoredPrivate(new Uint8Array());
    return this.resource.create({ ...this.#context(), config, plan: planned, save: this.#save });
  }

  /** @param seen as of `create` */
  async update(configuration: Values, state: State<A>, seen = configuration): Promise<State<A>> {
    const { planned } = await this.plan(seen, state);
    const config = this.#config(configuration);
    return this.resource.update!({ ...this.#context(), config, plan: planned, state, save: this.#save });
  }

  read(state: State<A>): Promise<State<A> | null> {
    return this.resource.read({ ...this.#context(), state });
  }

  delete(state: State<A>): Promise<void> {
    return this.resource.delete({ ...this.#context(), state });
  }

  /** As when an earlier run has returned the state; attributes that do not matter may be left out. */
  stored(state: Values): void {
    const { attributes } = this.resource.schema;
    const { client, log } = this.#context();
    this.resource.stored?.({ client, log, state: completeObject(attributes, state) as State<A> });
  }

  import(id: string): Promise<State<A>> {
    return this.resource.importState!({ ...this.#context(), id });
  }

  readonly #save = (known: Partial<State<A>>): void => {
    this.saved = { ...this.saved, ...known };
    this.onSave();
  };

  #config(configuration: Values): Config<A> {
    const { attributes } = this.resource.schema;
    return configWithDefaults(attributes, completeObject(attributes, configuration)) as Config<A>;
  }

  #context(): ObjectContext<Client> {
    const context = contextOf(this.client, this.signal, this.warnings);
    return {
      ...context,
      private: this.#private,
      log: {
        ...context.log,
        info: (...line) => this.infos.push([line[0], line[1]]),
        error: (message) => this.errors.push(message),
      },
    };
  }
}

/** A data source in the hands of a test. */
export class DataSourceDriver<A extends Attributes, Client> {
  readonly warnings: Warning[] = [];

  constructor(
    private readonly dataSource: DataSource<A, Client>,
    private readonly client: Client,
    private readonly signal = new AbortController().signal,
  ) {}

  read(configuration: Values): Promise<State<A>> {
    const { attributes } = this.dataSource.schema;
    const config = configWithDefaults(attributes, completeObject(attributes, configuration)) as Config<A>;
    return this.dataSource.read({ ...contextOf(this.client, this.signal, this.warnings), config });
  }
}

/** An hour, as resources that wait have. */
const TIMEOUT = 3_600_000;

function contextOf<Client>(client: Client, signal: AbortSignal, warnings: Warning[]): Context<Client> {
  return {
    client,
    signal,
    timeout: TIMEOUT,
    log: quietLog(),
    warn: (warning) => warnings.push(warning),
  };
}

/** What Terraform proposes: the configuration, and what only the provider decides from the prior state. */
function propose(attributes: Attributes, config: Values, prior: Values | null): Values {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, flags }]) => {
      const value = config[name] ?? (flags.has("computed") ? (prior?.[name] ?? null) : null);
      const isObject = value !== null && config[name] !== null && !isUnknown(value);
      const nested = type.kind === "nested" && type.nesting === "single" && isObject;
      return [
        name,
        nested ? propose(type.attributes, value as Values, (prior?.[name] ?? null) as Values | null) : value,
      ];
    }),
  );
}
