/** `ksvla run`, as a user runs it, without a terminal. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groupIsAlive } from "../e2e/support/run";
import { cleanEnvironment } from "../e2e/support/workspace";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");

let directory: string;
/** Leads a process group of its own. */
let started: ChildProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ksvla-cli-"));
});
afterEach(() => {
  if (started?.pid !== undefined && groupIsAlive(started.pid)) process.kill(-started.pid, "SIGKILL");
  started = undefined;
  rmSync(directory, { recursive: true, force: true });
});

const options = () => ({ cwd: directory, env: { ...cleanEnvironment(directory), TMPDIR: directory } });
const run = (args: readonly string[], input = "") =>
  spawnSync(process.execPath, [KSVLA, "run", ...args], { ...options(), input, encoding: "utf8" });
const sh = (script: string) => ["--", "sh", "-c", script];

test("the command has input, output and arguments as they are, and its exit code is told", () => {
  const { status, stdout, stderr } = run(
    [...sh('cat; echo "$1" "$2" >&2; exit 7'), "sh", "--json", "a  b"],
    "from stdin\n",
  );

  expect({ status, stdout, stderr }).toEqual({ status: 7, stdout: "from stdin\n", stderr: "--json a  b\n" });
  expect(readdirSync(directory)).toEqual([]);
});

test.each([
  ["one that a signal ends", sh("kill -TERM $$"), 143, ""],
  [
    "one that is not there",
    ["--", "no-such-command"],
    127,
    'error: "no-such-command" cannot be started: there is no such program, or not what its first line names (ENOENT)\n',
  ],
  [
    "one that is no program",
    ["--", "./text"],
    126,
    expect.stringMatching(/^error: "\.\/text" cannot be started: .*EACCES\)\n$/),
  ],
  ["none", [], 2, expect.stringContaining("missing required argument 'command'")],
])("the exit code of %s", (_, args, status, stderr) => {
  writeFileSync(join(directory, "text"), "");
  chmodSync(join(directory, "text"), 0o600);
  expect(run(args)).toMatchObject({ status, stdout: "", stderr });
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s is handed on where no terminal sends it, and what the command makes of it counts",
  async (signal) => {
    const script = `trap 'echo got it; exit 5' ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`;
    // In a session of its own, a process has no terminal.
    started = spawn(process.execPath, [KSVLA, "run", ...sh(script)], { ...options(), detached: true });
    const child = started;
    let stdout = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (text.includes("ready")) child.kill(signal);
    });
    const [code] = await once(child, "close");

    expect({ code, stdout }).toEqual({ code: 5, stdout: "ready\ngot it\n" });
  },
);

describe("what a plugin notes meanwhile", () => {
  /** As a plugin does, with the shell's own process. */
  const noting = (seconds: number) => `
    file="$PWD/notes-00000000-0000-0000-0000-000000000000.jsonl"
    self='{"pid":'$$',"startedAt":null}'
    work='{"work":1,"time":"2026-01-01T00:00:00Z"'
    echo '{"notes":1,"time":"2026-01-01T00:00:00Z","plugin":'$self',"terraform":'$self'}' > "$file"
    echo "$work"',"operation":"deploy","svm":"a","state":"running","step":"UploadSvmImage"}' >> "$file"
    echo "$file" >> "$KSVLA_RUN_DIRECTORY/notes"
    sleep ${seconds}
    exit 3`;

  test("is told on stderr, and so is what was not seen to end", () => {
    const { status, stdout, stderr } = run(sh(noting(1.2)));
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toMatch(
      /^ksvla: a: deploying: UploadSvmImage \(0s\)\nksvla: a: deploy interrupted: The plugin ended .*\n/,
    );
    expect(stderr).toMatch(/\nksvla: The run has ended, .*: 1 interrupted\.\n$/);
  });

  test("is told nobody who has closed stderr, and the command goes on", async () => {
    started = spawn(process.execPath, [KSVLA, "run", ...sh(noting(1.2))], { ...options(), detached: true });
    started.stderr?.destroy();
    const [code] = await once(started, "exit");
    expect(code).toBe(3);
  });
});

test("a folder for temporary files that cannot be used costs the telling, not the command", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [KSVLA, "run", "--", "echo", "done"], {
    cwd: directory,
    env: { ...cleanEnvironment(directory), TMPDIR: join(directory, "missing") },
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "done\n" });
  expect(stderr).toMatch(/^warning: What the command does is not told: .*ENOENT/);
});
