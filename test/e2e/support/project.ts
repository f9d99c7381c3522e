/** A CDKTF project in a folder of its own, as a user of the published package has it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { groupIsAlive, Running } from "./run";
import { cleanEnvironment, terraform } from "./workspace";

const ROOT = join(__dirname, "..", "..", "..");
const CDKTF = join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");

export class Project {
  readonly directory = mkdtempSync(join(tmpdir(), "ksvla-app-"));
  readonly #env: NodeJS.ProcessEnv;
  readonly #started: number[] = [];

  /** @param env For what runs in it, on top of an environment that has nothing of the user's. */
  constructor(env: NodeJS.ProcessEnv = {}) {
    this.#env = { ...cleanEnvironment(this.directory), ...env, TERRAFORM_BINARY_NAME: terraform(), CI: "1" };
    for (const folder of ["home", "tmp"]) mkdirSync(join(this.directory, folder));
    this.#link("cdktf-ksvla", ROOT);
    for (const name of ["cdktf", "cdktn", "constructs", "@cdktf/provider-null"]) {
      this.#link(name, join(ROOT, "node_modules", name));
    }
  }

  /** Adds to the environment of what runs from now on. */
  export(env: NodeJS.ProcessEnv): void {
    Object.assign(this.#env, env);
  }

  /** Runs a program of Node.js. */
  node(...args: readonly string[]): Promise<string> {
    return this.run(process.execPath, args);
  }

  /** Runs the cdktf command line. */
  cdktf(...args: readonly string[]): Promise<string> {
    return this.node(CDKTF, ...args);
  }

  /** Runs Terraform in a synthesized stack's folder. */
  terraformOf(stack: string, ...args: readonly string[]): Promise<string> {
    return this.run(terraform(), args, this.pathOf(stack));
  }

  /** A path in a synthesized stack's folder. */
  pathOf(stack: string, ...path: readonly string[]): string {
    return join(this.directory, "cdktf.out", "stacks", stack, ...path);
  }

  readFile(name: string): string {
    return readFileSync(join(this.directory, name), "utf8");
  }

  writeFile(name: string, content: string): void {
    writeFileSync(join(this.directory, name), content);
  }

  /** Removes the folder; a process that was left behind is an error. */
  dispose(): void {
    const alive = this.#started.filter(groupIsAlive);
    for (const pid of alive) process.kill(-pid, "SIGKILL");
    rmSync(this.directory, { recursive: true, force: true });
    if (alive.length > 0) throw new Error(`Process groups left running: ${alive.join(", ")}`);
  }

  /** Runs a command to its end; an exit code other than 0 is an error that shows what it wrote. */
  protected async run(command: string, args: readonly string[], cwd = this.directory): Promise<string> {
    const running = new Running(command, args, { cwd, env: this.#env });
    this.#started.push(running.pid);
    const { code, output } = await running.finished;
    if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  }

  #link(name: string, target: string): void {
    const path = join(this.directory, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }
}
