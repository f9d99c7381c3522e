/** Runs of the real Terraform that are killed anywhere, and what the next ones make of it. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DirectoryStore, type Entry, readEntries, readRemovals } from "../../../src/journal";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { environmentOf } from "../../e2e/support/configuration";
import { groupIsAlive, pluginsIn, type Running } from "../../e2e/support/run";
import { flatten } from "../../e2e/support/screen";
import { Workspace } from "../../e2e/support/workspace";
import { until } from "../../support/until";
import { describe, isInState, type Known, Things } from "./things";

/** A number of at least 0 and less than 1, the next one at every call. */
export type Chance = () => number;

/** What a run may be killed in. */
const OPERATIONS = ["apply", "update", "destroy"] as const;
const VICTIMS = ["terraform", "plugin", "both"] as const;
const SIGNALS = ["SIGKILL", "SIGTERM", "SIGINT"] as const;

export interface ChaosOutcome {
  /** What was done, to whom and when. */
  readonly what: string;
  /** Whether the run had not ended before. */
  readonly isStruck: boolean;
  /** Whether the next run went on by itself, or said what only a look can tell. */
  readonly next: "goes on" | "asks" | "fails";
  readonly problems: readonly string[];
}

/** Fifty simulated seconds in a real one, so that the server looks at its platforms every half second. */
const TIME_SCALE = 0.02;
const PERIOD = 0.5 / TIME_SCALE;
/** About as many requests as each makes, so that most are struck before they have ended. */
const REQUESTS = { apply: 24, update: 14, destroy: 13 } as const;

export class ChaosBench {
  readonly #things: Things;
  #output: string[] = [];

  private constructor(
    private readonly simulator: Simulator,
    private readonly workspace: Workspace,
    private readonly imageId: string,
  ) {
    this.#things = new Things(simulator);
  }

  static async start(): Promise<ChaosBench> {
    const habits = { lists: "lagging", updatePeriodSeconds: PERIOD } as const;
    const simulator = await startSimulator({ timeScale: TIME_SCALE, habits });
    simulator.world.trust(...simulator.world.endpoints.keys());
    const workspace = await Workspace.create({ env: environmentOf(simulator) });
    workspace.write(`${PROVIDER}${IMAGE}`);
    await workspace.init();
    await workspace.apply();
    const [image] = [...simulator.world.images.keys()];
    return new ChaosBench(simulator, workspace, image ?? "");
  }

  async stop(): Promise<void> {
    this.workspace.dispose();
    await this.simulator.stop();
  }

  /** What was written by the runs of the last story, but for the plans. */
  get output(): string {
    return this.#output.map((text) => text.replace(/^.*^Plan: /ms, "Plan: ")).join("\n");
  }

  async tell(chance: Chance): Promise<ChaosOutcome> {
    const one = <T>(choices: readonly T[]): T => choices[Math.floor(chance() * choices.length)]!;
    const [operation, victim, signal] = [one(OPERATIONS), one(VICTIMS), one(SIGNALS)];
    const requests = Math.floor(chance() * REQUESTS[operation]);
    const milliseconds = Math.floor(chance() * 100);
    const what = `${operation}, ${signal} to ${victim} ${milliseconds} ms after request ${requests}`;
    this.#output = [];
    const problems: string[] = [];
    this.#write(1);
    if (operation !== "apply") await this.#succeed(["apply"], problems);
    const wanted = operation === "update" ? 2 : 1;
    this.#write(wanted);

    let isStruck = false;
    const killed = await this.#killed(operation === "destroy" ? "destroy" : "apply", async (running) => {
      const before = this.simulator.requests.count();
      await until(() => this.simulator.requests.count() >= before + requests || !groupIsAlive(running.pid));
      await delay(milliseconds);
      isStruck = strike(running, victim, signal);
    });
    await this.#settled();
    problems.push(...this.#astray("after the run", killed));

    const next = await this.#next(problems);
    await this.#settled();
    problems.push(...this.#astray("after the next run", ""));
    const { code, output } = await this.workspace.plan();
    this.#output.push(output);
    if (code !== 0) problems.push(`the plan ends with ${code} then`);
    await this.#succeed(["destroy"], problems);
    for (const thing of this.#things.made) problems.push(`left by the destroy: ${describe(thing)}`);
    for (const name of this.#leftovers) problems.push(`left in the journal: ${name}`);
    return { what, isStruck, next, problems };
  }

  async #killed(command: string, kill: (running: Running) => Promise<void>): Promise<string> {
    const running = this.workspace.start([command, "-auto-approve"]);
    await kill(running);
    const { output } = await running.finished;
    await until(() => !groupIsAlive(running.pid), 60_000);
    this.#output.push(output);
    return flatten(output);
  }

  async #next(problems: string[]): Promise<ChaosOutcome["next"]> {
    const { code, output } = await this.workspace.run(["apply", "-auto-approve"]);
    this.#output.push(output);
    if (code === 0) return "goes on";
    const isAsked = await this.#obey(flatten(output));
    if (!isAsked) problems.push("the next apply fails");
    await this.#succeed(["apply"], problems);
    return isAsked ? "asks" : "fails";
  }

  /** Looks whether the connection is there, and does what the message says then. */
  async #obey(message: string): Promise<boolean> {
    const [, file] = /cdktf-ksvla journal forget ([^\s"]+)/.exec(message) ?? [];
    if (file === undefined || !message.includes("Unable to tell whether there is the connection")) return false;
    const state = this.#state;
    for (const thing of this.#things.made) {
      if (thing.kind === "connection" && !isInState(thing, state))
        await this.workspace.import("ksvla_infrastructure.it", thing.id);
    }
    if (existsSync(file)) rmSync(file);
    return true;
  }

  async #succeed([command = "", ...args]: readonly string[], problems: string[]): Promise<void> {
    const { code, output } = await this.workspace.run([command, "-auto-approve", ...args]);
    this.#output.push(output);
    if (code !== 0) problems.push(`${command} ends with ${code}`);
    await this.#settled();
  }

  #astray(when: string, message: string): string[] {
    const knowledge = { state: this.#state, entries: this.#entries, messages: [message] };
    return [...this.#things.twins(), ...this.#things.lost(knowledge)].map((each) => `${when}, ${each}`);
  }

  async #settled(): Promise<void> {
    const ended: readonly string[] = ["Completed", "Failed", "Cancelled", "Stopped"];
    await until(() => this.simulator.world.tasks.roots.every(({ state }) => ended.includes(state)));
  }

  get #state(): readonly Known[] {
    const file = join(this.workspace.directory, "terraform.tfstate");
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (text === "") return [];
    const { resources } = JSON.parse(text) as StateFile;
    return resources.flatMap(({ type, instances }) =>
      instances.map(({ attributes }) => ({ type, values: attributes })),
    );
  }

  get #entries(): readonly Entry[] {
    const store = this.#journal;
    return store === undefined ? [] : readEntries(store).entries.map(([, entry]) => entry);
  }

  get #leftovers(): readonly string[] {
    const store = this.#journal;
    const removals = store === undefined ? [] : readRemovals(store).removals;
    return [...this.#entries.map(({ name }) => name), ...removals.map(([, { name }]) => `the removal of the ${name}`)];
  }

  get #journal(): DirectoryStore | undefined {
    const folder = join(this.workspace.directory, ".terraform", "ksvla");
    return existsSync(folder) ? new DirectoryStore(folder, Date.now()) : undefined;
  }

  #write(version: number): void {
    const { imageId, simulator } = this;
    const host = simulator.world.hypervisor("vcenter.example.test").hosts[0]!;
    const svm = (name: string) => `
resource "ksvla_svm" "${name}" {
  name              = "${name}"
  infrastructure_id = ksvla_infrastructure.it.id
  image_id          = "${imageId}"
  host              = { id = "${host.id}", storage_id = "${host.storages[0]!.id}", networks = [{ id = "${host.networks[0]!.id}" }] }
  ksc               = { address = "ksc-${version}.example.test" }
  root              = {}
  klconfig          = { password_wo = "Klconfig-1" }
  timeouts          = { create = "20s", update = "20s", delete = "20s" }
}
`;
    this.workspace.write(`${PROVIDER}
resource "ksvla_infrastructure" "it" {
  type      = "VMWARE"
  address   = "vcenter.example.test"
  admin     = { name = "admin", password_wo = "Admin-Passw0rd", password_wo_version = "1" }
  read_only = { name = "viewer", password_wo = "Viewer-Passw0rd" }
  timeouts  = { create = "20s" }
}
${svm("svm-1")}${svm("svm-2")}
resource "ksvla_server_role" "it" {
  role = "Primary"
}
resource "ksvla_reserve_server" "it" {
  address     = "${version === 1 ? "viis-reserve" : "viis-spare"}.example.test:7271"
  password_wo = "Reserve-Passw0rd"
  depends_on  = [ksvla_server_role.it]
  timeouts    = { create = "20s", update = "20s" }
}
`);
  }
}

interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Known["values"] }[];
  }[];
}

const PROVIDER = `provider "ksvla" {
  poll_interval   = "50ms"
  request_timeout = "5s"
}
`;
const IMAGE = `resource "ksvla_svm_image" "it" {
  manifest_path        = "/opt/svm/svm-6.2.xml"
  infrastructure_types = ["VMWARE"]
  verify               = false
}
`;

/** Whoever has ended meanwhile needs no signal. @returns whether anybody got one */
function strike(running: Running, victim: (typeof VICTIMS)[number], signal: NodeJS.Signals): boolean {
  let isStruck = false;
  const plugins = victim === "terraform" || !groupIsAlive(running.pid) ? [] : pluginsIn(running.pid);
  for (const pid of [...(victim === "plugin" ? [] : [running.pid]), ...plugins]) {
    try {
      process.kill(pid, signal);
      isStruck = true;
    } catch {
      // It has ended.
    }
  }
  return isStruck;
}
