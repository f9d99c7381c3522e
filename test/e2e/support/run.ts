/** Runs a command in a process group of its own, so that the whole group can be signalled and looked for. */
import { spawn } from "node:child_process";
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
  readonly #child;
  #stdout = "";
  #stderr = "";
  #output = "";
  #onOutput: () => void = () => {};

  constructor(command: string, args: readonly string[], options: RunOptions) {
    this.#child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.pid = this.#child.pid ?? 0;
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#stdout += text;
      this.#received(text);
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr += text;
      this.#received(text);
    });
    this.finished = once(this.#child, "close").then(([code]) => ({
      code: code as number | null,
      stdout: this.#stdout,
      stderr: this.#stderr,
      output: this.#output,
    }));
  }

  /** Resolves when the output matches; rejects when the command ends without it. */
  async outputs(pattern: RegExp): Promise<void> {
    const matched = new Promise<void>((resolve) => {
      this.#onOutput = () => pattern.test(this.#output) && resolve();
      this.#onOutput();
    });
    const ended = this.finished.then(({ output }) => {
      if (!pattern.test(output)) throw new Error(`The command ended without ${pattern}. It wrote:\n${output}`);
    });
    await Promise.race([matched, ended]);
  }

  /** Signals the command alone. */
  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Signals the whole group, as a terminal does on Ctrl-C. */
  interrupt(): void {
    process.kill(-this.pid, "SIGINT");
  }

  #received(text: string): void {
    this.#output += text;
    this.#onOutput();
  }
}

/** True as long as the command, or anything that it started, runs. */
export function groupIsAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
