import { DiagnosticError } from "../../../src/terraform";
import { Call } from "../../../src/terraform/server/call";
import { runOperation } from "../../../src/terraform/server/operation";
import { newSession } from "../../../src/terraform/server/session";
import { exampleProvider } from "../../support/example-provider";
import { memoryLog } from "./client";

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));

/** Runs an update that is interrupted as soon as it has begun; returns the summaries of what it ends with. */
async function interrupted(run: (signal: AbortSignal) => Promise<void>): Promise<(string | undefined)[]> {
  const { log } = memoryLog();
  const session = newSession(exampleProvider, log);
  const call = new Call(log);
  const operation = runOperation(session, call, { name: "update", typeName: "x_y" }, {}, ({ signal }) => run(signal));
  session.stop.ask();
  await operation.catch((error: unknown) => call.fail(error));
  return call.toWire().map(({ summary }) => summary);
}

test("an error that only says that the wait was ended gives way to the reason", async () => {
  expect(
    await interrupted(async (signal) => {
      await aborted(signal);
      signal.throwIfAborted();
    }),
  ).toEqual(["Interrupted"]);
  expect(
    await interrupted(async (signal) => {
      await aborted(signal);
      throw Object.assign(new Error("The operation was aborted"), { name: "AbortError" });
    }),
  ).toEqual(["Interrupted"]);
});

test("an error with more to say stands before the reason", async () => {
  const summaries = await interrupted(async (signal) => {
    await aborted(signal);
    throw new DiagnosticError("The answer was lost", "Task 7 may go on.", undefined, { cause: signal.reason });
  });
  expect(summaries).toEqual(["The answer was lost", "Interrupted"]);
});

test("an operation that succeeds although it was told to end has succeeded", async () => {
  expect(await interrupted(aborted)).toEqual([]);
});

test("what begins after the interruption is told at once", async () => {
  const { log } = memoryLog();
  const session = newSession(exampleProvider, log);
  session.stop.ask();
  const call = new Call(log);
  const run = async ({ signal }: { signal: AbortSignal }) => signal.aborted;
  expect(await runOperation(session, call, { name: "read", typeName: "x_y" }, {}, run)).toBe(true);
});
