/** `ksvla journal`: what runs have begun here and did not see end. */
import { existsSync, lstatSync, rmSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Command } from "commander";
import {
  DirectoryStore,
  type Entry,
  type Ignored,
  isJournalFile,
  type Removal,
  readEntries,
  readRemovals,
  type Standing,
  standingOf,
} from "../journal";
import { notEmpty } from "./shared/arguments";
import { journalsHere } from "./shared/journals";
import { writeDocument, writeText } from "./shared/output";
import { readableFolder } from "./shared/paths";
import { UsageError } from "./shared/report";

interface JournalCommandOptions {
  readonly json?: true;
  readonly journalDirectory?: string;
}

const EXAMPLES = `
Examples:
  ksvla journal
  ksvla journal --json --journal-directory /var/lib/ksvla/site-a
  ksvla journal forget .terraform/ksvla/svm-0123456789abcdef0123456789abcdef.json
`;

export function addJournalCommand(program: Command): void {
  const journal = program
    .command("journal")
    .description(
      "list what runs have begun to make and Terraform is not known to have stored, and what they have begun to remove",
    )
    .option("--json", "write one JSON document")
    .option(
      "--journal-directory <dir>",
      "the journal (default: KSVLA_JOURNAL_DIRECTORY, else the ones that Terraform's data directories here have)",
      notEmpty("the journal's directory"),
    )
    .addHelpText("after", EXAMPLES)
    .action(list);
  journal
    .command("forget")
    .description("remove an entry, so that no run takes its object over or waits for it any more")
    .argument("<file>", "the entry's file, as errors and the list name it", notEmpty("the entry's file"))
    .action(forget);
}

interface Listed {
  readonly file: string;
  readonly entry: Entry;
  readonly standing: Standing;
}

interface ListedRemoval {
  readonly file: string;
  readonly removal: Removal;
  /** Whether a later run still waits for it. */
  readonly isAwaited: boolean;
}

interface Contents {
  readonly entries: readonly Listed[];
  readonly removals: readonly ListedRemoval[];
  readonly ignored: readonly Ignored[];
}

function list({ json, journalDirectory }: JournalCommandOptions): void {
  const now = Date.now();
  const directories =
    journalDirectory === undefined
      ? journalsIn(process.env)
      : [readableFolder(journalDirectory, "--journal-directory")];
  const read = directories.map((directory) => contentsOf(new DirectoryStore(directory), now));
  const contents: Contents = {
    entries: read.flatMap(({ entries }) => entries).sort((one, other) => one.entry.begun - other.entry.begun),
    removals: read.flatMap(({ removals }) => removals).sort((one, other) => one.removal.begun - other.removal.begun),
    ignored: read.flatMap(({ ignored }) => ignored),
  };
  if (json) writeDocument(document(contents));
  else writeText(text(contents, directories));
}

function contentsOf(store: DirectoryStore, now: number): Contents {
  const made = readEntries(store);
  const removed = readRemovals(store);
  return {
    entries: made.entries.map(([name, entry]) => ({
      file: store.pathOf(name),
      entry,
      standing: standingOf(entry, now),
    })),
    removals: removed.removals.map(([name, removal]) => ({
      file: store.pathOf(name),
      removal,
      isAwaited: removal.taskId !== undefined || now < removal.expires,
    })),
    ignored: [...made.ignored, ...removed.ignored],
  };
}

/** The one that the environment names, else those of this folder and of the stacks of a CDKTF app in it. */
function journalsIn(environment: NodeJS.ProcessEnv): readonly string[] {
  const configured = environment["KSVLA_JOURNAL_DIRECTORY"];
  if (configured) return [readableFolder(configured, "KSVLA_JOURNAL_DIRECTORY")];
  return journalsHere(environment).filter((journal) => existsSync(journal));
}

function document({ entries: listed, removals, ignored }: Contents) {
  const entries = listed.map(({ file, standing, entry }) => ({
    file,
    kind: entry.kind,
    name: entry.name,
    standing,
    importId: importIdOf(entry),
    taskId: entry.taskId ?? null,
    server: entry.server,
    workspace: entry.workspace,
    stack: entry.stack,
    place: entry.place,
    begun: timeOf(entry.begun),
    answered: entry.answered === undefined ? null : timeOf(entry.answered),
  }));
  const sent = removals.map(({ file, isAwaited, removal }) => ({
    file,
    kind: removal.kind,
    name: removal.name,
    standing: isAwaited ? "awaited" : "expired",
    importId: removal.id,
    taskId: removal.taskId ?? null,
    server: removal.server,
    workspace: removal.workspace,
    stack: removal.stack,
    begun: timeOf(removal.begun),
  }));
  return { entries, removals: sent, ignored };
}

function text({ entries, removals, ignored }: Contents, directories: readonly string[]): string {
  const where = directories.length === 0 ? "no journal here" : directories.join(", ");
  const blocks = [...entries.map(block), ...removals.map(removalBlock)];
  if (blocks.length === 0) blocks.push(`Nothing was begun that Terraform is not known to have stored (${where}).\n`);
  for (const { file, reason } of ignored) blocks.push(`Ignored: ${file}: ${reason}\n`);
  return blocks.join("\n");
}

function block({ file, entry, standing }: Listed): string {
  const { name, server, workspace, stack, begun } = entry;
  return [
    `The ${name}`,
    `  begun:     ${timeOf(begun)} by the workspace "${workspace}" of ${stack}, on ${server}`,
    `  known as:  ${knownAs(entry)}`,
    `  next run:  ${entry.left === undefined ? NEXT_RUN[standing] : TAINTED}`,
    `  file:      ${file}`,
    "",
  ].join("\n");
}

function removalBlock({ file, removal, isAwaited }: ListedRemoval): string {
  const { name, server, workspace, stack, begun, id, taskId } = removal;
  return [
    `The removal of the ${name}`,
    `  begun:     ${timeOf(begun)} by the workspace "${workspace}" of ${stack}, on ${server}`,
    `  known as:  import id ${id}${taskId === undefined ? "" : `, task ${taskId}`}`,
    `  next run:  ${isAwaited ? "waits for its end, and believes no list that still shows the object" : "looks anew, and waits for nothing"}`,
    `  file:      ${file}`,
    "",
  ].join("\n");
}

/** Images cannot be imported. */
function importIdOf({ kind, id }: Entry): string | null {
  return kind === "image" ? null : (id ?? null);
}

function knownAs(entry: Entry): string {
  const { id, taskId } = entry;
  const importId = importIdOf(entry);
  if (importId !== null) return `import id ${importId}`;
  if (id !== undefined) return `id ${id}, which cannot be imported`;
  return taskId === undefined ? "nothing: its answer never came" : `task ${taskId}`;
}

const NEXT_RUN: Readonly<Record<Standing, string>> = {
  unanswered: "looks for it, or says how to go on",
  expired: "takes nothing for it any more",
  answered: "takes it over, unless Terraform has stored it",
  old: "leaves it alone, and names its import id",
};

/** Its creation ended with an error. */
const TAINTED =
  "goes by Terraform, which has it as tainted; with create_before_destroy, what has failed is removed before its successor is made";

const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

function forget(file: string): void {
  const path = resolve(file);
  if (!isJournalFile(basename(path))) {
    throw new UsageError(`${path} is no entry of a journal. "ksvla journal" lists the entries with their files.`);
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`There is no ${path}.`);
  if (found.isDirectory()) throw new UsageError(`${path} is a folder.`);
  rmSync(path);
  writeText(`Forgotten: ${basename(path)} in ${dirname(path)}`);
}
