/** `ksvla watch`: what the run of Terraform here is doing on the Integration Server. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { isNotesFile } from "../notes";
import { duration, notEmpty } from "./shared/arguments";
import { journalsHere } from "./shared/journals";
import { possibleFolder } from "./shared/paths";
import { EXIT_CODES } from "./shared/report";
import type { Display } from "./watching/display";

interface WatchOptions {
  readonly json?: true;
  readonly timeout?: number;
  readonly journalDirectory?: string;
}

const HELP = `
A line per SVM with its step, percentage and time, then its id and address, or the
server's message. It reads what the provider notes beside its journal: no server is
asked, and it may begin before, during or after the run, on the machine of the run and
by the same user. The notes are found where the journals are:
  --journal-directory, or else all of
  KSVLA_JOURNAL_DIRECTORY,
  ksvla/ in Terraform's data directory (TF_DATA_DIR, .terraform) of this folder and
  of each stack of a CDKTF app here, and the journal_directory of their providers.

Where nothing runs, the last run of the past hour is told; without one, a run is waited
for. Exit code 1: something has failed, was interrupted, or the time was up.

Examples:
  ksvla watch
  ksvla watch --timeout 45m --json
`;

export function addWatchCommand(program: Command): void {
  program
    .command("watch")
    .description("show what the run of Terraform here is doing: each SVM's step, percentage and time")
    .option("--json", "write one event per line")
    .option("--timeout <duration>", "how long to watch at most, such as 45m (default: until the run ends)", duration)
    .option("--journal-directory <dir>", "where the run's journal is", notEmpty("the journal's directory"))
    .addHelpText("after", HELP)
    .action(watch);
}

async function watch({ json, timeout, journalDirectory }: WatchOptions): Promise<void> {
  const chosen = journalDirectory === undefined ? undefined : possibleFolder(journalDirectory, "--journal-directory");
  const { Follower } = await import("../notes");
  const { systemTime, watchRun } = await import("./watching/watch-run");
  const { conclusion } = await import("./watching/texts");
  const notes = () => foldersOf(chosen).flatMap(notesIn);
  const display = await displayFor(json === true, systemTime.now());
  const follower = new Follower(notes, systemTime.now);
  // Who has seen enough, as with `| head`, has watched enough, too.
  process.stdout.once("error", () => process.exit());
  if (notes().length === 0) display.say(waitingIn(foldersOf(chosen)));
  const outcome = await watchRun({ follower, display, time: systemTime }, timeout);
  display.say(conclusion(outcome, systemTime.now()));
  if (outcome.is === "out of time" || outcome.works.hasFailed) process.exitCode = EXIT_CODES.failed;
}

async function displayFor(json: boolean, now: number): Promise<Display> {
  const { stdout, stderr } = process;
  const print = (text: string): void => void stdout.write(text);
  if (json) {
    const { JsonDisplay } = await import("./watching/display");
    return new JsonDisplay(print, (text) => stderr.write(text));
  }
  if (!isTerminal(stdout)) {
    const { Lines } = await import("./watching/lines");
    return new Lines({ print, now });
  }
  const { Screen } = await import("./watching/screen");
  const { colours } = await import("./shared/colours");
  return new Screen({ print, size: () => ({ columns: stdout.columns, rows: stdout.rows }), colours }, now);
}

/** One on which the cursor can be moved. */
function isTerminal({ isTTY, columns = 0 }: NodeJS.WriteStream): boolean {
  return isTTY && columns > 0 && process.env["TERM"] !== "dumb";
}

/** Anew with every look: stacks and their data directories appear while a CDKTF app is deployed. */
function foldersOf(chosen: string | undefined): readonly string[] {
  if (chosen !== undefined) return [chosen];
  const named = process.env["KSVLA_JOURNAL_DIRECTORY"];
  return [...new Set([...(named ? [resolve(named)] : []), ...journalsHere(process.env)])];
}

/** None of a folder that is not there, or is being removed. */
function notesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(isNotesFile)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Who is in another folder than the run would wait for ever. */
function waitingIn(folders: readonly string[]): string {
  return `No run so far. It is looked for in ${folders.map((folder) => resolve(folder)).join(", ")}.`;
}
