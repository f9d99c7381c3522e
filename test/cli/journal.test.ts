/** `ksvla journal`, as a user runs it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectoryStore, fingerprintOf, Journal } from "../../src/journal";
import { cleanEnvironment } from "../e2e/support/workspace";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");
const WEEK = 7 * 24 * 3_600_000;

let folder: string;
let directory: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-cli-"));
  directory = join(folder, ".terraform", "ksvla");
});
afterEach(() => rmSync(folder, { recursive: true }));

function ksvla(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const options = { cwd: folder, env: { ...cleanEnvironment(folder), ...env } };
  return spawnSync(process.execPath, [KSVLA, "journal", ...args], { ...options, encoding: "utf8" });
}

function journalIn(location: string, now = Date.now()): Journal {
  return new Journal({
    store: new DirectoryStore(location, now),
    server: "viis:7271",
    scope: { workspace: "default", stack: "site" },
    run: "1",
    now: () => now,
    isRequired: true,
    report: () => {},
  });
}

function beginRemoval(name: string, { id = "12/vm-1", now = Date.now(), taskId = "" } = {}) {
  const sent = journalIn(directory, now).beginRemoval({ kind: "svm", id, name: `SVM "${name}"` }, 60_000);
  if (taskId !== "") sent.note(taskId);
  return sent;
}

function begin(name: string, { location = directory, now = Date.now(), id = "" } = {}) {
  const place = { infrastructure: "12", location: "host-1", name };
  const fingerprint = fingerprintOf({ identity: {}, settings: {} });
  const started = journalIn(location, now).begin({
    kind: "svm",
    place,
    name: `SVM "${name}"`,
    fingerprint,
    expiresAfter: 1_000,
  });
  if (id !== "") started.note({ taskId: "task-1", id });
  return started;
}

test("lists what was begun here, with import ids and files", () => {
  const { file } = begin("a", { id: "12/vm-1" });
  begin("b");
  begin("c", { id: "12/vm-3" }).leave("failed");

  const { status, stdout } = ksvla([]);
  expect(status).toBe(0);
  expect(stdout).toContain('The SVM "a"\n');
  expect(stdout).toContain(
    "known as:  import id 12/vm-1\n  next run:  takes it over, unless Terraform has stored it\n",
  );
  expect(stdout).toContain(`file:      ${file}\n`);
  expect(stdout).toContain("known as:  import id 12/vm-3\n  next run:  goes by Terraform, which has it as tainted");
  expect(stdout).toContain("known as:  nothing: its answer never came\n");
});

test("lists as one JSON document", () => {
  const { file, entry } = begin("a", { id: "12/vm-1", now: Date.now() - WEEK - 1_000 });
  symlinkSync(file, join(directory, `image-${"0".repeat(32)}.json`));

  expect(JSON.parse(ksvla(["--json"]).stdout)).toEqual({
    entries: [
      {
        file,
        kind: "svm",
        name: 'SVM "a"',
        standing: "old",
        importId: "12/vm-1",
        taskId: "task-1",
        server: "viis:7271",
        workspace: "default",
        stack: "site",
        place: { infrastructure: "12", location: "host-1", name: "a" },
        begun: new Date(entry.begun).toISOString(),
        answered: new Date(entry.begun).toISOString(),
      },
    ],
    removals: [],
    ignored: [{ file: expect.stringContaining("image-000"), reason: "it is a link" }],
  });
});

test("lists removals apart from what was made: none of them says that something is taken over", () => {
  const { file } = beginRemoval("a", { taskId: "task-1" });
  beginRemoval("b", { id: "12/vm-2", now: Date.now() - 120_000 });

  const { stdout } = ksvla([]);
  expect(stdout).toContain('The removal of the SVM "a"\n');
  expect(stdout).toContain("known as:  import id 12/vm-1, task task-1\n  next run:  waits for its end");
  expect(stdout).toContain("known as:  import id 12/vm-2\n  next run:  looks anew");
  expect(stdout).not.toContain("takes it over");
  const { entries, removals } = JSON.parse(ksvla(["--json"]).stdout);
  expect(entries).toEqual([]);
  expect(removals).toMatchObject([
    { importId: "12/vm-2", taskId: null, standing: "expired" },
    { file, kind: "svm", importId: "12/vm-1", taskId: "task-1", standing: "awaited" },
  ]);
  expect(ksvla(["forget", file]).status).toBe(0);
});

test("looks where the option or the environment says, else into this folder and the stacks of its app", () => {
  const names = (...given: Parameters<typeof ksvla>) =>
    JSON.parse(ksvla(["--json", ...given[0]], given[1]).stdout).entries.map((entry: { name: string }) => entry.name);
  begin("here");
  begin("stack", { location: join(folder, "cdktf.out", "stacks", "site", ".terraform", "ksvla") });
  begin("kept", { location: join(folder, "kept") });

  expect(names([])).toEqual(['SVM "here"', 'SVM "stack"']);
  expect(names(["--journal-directory", "kept"])).toEqual(['SVM "kept"']);
  expect(names([], { KSVLA_JOURNAL_DIRECTORY: join(folder, "kept") })).toEqual(['SVM "kept"']);

  rmSync(join(folder, ".terraform"), { recursive: true });
  rmSync(join(folder, "cdktf.out"), { recursive: true });
  writeFileSync(join(folder, "cdktf.json"), '{ "output": "out" }');
  begin("other", { location: join(folder, "out", "stacks", "site", ".terraform", "ksvla") });
  expect(names([])).toEqual(['SVM "other"']);
});

test("says so where there is nothing, and makes no folder", () => {
  const { status, stdout } = ksvla([]);

  expect(status).toBe(0);
  expect(stdout).toMatch(/^Nothing was begun .*no journal here/);
  expect(existsSync(directory)).toBe(false);
});

test("a journal that is not there is wrong usage", () => {
  const { status, stderr } = ksvla(["--journal-directory", "nowhere"]);

  expect(status).toBe(2);
  expect(stderr).toBe(`error: --journal-directory: there is no ${join(folder, "nowhere")}.\n`);
});

test("forget removes an entry, or the file of what states hold", () => {
  const { file } = begin("a");
  journalIn(directory).stored("svm", "12/vm-1");

  expect(ksvla(["forget", file])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Forgotten: svm-/) });
  expect(ksvla(["forget", join(".terraform", "ksvla", "held")]).status).toBe(0);
  expect(readdirSync(directory)).toEqual([]);
});

test.each([
  ["what is no entry", "main.tf", "is no entry of a journal"],
  ["what is not there", `svm-${"0".repeat(32)}.json`, "There is no"],
])("forget removes nothing of %s", (_, name, message) => {
  mkdirSync(join(folder, ".terraform"));
  writeFileSync(join(folder, "main.tf"), "");

  const { status, stderr } = ksvla(["forget", name]);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(join(folder, "main.tf"))).toBe(true);
});
