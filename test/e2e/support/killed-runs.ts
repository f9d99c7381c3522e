/**
 * An apply that is killed, and what the next ones make of it: nothing is there twice, nothing is lost, and where a run
 * does not go on by itself it says what to do. One function for every object, moment, victim, backend and journal.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type RequestFilter, type Simulator, startSimulator } from "../../../src/simulator";
import { until } from "../../support/until";
import { environmentOf } from "./configuration";
import { planned } from "./quick";
import { groupIsAlive, pluginsIn, type Running } from "./run";
import { flatten } from "./screen";
import { StateServer } from "./state-server";
import { Workspace } from "./workspace";

/** What is being made while the run is killed. */
export interface KilledObject {
  readonly name: string;
  readonly address: string;
  /** The request that makes it. */
  readonly post: RequestFilter & { readonly method: string; readonly path: string };
  /** A look at how that goes. */
  readonly look: RequestFilter & { readonly method: string; readonly path: string };
  /** The ids, as for an import, of all that there are. */
  made(simulator: Simulator): readonly string[];
  /** Whether the server can list what there is. @default true */
  readonly isListed?: boolean;
  /** Whether the server has begun to make it. @default when it is made */
  isBegun?(simulator: Simulator): boolean;
  /** Makes the world ready; returns the configuration. */
  prepare(simulator: Simulator): Promise<string>;
  /** How long making it may take, in milliseconds: so long the next run waits for what nobody knows. @default it does not wait */
  readonly timeout?: number;
  /** Resolves when the server has done what it was asked for. @default at once */
  settled?(simulator: Simulator): Promise<void>;
  /** Stops the work at the server in the middle; returns what lets it go on. */
  hold?(simulator: Simulator): { readonly reached: Promise<unknown>; release(): Promise<void> };
}

export const MOMENTS = ["before", "unanswered", "answered", "running", "unwritten"] as const;
export type Moment = (typeof MOMENTS)[number];
export const VICTIMS = ["terraform", "plugin", "both"] as const;
export type Victim = (typeof VICTIMS)[number];
export const BACKENDS = ["local", "http"] as const;
export type Backend = (typeof BACKENDS)[number];

export interface Case {
  readonly object: KilledObject;
  readonly moment: Moment;
  readonly victim: Victim;
  readonly backend: Backend;
  /** Whether the next run has the journal: the others start from a fresh checkout, which does not have it. */
  readonly keepsJournal: boolean;
}

export interface Outcome {
  /** The errors of the applies that did not go on by themselves. */
  readonly errors: readonly string[];
  /** What there is in the end. */
  readonly made: readonly string[];
  /** How often it was asked for. */
  readonly requests: number;
  /** What the next plan would do. */
  readonly plan: Readonly<Record<string, string>>;
  /** What is left in the journal after that. */
  readonly entries: readonly string[];
}

const LONG = 60_000;
const REGISTERED = { method: "POST", path: "*/images/register/manifest" };
const MANIFEST = "/opt/svm/svm-6.2-tampered.xml";

/** Another object of the same run, whose request is not answered while a test waits. */
const SLOW = `resource "ksvla_svm_image" "other" {
  manifest_path        = "${MANIFEST}"
  infrastructure_types = ["VMWARE"]
  verify               = false
}
`;

/** What the applies that come after say when they do not go on by themselves. */
export function expectedErrors({ object, moment, victim, backend, keepsJournal }: Case): readonly unknown[] {
  // A Terraform that outlives its plugin stores what was made before.
  if (moment === "unwritten" && victim === "plugin" && backend === "http") return [];
  const isSent = moment !== "before";
  if (keepsJournal) {
    // The API has no list of connections, so nobody but the user can look.
    const isUnknown = object.isListed === false && (moment === "before" || moment === "unanswered");
    return isUnknown ? [expect.stringContaining("cdktf-ksvla journal forget")] : [];
  }
  return isSent ? [expect.stringContaining("import")] : [];
}

export async function runKilled(given: Case): Promise<Outcome> {
  const simulator = await startSimulator({ timeScale: 0.02, habits: { reportedUpdatePeriod: "onOpenStackToo" } });
  const states = await StateServer.start();
  const kept = mkdtempSync(join(tmpdir(), "ksvla-kept-"));
  const bench = new Bench(given, simulator, states, kept);
  try {
    return await bench.run();
  } finally {
    await bench.stop();
    await states.stop();
    await simulator.stop();
    rmSync(kept, { recursive: true });
  }
}

class Bench {
  #workspace: Workspace | undefined;

  constructor(
    private readonly given: Case,
    private readonly simulator: Simulator,
    private readonly states: StateServer,
    private readonly kept: string,
  ) {}

  async run(): Promise<Outcome> {
    const { object, backend, moment } = this.given;
    const configuration = await object.prepare(this.simulator);
    const env = backend === "http" ? { KSVLA_JOURNAL_DIRECTORY: this.kept } : {};
    const workspace = await Workspace.create({ env: { ...environmentOf(this.simulator), ...env } });
    this.#workspace = workspace;
    const provider = `provider "ksvla" {\n  poll_interval = "50ms"\n}\n`;
    const before = backend === "http" ? this.states.backend : "";
    workspace.write(`${before}${provider}${configuration}${moment === "unwritten" ? SLOW : ""}`);
    await workspace.init();
    this.simulator.requests.clear();

    await this.#killedApply(workspace);
    this.simulator.faults.clear();
    await this.#freshCheckout(workspace);
    const errors = await this.#apply(workspace);
    return {
      errors,
      made: object.made(this.simulator),
      requests: this.simulator.requests.count(object.post),
      plan: await planned(workspace),
      entries: this.#journal(workspace).filter((file) => file.endsWith(".json")),
    };
  }

  /** The files of the journal, which is where it is by default, or elsewhere where the state is elsewhere, too. */
  #journal(workspace: Workspace): readonly string[] {
    const directory = this.given.backend === "http" ? this.kept : join(workspace.directory, ".terraform", "ksvla");
    return existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
  }

  async stop(): Promise<void> {
    this.#workspace?.dispose();
  }

  async #killedApply(workspace: Workspace): Promise<void> {
    const { victim } = this.given;
    const reached = this.#halt();
    const apply = workspace.start(["apply", "-auto-approve"]);
    const release = await reached(apply);
    kill(apply, victim);
    await apply.finished;
    await until(() => !groupIsAlive(apply.pid));
    await release();
  }

  /** Halts the next apply at the moment in question. */
  #halt(): (apply: Running) => Promise<() => Promise<void>> {
    const { object, moment } = this.given;
    const { faults, requests } = this.simulator;
    const { post, look } = object;
    const nothing = async () => {};
    const asked = (filter: RequestFilter, times = 1) => until(() => requests.count(filter) >= times);
    switch (moment) {
      case "before":
        faults.add({ ...post, fault: { kind: "latency", milliseconds: LONG } });
        faults.add({ ...post, fault: { kind: "dropBefore" } });
        return async () => {
          await asked(post);
          return nothing;
        };
      case "unanswered":
        faults.add({ ...post, fault: { kind: "slowHeaders", milliseconds: LONG } });
        return async () => {
          await until(() => object.isBegun?.(this.simulator) ?? object.made(this.simulator).length > 0);
          return nothing;
        };
      case "answered":
        faults.add({ ...look, fault: { kind: "latency", milliseconds: LONG } });
        return async () => {
          await asked(look);
          return nothing;
        };
      case "running": {
        const held = object.hold?.(this.simulator);
        if (held === undefined) faults.add({ ...look, skip: 1, fault: { kind: "latency", milliseconds: LONG } });
        return async () => {
          await held?.reached;
          await asked(look, 2);
          return async () => held?.release();
        };
      }
      case "unwritten":
        faults.add({ ...REGISTERED, fault: { kind: "slowHeaders", milliseconds: LONG } });
        return async (apply) => {
          await until(() => apply.output.includes(`${object.address}: Creation complete`));
          return nothing;
        };
    }
  }

  /** What is left of the run that was killed: what was persisted, and the journal where somebody keeps it. */
  async #freshCheckout(workspace: Workspace): Promise<void> {
    const { object, backend, moment, keepsJournal } = this.given;
    this.states.unlock();
    if (moment === "unwritten") {
      // Terraform writes a local state at once, and one elsewhere after 20 seconds.
      for (const name of ["terraform.tfstate", "terraform.tfstate.backup"]) {
        rmSync(join(workspace.directory, name), { force: true });
      }
    }
    // Without a journal, nothing can be known of an SVM as long as its image is uploaded.
    if (!keepsJournal) await object.settled?.(this.simulator);
    if (moment === "before" && keepsJournal) await delay(object.timeout ?? 0);
    if (!keepsJournal) for (const file of this.#journal(workspace)) rmSync(file);
    if (backend === "http") {
      rmSync(join(workspace.directory, ".terraform"), { recursive: true });
      await workspace.init();
    }
  }

  /** Applies until it succeeds, and does what each error says. */
  async #apply(workspace: Workspace): Promise<readonly string[]> {
    const errors: string[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const { code, output } = await workspace.run(["apply", "-auto-approve"]);
      if (code === 0) return errors;
      const error = flatten(output);
      errors.push(error);
      await this.#obey(workspace, error);
    }
    throw new Error(`The applies did not come to an end:\n${errors.join("\n\n")}`);
  }

  async #obey(workspace: Workspace, error: string): Promise<void> {
    const { object } = this.given;
    const [there] = object.made(this.simulator);
    const [, file] = /cdktf-ksvla journal forget ([^\s"]+)/.exec(error) ?? [];
    const [, id] = /terraform import ADDRESS ([^\s",]+)/.exec(error) ?? [];
    const console = error.includes("Integration Server Console") && there !== undefined;
    if (id !== undefined) await workspace.import(object.address, id);
    else if (console || error.includes("Import that connection by its id"))
      await workspace.import(object.address, there!);
    if (file !== undefined && existsSync(file)) rmSync(file);
  }
}

function kill(apply: Running, victim: Victim): void {
  if (victim === "both") process.kill(-apply.pid, "SIGKILL");
  else if (victim === "terraform") apply.kill("SIGKILL");
  else for (const plugin of pluginsIn(apply.pid)) process.kill(plugin, "SIGKILL");
}
