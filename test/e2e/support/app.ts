/** A CDKTF project in a folder of its own, as a user of the published package has it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { groupIsAlive, Running } from "./run";
import { cleanEnvironment, terraform } from "./workspace";

const ROOT = join(__dirname, "..", "..", "..");
const CDKTF = join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");

/** The project's one stack. */
export const STACK = "stack";

export class App {
  readonly directory = mkdtempSync(join(tmpdir(), "ksvla-app-"));
  readonly #env: NodeJS.ProcessEnv;
  readonly #started: number[] = [];

  /** @param stack The body of the stack's constructor, in JavaScript; it sees `cdktf`, `ksvla` and `nullProvider`. */
  constructor(stack: string, env: NodeJS.ProcessEnv = {}) {
    this.#env = { ...cleanEnvironment(this.directory), ...env, TERRAFORM_BINARY_NAME: terraform(), CI: "1" };
    for (const folder of ["home", "tmp"]) mkdirSync(join(this.directory, folder));
    this.#link("cdktf-ksvla", ROOT);
    for (const name of ["cdktf", "constructs", "@cdktf/provider-null"]) {
      this.#link(name, join(ROOT, "node_modules", name));
    }
    this.#write(
      "cdktf.json",
      JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" }),
    );
    this.define(stack);
  }

  /** Replaces the stack. */
  define(stack: string): void {
    this.#write(
      "main.js",
      `const cdktf = require("cdktf");
const ksvla = require("cdktf-ksvla");
const nullProvider = () => require("@cdktf/provider-null");
class Stack extends cdktf.TerraformStack {
  constructor(scope, id) {
    super(scope, id);
    ${stack}
  }
}
const app = new cdktf.App();
new Stack(app, "${STACK}");
app.synth();
`,
    );
  }

  /** Runs the app itself, which synthesizes the stack. */
  synth(): Promise<string> {
    return this.#run(process.execPath, ["main.js"], this.directory);
  }

  /** Runs the cdktf command line. */
  cdktf(...args: readonly string[]): Promise<string> {
    return this.#run(process.execPath, [CDKTF, ...args], this.directory);
  }

  /** Runs Terraform in the synthesized stack's folder. */
  terraform(...args: readonly string[]): Promise<string> {
    return this.#run(terraform(), args, this.stackPath());
  }

  /** A path in the synthesized stack's folder. */
  stackPath(...path: readonly string[]): string {
    return join(this.directory, "cdktf.out", "stacks", STACK, ...path);
  }

  readFile(name: string): string {
    return readFileSync(join(this.directory, name), "utf8");
  }

  dispose(): void {
    const alive = this.#started.filter(groupIsAlive);
    for (const pid of alive) process.kill(-pid, "SIGKILL");
    rmSync(this.directory, { recursive: true, force: true });
    if (alive.length > 0) throw new Error(`Process groups left running: ${alive.join(", ")}`);
  }

  async #run(command: string, args: readonly string[], cwd: string): Promise<string> {
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

  #write(name: string, content: string): void {
    writeFileSync(join(this.directory, name), content);
  }
}
