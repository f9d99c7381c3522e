/** A folder of a test, and the processes that work in it. Neither outlives the test's own process, however that ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, mkdtempSync, rmSync } from "node:fs";
import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Finished {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Waits for the end of its input, which comes when the test's process has closed it or is gone. The last line that came is
 * the process group that runs, if any does: it is ended, and the folder removed.
 */
const KEEPER = 'while read -r line; do group=$line; done; [ -z "$group" ] || kill -KILL "-$group"; rm -rf -- "$1"';

/**
 * Tells the keeper its group before it becomes the command, so that there is no moment at which nobody would end it. A keeper
 * that is gone is told in vain.
 */
const BECOME = '(echo "$$" >&3) 2>/dev/null; exec 3>&-; exec "$0" "$@"';

export class WorkFolder {
  readonly path = mkdtempSync(join(tmpdir(), "ksvla-test-"));
  readonly #keeper: ChildProcess;
  #running: Promise<unknown> = Promise.resolve();

  constructor() {
    // In a session of its own, so that Ctrl-C leaves it time.
    this.#keeper = spawn("/bin/sh", ["-c", KEEPER, "ksvla-test-keeper", this.path], {
      cwd: "/",
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    // A keeper that is gone, or is not there, keeps nothing: the folder is removed all the same when the work ends.
    this.#keeper.on("error", () => {}).stdin?.on("error", () => {});
  }

  /** Runs one command to its end; when the signal aborts, everything that it has started ends with it. */
  run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
    const running = this.#run(command, args, options);
    this.#running = running.catch(() => {});
    return running;
  }

  async #run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
    await access(command, constants.X_OK);
    options.signal.throwIfAborted();
    const child = spawn("/bin/sh", ["-c", BECOME, command, ...args], {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", this.#isKept ? this.#keeper.stdin : "ignore"],
    });
    const failed = new Promise<never>((_, fail) => child.once("error", fail));
    const { pid } = child;
    if (pid === undefined) return failed;
    const kill = (): void => killGroup(pid);
    options.signal.addEventListener("abort", kill);
    try {
      const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
      const [code] = await Promise.race([once(child, "close"), failed]);
      options.signal.throwIfAborted();
      return { code: code ?? undefined, stdout: await stdout, stderr: await stderr };
    } finally {
      options.signal.removeEventListener("abort", kill);
      this.#keeper.stdin?.write("\n");
    }
  }

  /** Removes the folder, when nothing in it runs any more. */
  async remove(): Promise<void> {
    await this.#running;
    rmSync(this.path, { recursive: true, force: true });
    if (!this.#isKept) return;
    const ended = once(this.#keeper, "exit");
    this.#keeper.stdin?.end();
    await ended;
  }

  get #isKept(): boolean {
    return this.#keeper.exitCode === null && this.#keeper.pid !== undefined;
  }
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  if (stream === null) return text;
  stream.setEncoding("utf8");
  for await (const piece of stream) text += piece;
  return text;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It has ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
