import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkJournal } from "../../../src/cli/doctor/journals";
import { DirectoryStore, fingerprintOf, Journal } from "../../../src/journal";

const NOW = Date.UTC(2026, 5, 1);
const DAY = 24 * 3_600_000;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ksvla-doctor-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function journalAt(begun: number): Journal {
  return new Journal({
    store: new DirectoryStore(directory, begun),
    server: "viis:7271",
    scope: { workspace: "default", stack: "site" },
    run: "1",
    now: () => begun,
    isRequired: true,
    report: () => {},
  });
}

function begin(name: string, begun: number, id?: string): void {
  const fingerprint = fingerprintOf({ identity: {}, settings: {} });
  const started = journalAt(begun).begin({
    kind: "svm",
    place: { name },
    name: `SVM "${name}"`,
    fingerprint,
    expiresAfter: 1_000,
  });
  if (id !== undefined) started.note({ taskId: "task-1", id });
}

const check = () => checkJournal({ KSVLA_JOURNAL_DIRECTORY: directory }, NOW);

test("what a run has begun of late is nothing to worry about, and neither is a journal that there is not", () => {
  begin("late", NOW - 500);
  begin("answered", NOW - DAY, "12/vm-1");
  expect(check().status).toBe("ok");
  expect(checkJournal({ KSVLA_JOURNAL_DIRECTORY: join(directory, "none") }, NOW).status).toBe("ok");
});

test("what nobody asks for any more is named, with its import id and what to do", () => {
  begin("unanswered", NOW - DAY);
  begin("old", NOW - 10 * DAY, "12/vm-2");
  const { status, message, advice } = check();
  expect(status).toBe("warning");
  expect(message.split("\n").sort()).toEqual([
    'Nobody has asked for the SVM "old" since 2026-05-22T00:00:00.000Z. Its import id is 12/vm-2.',
    'Nobody has asked for the SVM "unanswered" since 2026-05-31T00:00:00.000Z.',
  ]);
  expect(advice).toContain(`Import it, or forget it: ksvla journal forget ${directory}/svm-`);
});

test("so is a removal that nobody waits for", () => {
  journalAt(NOW - DAY).beginRemoval({ kind: "svm", id: "12/vm-1", name: 'SVM "gone"' }, 60_000);
  const { status, message, advice } = check();
  expect([status, message]).toEqual([
    "warning",
    'Nobody waits any more for the removal of the SVM "gone", which began at 2026-05-31T00:00:00.000Z.',
  ]);
  expect(advice).toContain(`ksvla journal forget ${directory}/removal-`);
});

test("a file that is no entry, although it is called like one, is named, too", () => {
  writeFileSync(join(directory, `svm-${"0".repeat(32)}.json`), "{");
  expect(check()).toMatchObject({ status: "warning", message: expect.stringContaining("is ignored") });
});
