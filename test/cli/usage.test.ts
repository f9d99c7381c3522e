/** What a command line names that cannot be what it should be: exit code 2, one line, before anything is asked or done. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanEnvironment } from "../e2e/support/workspace";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");
/** Nobody answers there. */
const SERVER = { KSVLA_ADDRESS: "127.0.0.1:1", KSVLA_PASSWORD: "Not-asked-for" };
const NO_ONE = "svm-00000000000000000000000000000000.json";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-usage-"));
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "folder"));
  mkdirSync(join(folder, "folder", NO_ONE));
});
afterEach(() => {
  chmodSync(join(folder, "folder"), 0o755);
  rmSync(folder, { recursive: true });
});

function ksvla(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const options = { cwd: folder, env: { ...cleanEnvironment(folder), ...SERVER, ...env } };
  return spawnSync(process.execPath, [KSVLA, ...args], { ...options, encoding: "utf8" });
}

const IN_FILE = /^error: .*\/file is no folder\.\n$/;

test.each([
  [["install", "--plugin-dir", "file/plugins"], IN_FILE],
  [["pack", "file"], IN_FILE],
  [["discover", "--out", "file", "--infrastructure", "1"], IN_FILE],
  [["journal", "--journal-directory", "file"], IN_FILE],
  [["watch", "--journal-directory", "file"], IN_FILE],
  [["coverage", "--html", "file/page.html"], IN_FILE],
  [["coverage", "--html", "folder"], /^error: --html: .*\/folder is a folder\. Name a file\.\n$/],
  [["coverage", "--html", "nowhere/page.html"], /^error: --html: there is no folder .*nowhere\. Make it first\.\n$/],
  [["doctor", "--report", "folder"], /^error: --report: .* is a folder/],
  [["journal", "forget", ""], /^error: command-argument value '' is invalid/],
  [["journal", "forget", join("folder", NO_ONE)], /^error: .* is a folder\.\n$/],
  [["journal", "forget", NO_ONE, "--json"], /^error: unknown option '--json'\n/],
  [["task", "1", "--timeout", "1m"], /^error: --timeout is for --wait/],
  [["infrastructure", "refresh", "1", "--timeout", "1m"], /^error: --timeout is for --wait/],
  [["run", ""], /^error: command-argument value '' is invalid for argument 'command'/],
  [["simulator", "--inventory", "folder"], /^error: --inventory: /],
] as const)("ksvla %j", (args, message) => {
  const { status, stdout, stderr } = ksvla(args);

  expect(stderr).toMatch(message);
  expect([status, stdout]).toEqual([2, ""]);
  expect(readdirSync(folder).sort()).toEqual(["file", "folder"]);
});

test("a folder in which nothing can be written", () => {
  chmodSync(join(folder, "folder"), 0o555);
  // To the superuser, rights are no matter.
  const refusal =
    process.getuid?.() === 0 ? /^error: Unable to sign in/ : /^error: --html: nothing can be written into /;

  expect(ksvla(["coverage", "--html", "folder/page.html", "--infrastructure", "1"]).stderr).toMatch(refusal);
});

test("with --json, what went wrong is the document, and on stderr as ever", () => {
  const failed = ksvla(["coverage", "--json", "--infrastructure", "1"]);
  expect(failed.status).toBe(1);
  const { error } = JSON.parse(failed.stdout);
  expect(error).toMatch(/^Unable to sign in to the Integration Server at 127\.0\.0\.1:1: .*connection refused/);
  expect(failed.stderr).toBe(`error: ${error}\n`);

  const { status, stdout } = ksvla(["journal", "--json"], { KSVLA_JOURNAL_DIRECTORY: "nowhere" });
  expect([status, JSON.parse(stdout)]).toEqual([
    2,
    { error: `KSVLA_JOURNAL_DIRECTORY: there is no ${join(folder, "nowhere")}.` },
  ]);
});

test("the exit code is the same when nobody reads to the end, and a full disk is told", () => {
  const environment = { cwd: folder, env: { ...cleanEnvironment(folder), ...SERVER }, encoding: "utf8" } as const;
  const sh = (script: string) =>
    spawnSync("bash", ["-o", "pipefail", "-c", script, process.execPath, KSVLA], environment);

  expect(sh('"$0" "$1" doctor --json | true').status).toBe(3);
  if (process.platform !== "linux") return;
  const { status, stderr } = sh('exec "$0" "$1" journal > /dev/full');
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^error: Unable to write on stdout: ENOSPC: .*\n$/)]);
});

test("watch says where it looks where nothing has run", () => {
  const { status, stdout } = ksvla(["watch", "--timeout", "10ms", "--journal-directory", "later"]);

  expect(status).toBe(1);
  expect(stdout).toBe(
    `No run so far. It is looked for in ${join(folder, "later")}.\nTime is up: no run has been seen.\n`,
  );
});

test("run takes a command also without --, with its own options", () => {
  expect(ksvla(["run", "sh", "-c", "exit 7"]).status).toBe(7);
  expect(ksvla(["run", "no-such-program"])).toMatchObject({ status: 127, stderr: expect.stringContaining("no such") });
  expect(ksvla(["run", "--", "./folder"])).toMatchObject({ status: 126, stderr: expect.stringContaining("a folder") });
});
