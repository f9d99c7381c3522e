/** Runs a command as if this process were not there. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { constants } from "node:os";
import { oneLine } from "../shared/report";

/** As of shells. */
const NOT_FOUND = 127;
const NOT_STARTED = 126;
const SIGNALLED = 128;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such program, or not what its first line names",
  EACCES: "it is a folder, or a file that may not be executed",
  ENOTDIR: "its path leads through a file",
  ENOEXEC: "it is no program for this machine",
  E2BIG: "its arguments and environment are too long",
};

/** Returns the exit code that the command has ended with, as a shell tells it. */
export function runChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    // Before there is a command that could be left alone: what comes meanwhile is heard afterwards.
    const forget = handOn((signal) => child.kill(signal));
    const child = spawn(command, args, { stdio: "inherit", env });
    child.once("error", (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      forget();
      process.stderr.write(`error: "${command}" cannot be started: ${reasonOf(error)}\n`);
      resolve(error.code === "ENOENT" ? NOT_FOUND : NOT_STARTED);
    });
    child.once("exit", (code, signal) => {
      forget();
      resolve(code ?? SIGNALLED + constants.signals[signal ?? "SIGKILL"]);
    });
  });
}

function reasonOf(error: NodeJS.ErrnoException): string {
  const reason = REASONS[error.code ?? ""];
  return reason === undefined ? oneLine(error) : `${reason} (${error.code})`;
}

/** What a terminal sends to all processes of its foreground by itself: twice, it would be another order. */
const OF_TERMINALS = ["SIGINT", "SIGQUIT", "SIGHUP"] as const;

/** Hands signals on, and lives on itself until the command has ended. Returns what ends that. */
function handOn(send: (signal: NodeJS.Signals) => void): () => void {
  const sendsItself = hasTerminal();
  const listeners = [
    ["SIGTERM", () => send("SIGTERM")] as const,
    ...OF_TERMINALS.map((signal) => [signal, sendsItself ? () => undefined : () => send(signal)] as const),
  ];
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}

/** Whether there is a terminal that controls this process, also where all of its input and output is redirected. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
