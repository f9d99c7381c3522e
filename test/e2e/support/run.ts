/** Runs a command in a process group of its own, so that the whole group can be signalled and looked for. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}
export interface Finished {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as they came. */
  readonly output: string;
}

export class Running {
  readonly pid: number;
  readonly finished: Promise<Finished>;
  #output = "";

  constructor(command: string, args: readonly string[], options: RunOptions) {
    const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    // A command that cannot be started has no process id (0 would signal our own group); its error event says no more.
    child.once("error", () => {});
    if (child.pid === undefined) throw new Error(`${command} cannot be started in ${options.cwd}.`);
    this.pid = child.pid;
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      this.#output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      this.#output += text;
    });
    this.finished = once(child, "close").then(([code]) => ({
      code: code as number | null,
      stdout,
      stderr,
      output: this.#output,
    }));
  }

  /** What it has written so far. */
  get output(): string {
    return this.#output;
  }

  /** Signals the command alone. */
  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Signals the whole group, as a terminal does on Ctrl-C. */
  interrupt(): void {
    process.kill(-this.pid, "SIGINT");
  }
}

/**
 * True as long as the command, or anything that it started, runs. What has ended and waits for somebody to take note, as in a
 * container whose first process takes care of no orphans, does not.
 */
export function groupIsAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  const processes = execFileSync("ps", ["-A", "-o", "pgid=,stat="], { encoding: "utf8" }).split("\n");
  return processes
    .map((line) => line.trim().split(/\s+/))
    .some(([id, state]) => Number(id) === group && !/^[ZX]/.test(state ?? ""));
}

/** Process ids of our plugins in Terraform's process group. */
export function pluginsIn(group: number): number[] {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,pgid=,args="], { encoding: "utf8" });
  return processes
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, pgid, ...args]) => Number(pgid) === group && args.join(" ").includes("terraform-provider-ksvla"))
    .map(([pid]) => Number(pid));
}
