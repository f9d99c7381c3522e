/** A simulator, a workspace whose runs are those of {@link LittleTerraform}, and an account of what there is on the server. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { IntegrationServer, type NewInfrastructure } from "../../../src/integration-server";
import { formatAddress } from "../../../src/integration-server/address";
import { Secret } from "../../../src/integration-server/http/secret";
import {
  type Beginning,
  DirectoryStore,
  type Entry,
  Journal,
  type JournalOptions,
  type Removing,
  readEntries,
  readRemovals,
  type SentRemoval,
  type Started,
} from "../../../src/journal";
import { Notes } from "../../../src/notes";
import type { Client } from "../../../src/resources/shared/client";
import { type Habits, type Simulator, startSimulator } from "../../../src/simulator";
import { hurriedBy } from "../../support/hurried-clock";
import { quietLog } from "../../support/quiet-log";
import { until } from "../../support/until";
import { Front } from "./front";
import { LittleTerraform, type Stored } from "./little-terraform";
import { isInState, type Thing, Things } from "./things";

export interface BenchOptions {
  /** How many simulated seconds pass in a real one. @default 100 */
  readonly pace?: number;
  /** How long a request may take, in simulated milliseconds. @default much longer than any test */
  readonly requestTimeout?: number | undefined;
  readonly habits?: Partial<Habits>;
}

const ACCOUNT = { name: "admin", password: new Secret("Admin-Passw0rd") };
const VIEWER = { name: "viewer", password: new Secret("Viewer-Passw0rd") };

export class Bench {
  readonly things: Things;
  readonly terraform = new LittleTerraform(() => this.#connect());
  readonly #folder = mkdtempSync(join(tmpdir(), "ksvla-faults-"));
  readonly #began = Date.now();

  private constructor(
    readonly simulator: Simulator,
    readonly front: Front,
    readonly pace: number,
    private readonly requestTimeout: number | undefined,
  ) {
    this.things = new Things(simulator);
    this.#reportPeriod();
  }

  static async start({ pace = 100, requestTimeout, habits }: BenchOptions = {}): Promise<Bench> {
    const simulator = await startSimulator({ timeScale: 1 / pace, habits: habits ?? {} });
    simulator.world.trust(...simulator.world.endpoints.keys());
    return new Bench(simulator, await Front.before(simulator.address), pace, requestTimeout);
  }

  async stop(): Promise<void> {
    this.front.stop();
    await this.simulator.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Connects a platform, as somebody else has done before. */
  async connectPlatform(type: "VMWARE" | "OPENSTACK"): Promise<string> {
    const cloud: Partial<NewInfrastructure> =
      type === "VMWARE" ? {} : { openstack: { protocol: "https", region: "RegionOne" } };
    const domain = type === "VMWARE" ? undefined : "Default";
    const { infrastructures } = this.#server(this.simulator.address);
    const address = type === "VMWARE" ? "vcenter.example.test" : "openstack.example.test";
    const accounts = { admin: { ...ACCOUNT, domain }, readOnly: { ...VIEWER, domain } };
    const { id } = await infrastructures.create({ type, address, ...cloud, ...accounts });
    await infrastructures.waitForConnection(id);
    this.leaveOut();
    return id;
  }

  async registerImage(): Promise<string> {
    const infrastructureTypes = ["VMWARE", "OPENSTACK"] as const;
    const { images } = this.#server(this.simulator.address);
    const { id } = await images.register({ manifestPath: "/opt/svm/svm-6.2.xml", infrastructureTypes });
    return id;
  }

  /** What there is now, and is not in the state, is none of ours. */
  leaveOut(): void {
    this.things.leaveOut(this.#state);
  }

  /** What nobody has in the state. */
  get unmanaged(): readonly Thing[] {
    return this.things.made.filter((thing) => !isInState(thing, this.#state));
  }

  /** What is there twice, and what nobody knows. */
  astray(messages: readonly string[]): string[] {
    const entries = this.entries.map(([, entry]) => entry);
    return [...this.things.twins(), ...this.things.lost({ state: this.#state, entries, messages })];
  }

  get entries(): readonly (readonly [name: string, entry: Entry])[] {
    return readEntries(this.#store()).entries;
  }

  /** What is left in the journal, by name. */
  get leftovers(): readonly string[] {
    const removals = readRemovals(this.#store()).removals.map(([, { name }]) => `the removal of the ${name}`);
    return [...this.entries.map(([, { name }]) => name), ...removals];
  }

  removeEntry(name: string): void {
    this.#store().remove(name);
  }

  /** Resolves when the server does nothing any more. */
  async settled(): Promise<void> {
    const isBusy = () => this.simulator.world.tasks.roots.some(({ state }) => !ENDED.includes(state));
    await until(() => !isBusy());
  }

  /** Waits so many simulated milliseconds. */
  wait(milliseconds: number): Promise<void> {
    return delay(milliseconds / this.pace);
  }

  /** Refuses connections for so many simulated milliseconds, as soon as something begins; tells whether it has. */
  refuseFor(milliseconds: number, begins: () => boolean): () => boolean {
    let hasBegun = false;
    const look = setInterval(async () => {
      if (hasBegun || !begins()) return;
      hasBegun = true;
      clearInterval(look);
      this.front.close();
      await this.wait(milliseconds);
      await this.front.open();
    }, 1);
    this.#looks.push(look);
    return () => hasBegun;
  }

  /** Nothing goes wrong any more. */
  async mend(): Promise<void> {
    this.simulator.faults.clear();
    this.#reportPeriod();
    for (const look of this.#looks.splice(0)) clearInterval(look);
    await this.front.open();
  }

  readonly #looks: NodeJS.Timeout[] = [];

  /** The period is reported in real seconds, which for our clients are simulated ones. */
  #reportPeriod(): void {
    const rewrite = (body: string) =>
      body.replace(
        /("updatePeriodSeconds": ?)([\d.]+)/g,
        (_, name, seconds) => `${name}${Number(seconds) * this.pace}`,
      );
    this.simulator.faults.add({
      path: /\/infrastructures(\/[^/]+)?$/,
      times: Number.POSITIVE_INFINITY,
      fault: { kind: "rewrite", rewrite },
    });
  }

  get #state(): readonly Stored[] {
    return [...this.terraform.state.values()];
  }

  /** For the journal, whose limits are simulated time like all others. */
  #now(): number {
    return this.#began + (Date.now() - this.#began) * this.pace;
  }

  #store(): DirectoryStore {
    return new DirectoryStore(join(this.#folder, "journal"), this.#now());
  }

  async #connect(): Promise<Client> {
    const server = this.#server(this.front.address);
    await server.signIn();
    const options: JournalOptions = {
      store: this.#store(),
      server: formatAddress(server.address),
      scope: { workspace: "default", stack: "faults" },
      run: randomUUID(),
      now: () => this.#now(),
      isRequired: true,
      report: (error) => {
        throw error;
      },
    };
    return { server, journal: new HurriedJournal(options, this.pace), notes: new Notes() };
  }

  #server(address: string): IntegrationServer {
    const { password, caCertificate } = this.simulator;
    const hurried = hurriedBy(this.pace);
    return new IntegrationServer({
      address,
      password: new Secret(password),
      caCertificate,
      pollInterval: 1_000,
      log: quietLog(),
      ...hurried,
      ...(this.requestTimeout !== undefined && { requestTimeout: this.requestTimeout }),
    });
  }
}

/** Timeouts of resources go by the system's clock: what is begun is told real milliseconds. */
class HurriedJournal extends Journal {
  constructor(
    options: JournalOptions,
    private readonly pace: number,
  ) {
    super(options);
  }

  override begin(beginning: Beginning): Started {
    return super.begin({ ...beginning, expiresAfter: beginning.expiresAfter * this.pace });
  }

  override beginRemoval(removing: Removing, expiresAfter: number): SentRemoval {
    return super.beginRemoval(removing, Math.min(expiresAfter * this.pace, REMOVAL_SHOWS));
  }
}

/** What a removal without a timeout of its own is given, in milliseconds. */
const REMOVAL_SHOWS = 600_000;
const ENDED: readonly string[] = ["Completed", "Failed", "Cancelled", "Stopped"];
