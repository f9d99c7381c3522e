/** A folder in which the real Terraform runs, with our plugin installed as a user would have it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPlugin } from "../../../src/installation";
import { findTerraform } from "../../../src/installation/terraform-binary";
import { PATH } from "../../support/path";
import { type Finished, groupIsAlive, Running } from "./run";

export interface WorkspaceOptions {
  /** For Terraform, on top of an environment that has nothing of the user's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Puts plugins into this plugin directory. By default it is ours that is put there. */
  readonly install?: (directory: string) => void;
}

/** What `terraform show -json` says of a state. */
export interface ShownState {
  readonly values?: { readonly root_module: { readonly resources?: readonly ShownResource[] } };
}
export interface ShownResource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly identity?: Readonly<Record<string, unknown>>;
  readonly tainted?: boolean;
}
/** What `terraform show -json` says of a plan. */
export interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[]; readonly replace_paths?: readonly unknown[] };
  }[];
}

export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), "ksvla-"));
  readonly #env: NodeJS.ProcessEnv;
  readonly #started: number[] = [];

  /** A workspace without a configuration; see {@link write} and {@link init}. */
  static async create(options: WorkspaceOptions = {}): Promise<Workspace> {
    const workspace = new Workspace(options);
    await mkdir(join(workspace.directory, "tmp"));
    await mkdir(join(workspace.directory, "home"));
    const { install = (directory) => installPlugin({ directory }) } = options;
    install(join(workspace.directory, "terraform.d", "plugins"));
    return workspace;
  }

  /** A workspace that is initialized for this configuration. */
  static async with(configuration: string, options: WorkspaceOptions = {}): Promise<Workspace> {
    const workspace = await Workspace.create(options);
    workspace.write(configuration);
    await workspace.init();
    return workspace;
  }

  private constructor({ env }: WorkspaceOptions) {
    this.#env = { ...cleanEnvironment(this.directory), ...env };
  }

  /** Replaces the configuration; the provider is required already. */
  write(configuration: string): void {
    this.writeFile("main.tf", `${REQUIRED_PROVIDERS}\n${configuration}\n`);
  }

  writeFile(name: string, content: string): void {
    writeFileSync(join(this.directory, name), content);
  }

  readFile(name: string): string {
    return readFileSync(join(this.directory, name), "utf8");
  }

  /** Starts Terraform in a process group of its own. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    return this.startProgram(terraform(), args, env);
  }

  /** The same for another program. */
  startProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    const running = new Running(program, args, { cwd: this.directory, env: { ...this.#env, ...env } });
    this.#started.push(running.pid);
    return running;
  }

  /** Runs Terraform to its end, whatever that is. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finished> {
    return this.start(args, env).finished;
  }

  /** Runs Terraform; an exit code other than 0 is an error that shows what it wrote. */
  async succeed(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finished> {
    const finished = await this.run(args, env);
    if (finished.code !== 0) {
      throw new Error(`terraform ${args.join(" ")} ended with ${finished.code}:\n${finished.output}`);
    }
    return finished;
  }

  init(): Promise<Finished> {
    return this.succeed(["init"]);
  }

  /** Exit code 0 of `plan -detailed-exitcode` is an empty plan, 2 one with changes. */
  plan(...args: string[]): Promise<Finished> {
    return this.run(["plan", "-detailed-exitcode", ...args]);
  }

  apply(...args: string[]): Promise<Finished> {
    return this.succeed(["apply", "-auto-approve", ...args]);
  }

  /** An apply that is expected to fail. */
  async failingApply(...args: string[]): Promise<Finished> {
    const finished = await this.run(["apply", "-auto-approve", ...args]);
    if (finished.code === 0) throw new Error(`This apply should have failed:\n${finished.output}`);
    return finished;
  }

  destroy(...args: string[]): Promise<Finished> {
    return this.succeed(["destroy", "-auto-approve", ...args]);
  }

  import(address: string, id: string): Promise<Finished> {
    return this.succeed(["import", address, id]);
  }

  /** Plans and tells, by resource address, what would be done: `["delete", "create"]` is a replacement. */
  async plannedActions(...args: string[]): Promise<Record<string, readonly string[]>> {
    await this.succeed(["plan", "-out=plan.bin", ...args]);
    const { stdout } = await this.succeed(["show", "-json", "plan.bin"]);
    const plan = JSON.parse(stdout) as ShownPlan;
    return Object.fromEntries((plan.resource_changes ?? []).map(({ address, change }) => [address, change.actions]));
  }

  /** The resources and data sources in the state, by address. */
  async state(): Promise<Record<string, ShownResource>> {
    const { stdout } = await this.succeed(["show", "-json"]);
    const state = JSON.parse(stdout) as ShownState;
    return Object.fromEntries((state.values?.root_module.resources ?? []).map((item) => [item.address, item]));
  }

  /** The values of one resource or data source in the state. */
  async values(address: string): Promise<Readonly<Record<string, unknown>>> {
    const found = (await this.state())[address];
    if (found === undefined) throw new Error(`${address} is not in the state.`);
    return found.values;
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.succeed(["output", "-json"]);
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Removes the folder; a process that a Terraform of this workspace has left behind is an error. */
  dispose(): void {
    const alive = this.#started.filter(groupIsAlive);
    for (const pid of alive) process.kill(-pid, "SIGKILL");
    rmSync(this.directory, { recursive: true, force: true });
    if (alive.length > 0) throw new Error(`Process groups left running: ${alive.join(", ")}`);
  }
}

const REQUIRED_PROVIDERS = `terraform {
  required_providers {
    ksvla = {
      source = "terraform.local/ksvla/ksvla"
    }
  }
}
`;

/** The path of the Terraform under test. */
export function terraform(): string {
  const found = findTerraform();
  if (found === undefined) throw new Error("These tests need Terraform 1.11 or later on the PATH.");
  return found;
}

/** Nothing of the user's Terraform settings, plugins and credentials; plain output and no calls home. */
export function cleanEnvironment(directory: string): NodeJS.ProcessEnv {
  return {
    PATH,
    HOME: join(directory, "home"),
    TMPDIR: join(directory, "tmp"),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_CLI_ARGS: "-no-color",
  };
}
