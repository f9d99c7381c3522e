/** Where a provider block's notes are, and what becomes of them where they cannot be. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as tick } from "node:timers/promises";
import { announced } from "../src/notes";
import { openNotes } from "../src/provider-notes";
import { quietLog } from "./support/quiet-log";

const SUBJECT = { operation: "deploy", infrastructure: "12", svm: "a", place: "host-1" } as const;

let folder: string;
let before: string;

beforeEach(() => {
  before = process.cwd();
  folder = realpathSync(mkdtempSync(join(tmpdir(), "ksvla-notes-")));
  mkdirSync(join(folder, ".terraform", "ksvla"), { recursive: true });
  mkdirSync(join(folder, "run"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const open = (configured?: string, environment: Readonly<Record<string, string>> = {}) =>
  openNotes({ configured, environment, server: "viis:7271", now: Date.now, log: quietLog() });

test("beside the default journal, in a file of which a command that runs Terraform is told", async () => {
  open(undefined, { KSVLA_RUN_DIRECTORY: join(folder, "run") }).begin(SUBJECT);
  await tick();

  const [path = ""] = announced(join(folder, "run"));
  expect(
    readdirSync(join(folder, ".terraform", "ksvla")).map((name) => join(folder, ".terraform", "ksvla", name)),
  ).toEqual([path]);
  const [heading, note] = readFileSync(path, "utf8").split("\n");
  expect(JSON.parse(heading!)).toMatchObject({
    plugin: { pid: process.pid },
    terraform: { pid: process.ppid },
    server: "viis:7271",
    workspace: "default",
  });
  expect(JSON.parse(note!)).toMatchObject(SUBJECT);
  expect(readdirSync(join(folder, ".terraform"))).toEqual(["ksvla"]);
});

test("beside a journal that is elsewhere, which Terraform's data directory then tells", () => {
  mkdirSync(join(folder, "elsewhere"));
  open("elsewhere");

  expect(readdirSync(join(folder, "elsewhere"))).toHaveLength(1);
  expect(readFileSync(join(folder, ".terraform", "ksvla-journals"), "utf8")).toBe(`${join(folder, "elsewhere")}\n`);
});

test("nowhere, where there is no folder for them: nothing fails, and nobody is told of a file", async () => {
  const notes = open(join(folder, "missing"), { KSVLA_RUN_DIRECTORY: join(folder, "run") });
  notes.begin(SUBJECT).failed("x");
  await tick();
  expect(announced(join(folder, "run"))).toEqual([]);
});

test("unannounced, where the command that runs Terraform has no folder any more", () => {
  open(undefined, { KSVLA_RUN_DIRECTORY: join(folder, "gone") }).begin(SUBJECT);
  expect(readdirSync(join(folder, ".terraform", "ksvla"))).toHaveLength(1);
});
