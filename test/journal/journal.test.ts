import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DirectoryStore,
  defaultJournalDirectory,
  fingerprintOf,
  Journal,
  journalDirectories,
  MemoryStore,
  rememberJournal,
  scopeIn,
} from "../../src/journal";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse("2026-01-01T00:00:00Z");
const SVM = { kind: "svm", place: { infrastructure: "1", location: "host-1", name: "a" } } as const;
const OTHER = { ...SVM, place: { ...SVM.place, name: "b" } };
const MADE = {
  name: 'SVM "a"',
  fingerprint: fingerprintOf({ identity: ["image-1"], settings: { ksc: "k" } }),
  expiresAfter: 60 * MINUTE,
};

let root: string;
let directory: string;
let now: number;
let runs: number;
let reported: unknown[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ksvla-journal-"));
  directory = join(root, "journal");
  now = START;
  runs = 0;
  reported = [];
});
afterEach(() => rmSync(root, { recursive: true }));

/** The journal as another process opens it. */
function open(scope = {}, isRequired = true): Journal {
  runs += 1;
  return new Journal({
    store: new DirectoryStore(directory, now),
    server: "viis:7271",
    scope: { workspace: "default", stack: "site", ...scope },
    run: `run ${runs}`,
    now: () => now,
    isRequired,
    report: (error) => reported.push(error),
  });
}

const files = () => readdirSync(directory).sort();
const entryFile = () => join(directory, files().find((name) => name.startsWith("svm-"))!);

describe("an entry", () => {
  test("is found by a later process, with what was added to it", () => {
    const begun = open().begin({ ...SVM, ...MADE });
    begun.note({ taskId: "task-1" });
    begun.note({ id: "1/vm-1", facts: { version: "6.2", size: null } });

    const found = open().takeEarlier(SVM);
    expect(found?.entry).toEqual({ ...begun.entry, answered: START });
    expect(found?.entry).toMatchObject({ taskId: "task-1", id: "1/vm-1", facts: { version: "6.2", size: null } });
    expect(found?.file).toBe(entryFile());
  });

  test("is found with what was added before and after a line that was not finished", () => {
    const begun = open().begin({ ...SVM, ...MADE });
    begun.note({ taskId: "task-1" });
    appendFileSync(entryFile(), '{"run":"run 1","begun":');
    open().takeEarlier(SVM)?.adopt("1/vm-1");

    expect(open().takeEarlier(SVM)?.entry).toMatchObject({ run: "run 1", taskId: "task-1", id: "1/vm-1" });
  });

  test("is not made anew for what is added to it", () => {
    const begun = open().begin({ ...SVM, ...MADE });
    const { ino } = statSync(entryFile());
    begun.note({ taskId: "task-1" });
    begun.note({ id: "1/vm-1" });

    expect(statSync(entryFile()).ino).toBe(ino);
  });

  test("is written anew with all that was added, where somebody has removed it", () => {
    const begun = open().begin({ ...SVM, ...MADE });
    begun.note({ taskId: "task-1" });
    rmSync(entryFile());
    begun.note({ id: "1/vm-1" });

    expect(open().takeEarlier(SVM)?.entry).toMatchObject({ taskId: "task-1", id: "1/vm-1" });
  });

  test("takes the place of a link that somebody has put there", () => {
    const begun = open().begin({ ...SVM, ...MADE });
    const target = join(root, "target");
    writeFileSync(target, "theirs");
    const file = entryFile();
    rmSync(file);
    symlinkSync(target, file);
    begun.note({ taskId: "task-1" });

    expect(open().takeEarlier(SVM)?.entry.taskId).toBe("task-1");
    expect(readFileSync(target, "utf8")).toBe("theirs");
  });

  test("of another process has nothing of what is added to an earlier one in the same place", () => {
    const first = open().begin({ ...SVM, ...MADE });
    now += 1;
    open().begin({ ...SVM, ...MADE });
    first.note({ taskId: "task-1" });

    const { entry } = open().takeEarlier(SVM) ?? {};
    expect([entry?.run, entry?.taskId]).toEqual(["run 2", undefined]);
  });

  test.each([
    ["object", {}, OTHER],
    ["workspace", { workspace: "other" }, SVM],
    ["stack", { stack: "other" }, SVM],
  ])("of another %s is another one", (_, scope, subject) => {
    open().begin({ ...SVM, ...MADE });
    expect(open(scope).takeEarlier(subject)).toBeUndefined();
  });

  test("is readable by its user only, as is the folder, and nothing else is left beside it", () => {
    open().begin({ ...SVM, ...MADE });

    expect(statSync(entryFile()).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(files()).toHaveLength(1);
  });

  test("is gone when nothing came of it", () => {
    open()
      .begin({ ...SVM, ...MADE })
      .end();
    expect(files()).toEqual([]);
  });

  test("that another process has begun meanwhile stays when the earlier one ends", () => {
    const first = open().begin({ ...SVM, ...MADE });
    now += 1;
    open().begin({ ...SVM, ...MADE });
    first.end();

    expect(open().takeEarlier(SVM)?.entry.run).toBe("run 2");
  });

  test.each([
    ["unanswered", 60 * MINUTE, false],
    ["expired", 60 * MINUTE + 1, false],
    ["answered", 7 * DAY, true],
    ["old", 7 * DAY + 1, true],
  ])("is %s after %d ms, answered: %s", (standing, after, answered) => {
    const begun = open().begin({ ...SVM, ...MADE });
    if (answered) begun.note({ taskId: "task-1" });
    now += after;

    expect(open().takeEarlier(SVM)?.standing).toBe(standing);
  });

  test.each([
    ["none", { settings: { ksc: "k", dns: null } }],
    ["settings", { settings: { ksc: "other" } }],
    ["identity", { identity: ["image-2"], settings: { ksc: "other" } }],
  ])("tells what differs from how it was made: %s", (difference, changed) => {
    open().begin({ ...SVM, ...MADE });
    const fingerprint = fingerprintOf({ identity: ["image-1"], ...changed });

    expect(open().takeEarlier(SVM)?.differenceTo(fingerprint)).toBe(difference);
  });

  test("that cannot be written when the answer has come fails nothing", () => {
    const begun = open().begin({ ...SVM, ...MADE });
    rmSync(directory, { recursive: true });
    begun.note({ taskId: "task-1" });

    expect(reported).toHaveLength(1);
  });

  test("that cannot be written before the request fails where a journal is required", () => {
    const [required, optional] = [open(), open({}, false)];
    rmSync(directory, { recursive: true });

    expect(() => required.begin({ ...SVM, ...MADE })).toThrow("ENOENT");
    optional.begin({ ...SVM, ...MADE });
    expect(reported).toHaveLength(1);
  });

  test("is told once to a process, and never to the one that has begun it", () => {
    const first = open();
    first.begin({ ...SVM, ...MADE });
    expect(first.takeEarlier(SVM)).toBeUndefined();

    const second = open();
    expect([second.takeEarlier(SVM), second.takeEarlier(SVM)]).toEqual([expect.anything(), undefined]);
  });
});

describe("an entry is struck out", () => {
  beforeEach(() => {
    const begun = open().begin({ ...SVM, ...MADE });
    begun.note({ taskId: "task-1" });
    begun.note({ id: "1/vm-1" });
  });

  test("when Terraform has stored its id, wherever the object is now", () => {
    open().stored("svm", "1/vm-1");
    expect(files()).toEqual(["held"]);
  });

  test("when Terraform has stored its id in other letters", () => {
    open().stored("svm", "1/VM-1");
    expect(files()).toEqual(["held"]);
  });

  test("when Terraform has stored its task, and the object has no id yet", () => {
    open()
      .begin({ ...OTHER, ...MADE })
      .note({ taskId: "task-2" });
    open().storedTask(OTHER, "task-2");

    const journal = open();
    expect([journal.takeEarlier(SVM), journal.takeEarlier(OTHER)]).toEqual([expect.anything(), undefined]);
  });

  test("when its object was removed", () => {
    open().gone("svm", "1/vm-1");
    expect(files()).toEqual([]);
  });

  test("not for another object, nor one of another server", () => {
    open().stored("svm", "1/vm-2");
    open().gone("svm", "1/vm-2");

    expect(open().takeEarlier(SVM)).toBeDefined();
  });

  test("not by the process that has adopted the object, but by the next", () => {
    const journal = open();
    journal.takeEarlier(SVM)!.adopt("1/vm-1");
    journal.stored("svm", "1/vm-1");
    expect(open().takeEarlier(SVM)).toBeDefined();

    open().stored("svm", "1/vm-1");
    expect(open().takeEarlier(SVM)).toBeUndefined();
  });
});

describe("what a state holds", () => {
  test("is known to later processes, until it is gone", () => {
    open().stored("svm", "1/vm-1");
    expect(open({ stack: "other" }).holderOf("svm", "1/vm-1")).toMatchObject({ workspace: "default", stack: "site" });
    expect(open({ stack: "other" }).holderOf("svm", "1/VM-1")).toMatchObject({ workspace: "default", stack: "site" });
    expect(open().holderOf("svm", "1/vm-2")).toBeUndefined();

    open().gone("svm", "1/vm-1");
    expect(open().holderOf("svm", "1/vm-1")).toBeUndefined();
  });

  test("is known at once to a process that runs at the same time", () => {
    const journal = open();
    journal.holderOf("svm", "1/vm-1");
    open().stored("svm", "1/vm-1");

    expect(journal.holderOf("svm", "1/vm-1")).toBeDefined();
  });

  test("includes what this process has made, adopted or been given", () => {
    const journal = open();
    journal.begin({ ...SVM, ...MADE }).note({ id: "1/vm-1" });
    journal.give("svm", "1/vm-2");

    expect(["1/vm-1", "1/vm-2", "1/vm-3"].map((id) => journal.holderOf("svm", id))).toEqual([
      "this run",
      "this run",
      undefined,
    ]);
  });

  test("is written once, however often Terraform tells it", () => {
    const journal = open();
    for (let time = 0; time < 3; time += 1) journal.stored("svm", "1/vm-1");
    open().stored("svm", "1/vm-1");

    expect(readFileSync(join(directory, "held"), "utf8").trim().split("\n")).toHaveLength(1);
  });

  test("does not grow for ever", () => {
    for (let time = 0; time < 600; time += 1) {
      const journal = open();
      journal.stored("svm", `1/vm-${time}`);
      if (time > 0) journal.gone("svm", `1/vm-${time}`);
      now += MINUTE;
    }

    expect(readFileSync(join(directory, "held"), "utf8").trim().split("\n").length).toBeLessThan(1_010);
    expect(open().holderOf("svm", "1/vm-0")).toBeDefined();
  });

  test("survives a line that was not finished", () => {
    open().stored("svm", "1/vm-1");
    writeFileSync(join(directory, "held"), '{"kind":"sv', { flag: "a" });

    expect(open().holderOf("svm", "1/vm-1")).toBeDefined();
  });
});

describe("ignored, and named with the reason, is", () => {
  const named = (name: string, reason: string) => [{ file: join(directory, name), reason }];
  beforeEach(() => open().begin({ ...SVM, ...MADE }));

  test("a link", () => {
    const target = join(root, "target");
    writeFileSync(target, readFileSync(entryFile()));
    const [name = ""] = files();
    rmSync(entryFile());
    symlinkSync(target, join(directory, name));

    const journal = open();
    expect(journal.ignored).toEqual(named(name, "it is a link"));
    expect(journal.takeEarlier(SVM)).toBeUndefined();
  });

  test("what is no entry", () => {
    const [name = ""] = files();
    writeFileSync(join(directory, name), "{}");
    expect(open().ignored).toEqual(named(name, "it is no entry of a journal"));
  });

  test("what is no file", () => {
    const [name = ""] = files();
    rmSync(entryFile());
    mkdirSync(join(directory, name));
    expect(open().ignored).toEqual(named(name, "it is no file"));
  });

  (process.getuid?.() === 0 ? test.skip : test)("what cannot be read", () => {
    const [name = ""] = files();
    chmodSync(entryFile(), 0);
    expect(open().ignored).toEqual(named(name, "it cannot be read"));
  });

  test("what belongs to another user", () => {
    const [name = ""] = files();
    const getuid = jest.spyOn(process, "getuid").mockReturnValue(process.getuid!() + 1);
    expect(open().ignored).toEqual(named(name, "it belongs to another user"));
    getuid.mockRestore();
  });

  test("what version 0.1.0 wrote", () => {
    mkdirSync(join(directory, "deployments"));
    expect(open().ignored).toEqual(named("deployments", expect.stringContaining("version 0.1.0")));
  });

  test("nothing of what others keep there", () => {
    writeFileSync(join(directory, "progress-1.ndjson"), "{}");
    expect(open().ignored).toEqual([]);
  });
});

test("what a killed process has left half written goes after an hour", () => {
  open();
  const path = join(directory, ".unfinished-1");
  writeFileSync(path, "{");
  utimesSync(path, now / 1000, now / 1000);
  open();
  expect(files()).toEqual([".unfinished-1"]);

  now += 61 * MINUTE;
  open();
  expect(files()).toEqual([]);
});

test("a folder that cannot be made is an error", () => {
  writeFileSync(directory, "");
  expect(() => open()).toThrow("EEXIST");
});

test("a journal in memory serves one process", () => {
  const store = new MemoryStore();
  const options = { store, server: "viis:7271", scope: { workspace: "default", stack: "site" }, now: () => now };
  const openInMemory = (run: string) => new Journal({ ...options, run, isRequired: true, report: () => {} });
  openInMemory("1").begin({ ...SVM, ...MADE });
  const journal = openInMemory("2");
  journal.stored("svm", "1/vm-2");

  expect([journal.takeEarlier(SVM), journal.takeEarlier(OTHER)]).toEqual([expect.anything(), undefined]);
  expect(journal.holderOf("svm", "1/vm-2")).toBeDefined();
});

describe("the scope", () => {
  test("is the folder's name and the workspace that is selected there, unless a variable says otherwise", () => {
    const folder = join(root, "stacks", "site-a");
    mkdirSync(join(folder, ".terraform"), { recursive: true });
    expect(scopeIn(folder, {})).toEqual({ workspace: "default", stack: "site-a" });

    writeFileSync(join(folder, ".terraform", "environment"), "blue\n");
    expect(scopeIn(folder, {})).toEqual({ workspace: "blue", stack: "site-a" });
    expect(scopeIn(folder, { TF_WORKSPACE: "green" }).workspace).toBe("green");
    expect(scopeIn(folder, { TF_DATA_DIR: join(root, "data") }).workspace).toBe("default");
  });

  test("has a journal in Terraform's data directory", () => {
    expect(defaultJournalDirectory("/site", {})).toBe("/site/.terraform/ksvla");
    expect(defaultJournalDirectory("/site", { TF_DATA_DIR: "data" })).toBe("/site/data/ksvla");
    expect(defaultJournalDirectory("/site", { TF_DATA_DIR: "/data" })).toBe("/data/ksvla");
  });
});

test("a journal that is elsewhere is written down in the data directory, once", () => {
  const data = join(root, ".terraform");
  mkdirSync(data);
  const standard = defaultJournalDirectory(root, {});
  rememberJournal(standard, root, {});
  expect(readdirSync(data)).toEqual([]);
  for (const journal of [directory, join(root, "other"), directory]) rememberJournal(journal, root, {});

  expect(journalDirectories(root, {})).toEqual([standard, directory, join(root, "other")]);
  expect(journalDirectories(root, { TF_DATA_DIR: "elsewhere" })).toEqual([join(root, "elsewhere", "ksvla")]);
});

describe("a removal that was sent", () => {
  const REMOVED = { kind: "svm", id: "1/vm-1", name: 'SVM "a"' } as const;
  const find = (journal = open()) => {
    const found = journal.removalOf("svm", "1/vm-1");
    return found === "ended" ? found : found?.removal;
  };

  test("is known to every later process, in whichever stack, with its task", () => {
    open()
      .beginRemoval(REMOVED, 10 * MINUTE)
      .note("task-1");

    expect(find(open({ stack: "other" }))).toEqual({
      kind: "svm",
      id: "1/vm-1",
      name: 'SVM "a"',
      server: "viis:7271",
      workspace: "default",
      stack: "site",
      run: "run 1",
      begun: START,
      expires: START + 10 * MINUTE,
      taskId: "task-1",
    });
    expect(open().removalOf("svm", "1/vm-2")).toBeUndefined();
    expect(open().removalOf("infrastructure", "1/vm-1")).toBeUndefined();
  });

  test("is no entry: nothing is taken over because of it", () => {
    open().beginRemoval(REMOVED, 10 * MINUTE);

    const journal = open();
    expect(journal.takeEarlier(SVM)).toBeUndefined();
    expect(journal.holderOf("svm", "1/vm-1")).toBeUndefined();
    expect(journal.ignored).toEqual([]);
  });

  test("leaves an entry of its object alone until it is gone", () => {
    open()
      .begin({ ...SVM, ...MADE })
      .note({ id: "1/vm-1" });
    open().beginRemoval(REMOVED, 10 * MINUTE);
    expect(open().takeEarlier(SVM)).toBeDefined();

    open().gone("svm", "1/vm-1");
    expect(files()).toEqual([]);
  });

  test("may show itself for as long as it says, and is forgotten after a day", () => {
    open().beginRemoval(REMOVED, 10 * MINUTE);
    now += 9 * MINUTE;
    expect(open().removalOf("svm", "1/vm-1")).toMatchObject({ showsIn: MINUTE });
    now += 2 * MINUTE;
    expect(open().removalOf("svm", "1/vm-1")).toMatchObject({ showsIn: 0 });

    now = START + DAY + 1;
    expect(find()).toBeUndefined();
    expect(files()).toEqual([]);
  });

  test("is over when nothing came of it, unless another process has sent one meanwhile", () => {
    const first = open().beginRemoval(REMOVED, 10 * MINUTE);
    now += 1;
    open().beginRemoval(REMOVED, 10 * MINUTE);
    first.end();
    expect(find()).toMatchObject({ run: "run 2" });

    const found = open().removalOf("svm", "1/vm-1");
    if (found !== "ended") found?.end();
    expect(files()).toEqual([]);
  });

  test("has ended when its object is gone, which is known for an hour, as a state may not have been written", () => {
    open().stored("svm", "1/vm-1");
    const journal = open();
    journal.beginRemoval(REMOVED, 10 * MINUTE);
    journal.gone("svm", "1/vm-1");
    open().stored("svm", "1/vm-1");
    expect(files()).toEqual(["held"]);
    expect(find()).toBe("ended");

    now += 61 * MINUTE;
    expect(find()).toBeUndefined();
  });

  test("is refused where a journal that is required cannot be written", () => {
    const journal = open();
    rmSync(directory, { recursive: true });
    expect(() => journal.beginRemoval(REMOVED, 10 * MINUTE)).toThrow("ENOENT");

    const lenient = open({}, false);
    rmSync(directory, { recursive: true });
    lenient.beginRemoval(REMOVED, 10 * MINUTE).note("task-1");
    expect(reported).toHaveLength(2);
  });

  test("that is no note of one is ignored", () => {
    open().beginRemoval(REMOVED, 10 * MINUTE);
    const [file = ""] = files();
    writeFileSync(join(directory, file), "{}");

    const journal = open();
    expect(find(journal)).toBeUndefined();
    expect(journal.ignored).toEqual([{ file: join(directory, file), reason: "it is no entry of a journal" }]);
  });
});

test("an SVM that is known by another id from now on is not held by the old one", () => {
  open().stored("svm", "1/vm-1");
  open().leaveId("svm", "1/vm-1");

  const journal = open();
  expect(journal.holderOf("svm", "1/vm-1")).toBeUndefined();
  expect(journal.removalOf("svm", "1/vm-1")).toBeUndefined();
});
