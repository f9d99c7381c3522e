/** Whatever ends a test's process: neither its folder nor what runs in it is left. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { WorkFolder } from "../../../constructs/testing/work-folder";
import { isAlive as isSameAlive } from "../../../src/notes/process-identity";
import { until } from "../../support/until";

const ENV = process.env;
const forever = new AbortController().signal;
const SLEEP = ["-c", "echo $$ > pid; sleep 600 & echo $! > child; wait"];

const isAlive = (pid: number): boolean => isSameAlive({ pid, startedAt: null });

/** Both processes of `SLEEP`. */
function pidsIn(folder: string): readonly number[] {
  return ["pid", "child"].map((name) => Number(readFileSync(join(folder, name), "utf8")));
}
const begun = (folder: string) =>
  until(() => existsSync(join(folder, "child")) && pidsIn(folder).every((pid) => pid > 0));

test("a command's end is told, with what it wrote", async () => {
  const folder = new WorkFolder();
  const options = { cwd: folder.path, env: ENV, signal: forever };
  expect(await folder.run("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"], options)).toEqual({
    code: 3,
    stdout: "out\n",
    stderr: "err\n",
  });
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
});

test("a command that cannot be started is an error", async () => {
  const folder = new WorkFolder();
  const options = { cwd: folder.path, env: ENV, signal: forever };
  await expect(folder.run("/nowhere/terraform", [], options)).rejects.toThrow("ENOENT");
  await folder.remove();
});

test("a signal ends the command and what it has started", async () => {
  const folder = new WorkFolder();
  const aborting = new AbortController();
  const running = folder.run("/bin/sh", SLEEP, { cwd: folder.path, env: ENV, signal: aborting.signal });
  await begun(folder.path);
  const pids = pidsIn(folder.path);
  aborting.abort(new Error("Enough."));
  await expect(running).rejects.toThrow("Enough.");
  await until(() => !pids.some(isAlive));
  await folder.remove();
});

test("a process that is killed leaves neither", async () => {
  const script = `
    const { WorkFolder } = require(${JSON.stringify(join(__dirname, "../../../constructs/testing/work-folder.ts"))});
    const folder = new WorkFolder();
    process.stdout.write(folder.path + "\\n");
    folder.run("/bin/sh", ${JSON.stringify(SLEEP)}, { cwd: folder.path, env: process.env, signal: new AbortController().signal });
  `;
  const victim: ChildProcess = spawn(process.execPath, ["--import", "tsx", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(victim.stdout!, "data");
  const path = String(line).trim();
  await begun(path);
  const pids = pidsIn(path);
  victim.kill("SIGKILL");
  await once(victim, "exit");
  await until(() => !existsSync(path) && !pids.some(isAlive));
});
