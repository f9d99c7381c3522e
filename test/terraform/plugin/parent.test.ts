import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { onParentEnd } from "../../../src/terraform/plugin/parent";

/** Far more than the time between two looks. */
const A_WHILE = 10_000;

let terraform: ChildProcess;
beforeEach(() => {
  terraform = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate"] });
});
afterEach(() => {
  jest.useRealTimers();
  terraform.kill("SIGKILL");
});

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

test("nothing is called as long as the process that started the plugin lives", () => {
  const ended = jest.fn();
  onParentEnd(terraform.pid!, ended);
  jest.advanceTimersByTime(A_WHILE);
  expect(ended).not.toHaveBeenCalled();
});

test("its end is called back once", async () => {
  const ended = jest.fn();
  onParentEnd(terraform.pid!, ended);
  await kill(terraform);
  jest.advanceTimersByTime(A_WHILE);
  expect(ended).toHaveBeenCalledTimes(1);
});

test("one that cannot be seen from the start is not watched", async () => {
  await kill(terraform);
  const ended = jest.fn();
  onParentEnd(terraform.pid!, ended);
  jest.advanceTimersByTime(A_WHILE);
  expect(ended).not.toHaveBeenCalled();
});
