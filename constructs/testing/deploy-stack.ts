/** Deploys stacks in a test, with the real Terraform, on a simulated Integration Server. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readInventory } from "../../src/inventory/read";
import {
  addFault,
  type FaultRule,
  type Habits,
  type Inventory,
  readFault,
  type Simulator,
  type Snapshot,
  snapshotOf,
  startSimulator,
  type WorkFault,
} from "../../src/simulator";
import type { PlannedChange, TestDeployment, TestDiagnostic, TestSignal } from "./deployment";
import { DeploymentError } from "./errors";
import { orAborted, whileAllowed } from "./limits";
import { parseState, type TestState } from "./state";
import { type DefineStacks, type SynthesizedStack, synthesize } from "./synthesis";
import { changesIn, diagnosticsIn, environment, requireTerraform, Terraform } from "./terraform";
import { WorkFolder } from "./work-folder";

/** On which server stacks are deployed, and what happens there. */
export interface DeployStackOptions {
  /**
   * What there is to connect to: the path of a YAML or JSON file, or the inventory itself.
   *
   * @default - the simulator's own world: one platform of every type
   */
  readonly inventory?: string | Inventory;
  /**
   * What goes wrong, as `ksvla simulator --fault` takes it: `deploy svm-01=fails:StartSvm`, or
   * `GET /virtualization/tasks/*=503@2`. Objects are those of `cdktf-ksvla/simulator`.
   *
   * @default - nothing
   */
  readonly faults?: readonly (string | FaultRule | WorkFault)[];
  /**
   * How the server differs from its documents, as some do.
   *
   * @default - not at all
   */
  readonly habits?: Partial<Habits>;
  /**
   * Terraform's variables by name, without `TF_VAR_`: the secrets of the stacks, and whatever else has no default. Those of the
   * environment are not seen.
   *
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Decides every id and every certificate on the simulated network.
   *
   * @default "ksvla"
   */
  readonly seed?: string;
  /**
   * Real seconds per simulated second.
   *
   * @default 0.01
   */
  readonly timeScale?: number;
  /**
   * More to do while the server still runs, such as a change behind Terraform's back, a second deployment, or the removal.
   * What is returned in the end is what there is then.
   *
   * @default - nothing
   */
  readonly afterwards?: (deployed: RunningDeployment) => Promise<void> | void;
  /**
   * Milliseconds after which the deployment is ended. Give your test a little longer.
   *
   * @default 120,000
   */
  readonly timeout?: number;
  /**
   * Ends the deployment, such as that of Vitest's test context.
   *
   * @default - only time ends it, and the end of the test where the entry for Jest or Vitest is set up
   */
  readonly signal?: TestSignal;
}

/** A deployment while its server runs. */
export interface RunningDeployment {
  /** What is done to it happens behind Terraform's back. */
  readonly simulator: Simulator;
  /** What is on the server now. */
  server(): Snapshot;
  /**
   * Deploys again: the same stacks, or others in their place, as after an edit.
   *
   * @throws DeploymentError
   */
  deploy(define?: DefineStacks): Promise<void>;
  /** What a deployment would change now. */
  plan(): Promise<readonly PlannedChange[]>;
  /**
   * Removes everything, the last stack first.
   *
   * @throws DeploymentError
   */
  destroy(): Promise<void>;
}

/**
 * Deploys an app's stacks with the Terraform or OpenTofu on the PATH (or that `TERRAFORM_BINARY_NAME` names) on a simulated
 * Integration Server of its own. No other server is reached, whatever the stacks say, and no other state is touched. When the
 * promise is settled, there is no port, file or process of it any more.
 *
 * ```ts
 * const { server } = await deployStack((app) => new SiteStack(app, "prague", props), {
 *   inventory: "test/prague.yaml",
 *   variables: { PRG_PASSWORD: "Admin-Passw0rd" },
 * });
 * ```
 *
 * @param define adds stacks to the app that it is given
 * @throws DeploymentError where Terraform fails, with what there is nevertheless; InventoryError; what CDKTF throws at synth; an
 * Error where there is no Terraform or time is up
 */
export async function deployStack(define: DefineStacks, options: DeployStackOptions = {}): Promise<TestDeployment> {
  const binary = requireTerraform();
  const { inventory, timeout = 120_000, signal } = options;
  const faults = (options.faults ?? []).map((fault) => (typeof fault === "string" ? readFault(fault) : fault));
  const world = typeof inventory === "string" ? readInventory(inventory) : inventory;
  return whileAllowed({ timeout, signal }, async (limit) => {
    const folder = new WorkFolder();
    try {
      const simulator = await startSimulator({
        timeScale: options.timeScale ?? 0.01,
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(options.habits === undefined ? {} : { habits: options.habits }),
        ...(world === undefined ? {} : { inventory: world }),
      });
      try {
        for (const fault of faults) addFault(simulator, fault);
        const terraform = new Terraform(binary, environment(options.variables ?? {}), folder, limit);
        const deployment = new Deployment(folder.path, simulator, terraform, define);
        await orAborted(deployment.deploy(), limit);
        await orAborted(options.afterwards?.(deployment.running), limit);
        return await deployment.result();
      } finally {
        await simulator.stop();
      }
    } finally {
      await folder.remove();
    }
  });
}

class Deployment {
  readonly #warnings: TestDiagnostic[] = [];
  #stacks: readonly SynthesizedStack[] = [];

  constructor(
    private readonly folder: string,
    private readonly simulator: Simulator,
    private readonly terraform: Terraform,
    private define: DefineStacks,
  ) {}

  /** Its functions may be taken out of it. */
  get running(): RunningDeployment {
    const { simulator } = this;
    return {
      simulator,
      server: () => snapshotOf(simulator.world),
      deploy: (define) => this.deploy(define),
      plan: () => this.plan(),
      destroy: () => this.destroy(),
    };
  }

  async deploy(define = this.define): Promise<void> {
    this.define = define;
    this.#stacks = await synthesize(define, join(this.folder, "app"), this.#surroundings());
    for (const stack of this.#stacks) {
      await this.#run(stack, "init", "-no-color");
      await this.#run(stack, "apply", "-auto-approve", "-json");
    }
  }

  async plan(): Promise<readonly PlannedChange[]> {
    const changes: PlannedChange[] = [];
    for (const stack of this.#stacks) changes.push(...changesIn(stack.name, await this.#run(stack, "plan", "-json")));
    return changes;
  }

  async destroy(): Promise<void> {
    for (const stack of this.#stacks.toReversed()) await this.#run(stack, "destroy", "-auto-approve", "-json");
  }

  async result(): Promise<TestDeployment> {
    return { ...this.#present(), changes: await this.plan() };
  }

  /** All that can be said without another plan. */
  #present(): TestDeployment {
    const states = this.#stacks.map(({ name }) => [name, this.#stateOf(name)]);
    return {
      state: Object.fromEntries(states),
      server: snapshotOf(this.simulator.world),
      changes: [],
      warnings: this.#warnings,
      requests: this.simulator.requests.all.map(({ method, path, status }) => ({ method, path, status })),
    };
  }

  async #run({ name, folder }: SynthesizedStack, ...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.terraform.run(folder, ...args);
    const diagnostics = diagnosticsIn(stdout);
    // A plan says once more what the apply has said.
    if (args[0] !== "plan") this.#warnings.push(...diagnostics.filter(({ severity }) => severity === "warning"));
    if (code === 0) return stdout;
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    throw new DeploymentError(`terraform ${args[0]}`, name, errors, `${stdout}\n${stderr}`, this.#present());
  }

  #surroundings() {
    const { address, username, password, caCertificate } = this.simulator;
    return {
      provider: {
        address,
        username,
        password,
        ca_certificate: caCertificate,
        thumbprint: null,
        insecure: null,
        journal_directory: null,
        poll_interval: "50ms",
      },
      statePathOf: (stack: string) => this.#statePathOf(stack),
    };
  }

  #statePathOf(stack: string): string {
    return join(this.folder, `${stack}.tfstate`);
  }

  #stateOf(stack: string): TestState {
    const path = this.#statePathOf(stack);
    return parseState(existsSync(path) ? readFileSync(path, "utf8") : undefined);
  }
}
