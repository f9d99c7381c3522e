/** What is written of work that goes on. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as tick } from "node:timers/promises";
import { createNotesFile, identityOf, Notes, type NotesOptions } from "../../src/notes";

const START = Date.parse("2026-01-01T00:00:00Z");
const DAY = 24 * 3_600_000;
const SVM = { operation: "deploy", infrastructure: "12", svm: "a", place: "host-1" } as const;
const WRITER = {
  plugin: identityOf(process.pid),
  terraform: identityOf(process.ppid),
  server: "viis:7271",
  workspace: "default",
  stack: "site",
};

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ksvla-notes-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function written(options: Partial<NotesOptions> = {}) {
  const writes: string[] = [];
  const append = (text: string) => void writes.push(text);
  const notes = new Notes({ append, now: () => START, redact: (text) => text.replaceAll("S3cret", "***"), ...options });
  const lines = async () => {
    await tick();
    return writes
      .join("")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  return { notes, writes, lines };
}

const time = "2026-01-01T00:00:00.000Z";

test("a line for what is new, and none for what is not", async () => {
  const { notes, lines } = written();
  const work = notes.begin(SVM);
  work.learn({ task: "task-1" });
  work.learn({ placeName: "esx-07" });
  work.learn({ step: "Upload", progress: 10 });
  work.learn({ step: "Upload", progress: 10 });
  work.learn({ step: undefined, progress: 20 });
  work.completed("created, id vm-1");
  work.learn({ progress: 30 });
  work.failed("too late");

  expect(await lines()).toEqual([
    { work: 1, time, ...SVM, state: "waiting" },
    { work: 1, time, state: "running", task: "task-1" },
    { work: 1, time, placeName: "esx-07" },
    { work: 1, time, step: "Upload", progress: 10 },
    { work: 1, time, progress: 20 },
    { work: 1, time, state: "completed", message: "created, id vm-1" },
  ]);
});

test("what many learn at a time is written at once", async () => {
  const { notes, writes, lines } = written();
  for (let svm = 0; svm < 50; svm += 1) notes.begin({ ...SVM, svm: `svm-${svm}` }).learn({ progress: 1 });

  expect(await lines()).toHaveLength(100);
  expect(writes).toHaveLength(1);
});

test("nothing secret is in the server's words", async () => {
  const { notes, lines } = written();
  const work = notes.begin(SVM);
  work.learn({ step: "Login with S3cret" });
  work.failed("wrong password: S3cret");

  expect(JSON.stringify(await lines())).not.toContain("S3cret");
});

test("a server that talks without end is cut short, and heard at the end", async () => {
  const { notes, lines } = written();
  const work = notes.begin(SVM);
  for (let look = 0; look < 10_000; look += 1)
    work.learn({ step: `${look}${"x".repeat(1_000)}`, progress: look % 100 });
  work.failed("y".repeat(100_000));

  const all = await lines();
  expect(all).toHaveLength(301);
  expect(JSON.stringify(all).length).toBeLessThan(150_000);
  expect(all.at(-1)).toMatchObject({ state: "failed" });
});

test("what cannot be written fails nothing, and is not tried again", async () => {
  let attempts = 0;
  const append = () => {
    attempts += 1;
    throw new Error("ENOSPC");
  };
  const { notes } = written({ append });
  const work = notes.begin(SVM);
  await tick();
  work.learn({ progress: 1 });
  await tick();
  expect(attempts).toBe(1);
});

test("without a place for them, there are none", async () => {
  const work = new Notes().begin(SVM);
  work.learn({ progress: 1 });
  work.completed("created");
  await tick();
});

describe("the file", () => {
  test("is its user's alone, and begins with who writes it", () => {
    const { path, append } = createNotesFile(directory, WRITER, START);
    append("{}\n");

    expect(statSync(path).mode & 0o777).toBe(0o600);
    const [heading, rest] = readFileSync(path, "utf8").split("\n");
    expect(JSON.parse(heading!)).toEqual({ notes: 1, time, ...WRITER });
    expect(rest).toBe("{}");
  });

  test("of old runs is removed, and so is one that says nothing", () => {
    const now = Date.now();
    const note = `${JSON.stringify({ work: 1, time, ...SVM, state: "waiting" })}\n`;
    const gone = { pid: 2 ** 22 + 1, startedAt: null };
    const ended = { ...WRITER, plugin: gone, terraform: gone };
    const old = createNotesFile(directory, ended, now);
    old.append(note);
    utimesSync(old.path, new Date(now - 2 * DAY), new Date(now - 2 * DAY));
    const recent = createNotesFile(directory, ended, now);
    recent.append(note);
    const living = createNotesFile(directory, WRITER, now);
    const silent = createNotesFile(directory, ended, now);
    const others = join(directory, "notes-of-mine.jsonl");
    writeFileSync(others, "");
    utimesSync(others, new Date(0), new Date(0));
    const { path } = createNotesFile(directory, WRITER, now);

    expect(existsSync(silent.path)).toBe(false);
    expect(existsSync(old.path)).toBe(false);
    expect(
      readdirSync(directory)
        .map((name) => join(directory, name))
        .sort(),
    ).toEqual([recent.path, living.path, others, path].sort());
  });

  test("cannot be made where nothing can be written", () => {
    expect(() => createNotesFile(join(directory, "missing"), WRITER, START)).toThrow("ENOENT");
    const closed = join(directory, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    if (process.getuid?.() !== 0) expect(() => createNotesFile(closed, WRITER, START)).toThrow("EACCES");
  });
});
