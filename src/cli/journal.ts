/** `ksvla journal`: what runs have begun here and did not see end. */
import { existsSync, lstatSync, rmSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Command } from "commander";
import {
  DirectoryStore,
  type Entry,
  type Ignored,
  isJournalFile,
  readEntries,
  type Standing,
  standingOf,
} from "../journal";
import { notEmpty } from "./shared/arguments";
import { journalsHere } from "./shared/journals";
import { writeDocument, writeText } from "./shared/output";

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
    .description("list what runs have begun and Terraform is not known to have stored, with import ids")
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
    .argument("<file>", "the entry's file, as errors and the list name it")
    .action(forget);
}

interface Listed {
  readonly file: string;
  readonly entry: Entry;
  readonly standing: Standing;
}

function list({ json, journalDirectory }: JournalCommandOptions): void {
  const now = Date.now();
  const directories = journalDirectory === undefined ? journalsIn(process.env) : [existing(journalDirectory)];
  const listed: Listed[] = [];
  const ignored: Ignored[] = [];
  for (const directory of directories) {
    const store = new DirectoryStore(directory, now);
    const found = readEntries(store);
    ignored.push(...found.ignored);
    for (const [name, entry] of found.entries) {
      listed.push({ file: store.pathOf(name), entry, standing: standingOf(entry, now) });
    }
  }
  listed.sort((one, other) => one.entry.begun - other.entry.begun);
  if (json) writeDocument(document(listed, ignored));
  else writeText(text(listed, ignored, directories));
}

function existing(directory: string): string {
  if (existsSync(directory)) return directory;
  throw new Error(`There is no journal in ${resolve(directory)}.`);
}

/** The one that the environment names, else those of this folder and of the stacks of a CDKTF app in it. */
function journalsIn(environment: NodeJS.ProcessEnv): readonly string[] {
  const configured = environment["KSVLA_JOURNAL_DIRECTORY"];
  return configured ? [existing(configured)] : journalsHere(environment).filter((journal) => existsSync(journal));
}

function document(listed: readonly Listed[], ignored: readonly Ignored[]) {
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
  return { entries, ignored };
}

function text(listed: readonly Listed[], ignored: readonly Ignored[], directories: readonly string[]): string {
  const where = directories.length === 0 ? "no journal here" : directories.join(", ");
  const blocks = listed.map(block);
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
    `  next run:  ${NEXT_RUN[standing]}`,
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
  answered: "takes it over",
  old: "leaves it alone, and names its import id",
};

const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

function forget(file: string): void {
  const path = resolve(file);
  if (!isJournalFile(basename(path))) {
    throw new Error(`${path} is no entry of a journal. "ksvla journal" lists the entries with their files.`);
  }
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) throw new Error(`There is no ${path}.`);
  rmSync(path);
  writeText(`Forgotten: ${basename(path)} in ${dirname(path)}`);
}
