/**
 * What Terraform does with a provider, in process: refreshes, plans and applies resources in the order of their
 * references, a new provider for each of the two halves, and keeps what comes back as its state. It takes milliseconds,
 * so that a story can be told for every fault.
 */
import { ksvla } from "../../../src/provider";
import type { Client } from "../../../src/resources/shared/client";
import { completeObject } from "../../../src/terraform/schema/objects";
import type { Attributes } from "../../../src/terraform/schema/types";
import { toSnakeCase } from "../../../src/terraform/values/names";
import { isArray, isRecord, mapEntries, type ObjectValue, UNKNOWN } from "../../../src/terraform/values/value";
import { brief, dynamic, plain, TestClient } from "../../terraform/server/client";

/** The id of another resource, or that it is not known yet. */
export type IdOf = (address: string) => unknown;

export interface Block {
  readonly address: string;
  readonly type: keyof typeof ksvla.resources & string;
  /** Addresses of those that have to be there first. */
  readonly after?: readonly string[];
  configure(idOf: IdOf): ObjectValue;
}

/** A data source, which is read at every plan that has anything to make. */
export interface LookUp {
  readonly type: keyof typeof ksvla.dataSources & string;
  readonly config: ObjectValue;
}

export interface Stored {
  readonly type: Block["type"];
  readonly values: ObjectValue;
  readonly tainted: boolean;
  readonly after: readonly string[];
}

export interface Finished {
  /** What would be, or was, done, by address. */
  readonly actions: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
  /** Errors and warnings. */
  readonly messages: readonly string[];
}

interface Planned {
  readonly action: "create" | "update" | "replace" | "delete";
  readonly block: Block | undefined;
}

export class LittleTerraform {
  readonly state = new Map<string, Stored>();
  /** What is looked up beside the blocks. */
  lookUps: readonly LookUp[] = [];

  /** @param connect what configures a provider that was just started */
  constructor(private readonly connect: () => Promise<Client>) {}

  async plan(blocks: readonly Block[]): Promise<Finished> {
    return (await this.#plan(blocks, new Map(this.state))).finished();
  }

  /** As `apply -auto-approve`: what cannot be planned is not applied. */
  async apply(blocks: readonly Block[]): Promise<Finished> {
    const refreshed = new Map(this.state);
    const planning = await this.#plan(blocks, refreshed);
    if (planning.errors.length > 0) return planning.finished();
    this.state.clear();
    for (const [address, stored] of refreshed) this.state.set(address, stored);
    if (planning.actions.size === 0) return planning.finished();
    const applying = new Run(this.connect, this.state, []);
    await applying.apply(planning.actions);
    return applying.finished(planning);
  }

  destroy(): Promise<Finished> {
    return this.apply([]);
  }

  async import({ address, type, after = [] }: Block, id: string): Promise<void> {
    const run = new Run(this.connect, this.state, []);
    await run.import(address, { type, after }, id);
    if (run.errors.length > 0) throw new Error(run.errors.join("\n"));
  }

  async #plan(blocks: readonly Block[], state: Map<string, Stored>): Promise<Run> {
    const run = new Run(this.connect, state, blocks.length === 0 ? [] : this.lookUps);
    await run.plan(blocks);
    return run;
  }
}

/** One process of the provider. */
class Run {
  readonly actions = new Map<string, Planned>();
  readonly #provider: TestClient;
  #messages: string[] = [];

  constructor(
    connect: () => Promise<Client>,
    private readonly state: Map<string, Stored>,
    private readonly lookUps: readonly LookUp[],
  ) {
    this.#provider = new TestClient({ ...ksvla, configure: connect } as never);
  }

  get errors(): readonly string[] {
    return this.#messages.filter((text) => text.startsWith("ERROR"));
  }

  finished(before?: Run): Finished {
    const messages = [...(before ? before.#messages : []), ...this.#messages];
    const actions = Object.fromEntries([...(before ?? this).actions].map(([address, { action }]) => [address, action]));
    return { actions, errors: messages.filter((text) => text.startsWith("ERROR")), messages };
  }

  async plan(blocks: readonly Block[]): Promise<void> {
    if (!(await this.#configure())) return;
    await Promise.all(this.lookUps.map((each) => this.#lookUp(each)));
    const configured = new Map(blocks.map((block) => [block.address, block]));
    const addresses = [...new Set([...this.state.keys(), ...configured.keys()])];
    const after = (address: string) => configured.get(address)?.after ?? this.state.get(address)?.after ?? [];
    await inOrder(addresses, after, async (address) => {
      const stored = this.state.get(address);
      const present = stored === undefined ? undefined : await this.#refresh(address, stored);
      const action = await this.#actionFor(configured.get(address), present);
      if (action !== undefined) this.actions.set(address, { action, block: configured.get(address) });
    });
  }

  async apply(actions: ReadonlyMap<string, Planned>): Promise<void> {
    if (!(await this.#configure())) return;
    for (const stored of this.state.values()) await this.#upgrade(stored);
    const removed = [...actions].filter(([, { action }]) => action === "delete" || action === "replace");
    const dependents = (of: string) =>
      removed.map(([address]) => address).filter((address) => this.state.get(address)?.after.includes(of));
    const removal = inOrder(
      removed.map(([address]) => address),
      dependents,
      (address) => this.#remove(address),
    );
    const made = [...actions].flatMap(([address, { action, block }]) =>
      block === undefined ? [] : [{ address, block, replaces: action === "replace" }],
    );
    const isRemoved = removal.then((gone) => (address: string) => gone.has(address));
    await inOrder(
      made.map(({ address }) => address),
      (address) => actions.get(address)?.block?.after ?? [],
      async (address) => {
        const one = made.find((each) => each.address === address);
        if (one === undefined) return;
        if (one.replaces && !(await isRemoved)(address)) throw new Skipped();
        await this.#make(one.block);
      },
    );
    await removal;
  }

  async import(address: string, { type, after }: Pick<Stored, "type" | "after">, id: string): Promise<void> {
    if (!(await this.#configure())) return;
    const answer = await this.#provider.call("importResourceState", { typeName: type, id });
    this.#note(brief(answer.diagnostics));
    const values = plain(this.#attributes(type), answer.importedResources[0]?.state);
    if (values !== null) await this.#refresh(address, { type, after, values, tainted: false });
  }

  async #configure(): Promise<boolean> {
    this.#note(await this.#provider.configure(completeObject(ksvla.schema.attributes, {})));
    return this.errors.length === 0;
  }

  async #lookUp({ type, config }: LookUp): Promise<void> {
    // A resource may have the same name, and other attributes.
    const attributes: Attributes = ksvla.dataSources[type]?.schema.attributes ?? {};
    const request = { typeName: type, config: dynamic(attributes, completeObject(attributes, config)) };
    this.#note(brief((await this.#provider.call("readDataSource", request)).diagnostics));
  }

  /** @returns what there is, and nothing when it is gone */
  async #refresh(address: string, stored: Stored): Promise<Stored | undefined> {
    await this.#upgrade(stored);
    const { state, diagnostics } = await this.#provider.read(stored.type, stored.values);
    this.#note(diagnostics);
    if (state === null) {
      this.state.delete(address);
      return undefined;
    }
    const present = { ...stored, values: state };
    this.state.set(address, present);
    return present;
  }

  async #upgrade({ type, values }: Stored): Promise<void> {
    const json = new TextEncoder().encode(JSON.stringify(snakeCase(values)));
    const version = ksvla.resources[type]?.schema.version ?? 0;
    const { diagnostics } = await this.#provider.call("upgradeResourceState", {
      typeName: type,
      version,
      rawState: { json },
    });
    this.#note(brief(diagnostics));
  }

  async #actionFor(block: Block | undefined, present: Stored | undefined): Promise<Planned["action"] | undefined> {
    if (block === undefined) {
      if (present === undefined) return undefined;
      const { diagnostics } = await this.#provider.plan(present.type, { prior: present.values });
      this.#note(diagnostics);
      return "delete";
    }
    const config = this.#configOf(block, (address) => this.#plannedId(address));
    const prior = present === undefined || present.tainted ? null : present.values;
    const { planned, requiresReplace, diagnostics } = await this.#provider.plan(block.type, { config, prior });
    this.#note(diagnostics);
    if (present === undefined) return "create";
    if (present.tainted || requiresReplace.length > 0) return "replace";
    return JSON.stringify(planned) === JSON.stringify(prior) ? undefined : "update";
  }

  #plannedId(address: string): unknown {
    const action = this.actions.get(address)?.action;
    return action === "create" || action === "replace" ? UNKNOWN : this.state.get(address)?.values["id"];
  }

  async #remove(address: string): Promise<void> {
    const stored = this.state.get(address);
    if (stored === undefined) return;
    const { type, values } = stored;
    const { state, diagnostics } = await this.#provider.apply(type, { prior: values, planned: null });
    this.#note(diagnostics);
    if (state === null) {
      this.state.delete(address);
      return;
    }
    this.state.set(address, { ...stored, values: state });
    throw new Skipped();
  }

  async #make(block: Block): Promise<void> {
    const { address, type, after = [] } = block;
    const config = this.#configOf(block, (other) => this.state.get(other)?.values["id"]);
    const prior = this.state.get(address)?.values ?? null;
    const { planned, diagnostics } = await this.#provider.plan(type, { config, prior });
    this.#note(diagnostics);
    const applied = await this.#provider.apply(type, { config, prior, planned });
    this.#note(applied.diagnostics);
    const failed = applied.diagnostics.some((text) => text.startsWith("ERROR"));
    if (applied.state === null) this.state.delete(address);
    else this.state.set(address, { type, after, values: applied.state, tainted: failed && prior === null });
    if (failed) throw new Skipped();
  }

  #configOf({ type, configure }: Block, idOf: IdOf): ObjectValue {
    return completeObject(this.#attributes(type), configure(idOf));
  }

  #attributes(type: string) {
    return this.#provider.attributesOf(type);
  }

  #note(diagnostics: readonly string[]): void {
    this.#messages.push(...diagnostics);
  }
}

/** It has failed, and said why: what needs it is left out. */
class Skipped extends Error {}

/**
 * Does something about everything at the same time, but for what has to be done first.
 *
 * @returns those about which it was done
 */
async function inOrder(
  addresses: readonly string[],
  first: (address: string) => readonly string[],
  work: (address: string) => Promise<void>,
): Promise<ReadonlySet<string>> {
  const done = new Set<string>();
  const begun = new Map<string, Promise<void>>();
  const begin = (address: string): Promise<void> => {
    const before = begun.get(address);
    if (before !== undefined) return before;
    const needed = first(address).filter((each) => addresses.includes(each));
    const task = Promise.all(needed.map(begin)).then(async () => {
      if (!needed.every((each) => done.has(each))) return;
      try {
        await work(address);
        done.add(address);
      } catch (error) {
        if (!(error instanceof Skipped)) throw error;
      }
    });
    begun.set(address, task);
    return task;
  };
  await Promise.all(addresses.map(begin));
  return done;
}

function snakeCase(value: unknown): unknown {
  if (isArray(value)) return value.map(snakeCase);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(mapEntries(value, snakeCase)).map(([key, each]) => [toSnakeCase(key), each]),
  );
}
