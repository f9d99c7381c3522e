/** Notes as they are followed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as tick } from "node:timers/promises";
import { createNotesFile, Follower, identityOf, isNotesFile, Notes } from "../../src/notes";
import { until } from "../support/until";

const SVM = { operation: "deploy", infrastructure: "12", svm: "a", place: "host-1" } as const;
const GONE = { pid: 2 ** 22 + 1, startedAt: null };
const ALIVE = identityOf(process.pid);
const START = Date.parse("2026-01-01T00:00:00Z");
const MINUTE = 60_000;

let directory: string;
let now: number;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ksvla-notes-"));
  now = START;
});
afterEach(() => rmSync(directory, { recursive: true }));

const files = () =>
  readdirSync(directory)
    .filter(isNotesFile)
    .map((name) => join(directory, name));
const follower = () => new Follower(files, () => now);

function process_({ plugin = ALIVE, terraform = ALIVE, stack = "site" } = {}) {
  const writer = { plugin, terraform, server: "viis:7271", workspace: "default", stack };
  const { path, append } = createNotesFile(directory, writer, now);
  return { path, append, notes: new Notes({ append, now: () => now, redact: (text) => text }) };
}

test("tells all that is known with every event, in their order over all processes", async () => {
  const one = process_();
  const other = process_();
  const work = one.notes.begin(SVM);
  await tick();
  now += 1_000;
  other.notes.begin({ ...SVM, svm: "b" });
  await tick();
  now += 1_000;
  work.learn({ task: "task-1", step: "Upload", progress: 10 });
  await tick();

  const followed = follower();
  const events = followed.look();
  expect(events.map(({ svm, state }) => [svm, state])).toEqual([
    ["a", "waiting"],
    ["b", "waiting"],
    ["a", "running"],
  ]);
  expect(events[2]).toEqual({
    ...SVM,
    time: "2026-01-01T00:00:02.000Z",
    task: "task-1",
    step: "Upload",
    progress: 10,
    state: "running",
    work: events[0]!.work,
    began: START,
  });
  expect(followed.look()).toEqual([]);
  work.completed("created, id vm-1");
  await tick();
  expect(followed.look()).toMatchObject([{ state: "completed", message: "created, id vm-1", step: "Upload" }]);
  expect(followed.isAlive).toBe(true);
});

test("what a process was at when it ended has been interrupted", async () => {
  const { notes } = process_({ plugin: GONE, terraform: GONE });
  notes.begin(SVM).completed("created");
  notes.begin({ ...SVM, svm: "b" }).learn({ step: "Upload" });
  await tick();

  const followed = follower();
  const events = followed.look();
  expect(events.filter(({ svm }) => svm === "b").map(({ state }) => state)).toEqual([
    "waiting",
    "running",
    "interrupted",
  ]);
  expect(followed.isAlive).toBe(false);
  expect(followed.look()).toEqual([]);
});

test("what nobody saw end was interrupted after its last word, whenever somebody looks", async () => {
  const { notes } = process_({ plugin: GONE, terraform: GONE });
  notes.begin(SVM);
  await tick();
  now += MINUTE;

  expect(follower().look().at(-1)).toMatchObject({ state: "interrupted", time: "2026-01-01T00:00:00.000Z" });
});

test("of two runs of a state, the last one is told alone, and all stacks of a run together", async () => {
  const run = async (svm: string, pid: number, stack: string) => {
    process_({ plugin: GONE, terraform: { pid, startedAt: "1" }, stack })
      .notes.begin({ ...SVM, svm })
      .completed();
    await tick();
    now += MINUTE / 2;
  };
  const last = 2 ** 22;
  await run("first", last + 1, "site-a");
  await run("second", last + 2, "site-b");
  await run("third", last + 3, "site-a");
  expect(
    new Set(
      follower()
        .look()
        .map(({ svm }) => svm),
    ),
  ).toEqual(new Set(["second", "third"]));

  await run("fourth", last + 4, "site-b");
  expect(
    new Set(
      follower()
        .look()
        .map(({ svm }) => svm),
    ),
  ).toEqual(new Set(["third", "fourth"]));
});

test("a Terraform that goes on without its plugin is a run that goes on", () => {
  process_({ plugin: GONE });
  const followed = follower();
  followed.look();
  expect(followed.isAlive).toBe(true);
  expect(followed.hasWork).toBe(false);
});

test("an id that was given to another process is not the process that wrote", () => {
  const reused = { pid: process.pid, startedAt: "1" };
  process_({ plugin: reused, terraform: reused });
  const followed = follower();
  followed.look();
  expect(followed.isAlive).toBe(process.platform !== "linux");
});

const testOnLinux = process.platform === "linux" ? test : test.skip;

testOnLinux("a process that has ended, and of which nobody has taken note, has ended", async () => {
  // The shell becomes a program that does not know of its child.
  const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = await once(parent.stdout, "data");
    const pid = Number(String(line));
    await until(() => readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z "));
    process_({ plugin: identityOf(pid), terraform: identityOf(pid) });
    const followed = follower();
    followed.look();
    expect(followed.isAlive).toBe(false);
  } finally {
    parent.kill("SIGKILL");
  }
});

test("where a run goes on, nothing is told of earlier ones", async () => {
  process_({ plugin: GONE, terraform: GONE }).notes.begin(SVM).completed("created");
  process_().notes.begin({ ...SVM, svm: "b" });
  await tick();
  expect(follower().look()).toMatchObject([{ svm: "b" }]);
});

test("where none does, the last one is told, with all of its processes", async () => {
  process_({ plugin: GONE, terraform: GONE }).notes.begin({ ...SVM, svm: "earlier" });
  await tick();
  now += 10 * MINUTE;
  for (const svm of ["stack-1", "stack-2"]) {
    process_({ plugin: GONE, terraform: GONE })
      .notes.begin({ ...SVM, svm })
      .completed("created");
    await tick();
    now += MINUTE / 2;
  }
  const svms = follower()
    .look()
    .map(({ svm }) => svm);
  expect(new Set(svms)).toEqual(new Set(["stack-1", "stack-2"]));

  now += 61 * MINUTE;
  const later = follower();
  expect(later.look()).toEqual([]);
  expect(later.hasWork).toBe(false);
});

test("what begins later is followed, from its first unfinished line on", () => {
  const followed = follower();
  expect(followed.look()).toEqual([]);
  const { path } = process_();
  const line = JSON.stringify({ work: 1, time: new Date(now).toISOString(), ...SVM, state: "waiting" });
  appendFileSync(path, line.slice(0, 20));
  expect(followed.look()).toEqual([]);
  appendFileSync(path, `${line.slice(20)}\n`);
  expect(followed.look()).toMatchObject([{ svm: "a" }]);
});

test("what is no note is left out, and what is no file is not read", () => {
  const { path } = process_();
  const time = new Date(now).toISOString();
  const lines = [
    "{",
    "null",
    '{"work":"1"}',
    `{"work":1,"time":"${time}","operation":"rob"}`,
    `{"work":7,"time":"${time}"}`,
  ];
  appendFileSync(path, `${lines.join("\n")}\n`);
  symlinkSync("/etc/passwd", join(directory, `notes-${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}.jsonl`));
  writeFileSync(join(directory, `notes-${"1".repeat(8)}-0000-0000-0000-${"0".repeat(12)}.jsonl`), "no heading\n");
  expect(follower().look()).toEqual([]);
});
