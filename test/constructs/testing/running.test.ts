import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { deployStack, endDeployments } from "../../../constructs/testing";
import { orAborted, whileAllowed } from "../../../constructs/testing/limits";

/** Work that only the signal ends, and how it ended. */
function endless() {
  const ended: unknown[] = [];
  const work = (signal: AbortSignal): Promise<never> =>
    new Promise((_, fail) => {
      signal.addEventListener("abort", () => {
        ended.push(signal.reason);
        fail(signal.reason);
      });
    });
  return { ended, work };
}

const LONG = { timeout: 1_000_000, signal: undefined };

test("what ends in time is returned", async () => {
  expect(await whileAllowed(LONG, async () => "done")).toBe("done");
});

test("time ends it, with an error that says so", async () => {
  const { work } = endless();
  await expect(whileAllowed({ timeout: 10, signal: undefined }, work)).rejects.toThrow("it took longer than 0.01 s");
});

test("a signal ends it, with its own reason", async () => {
  const { work } = endless();
  const aborting = new AbortController();
  const result = whileAllowed({ ...LONG, signal: aborting.signal }, work);
  aborting.abort(new Error("The test is over."));
  await expect(result).rejects.toThrow("The test is over.");
});

test("a signal that was aborted before ends it at once", async () => {
  const result = whileAllowed({ ...LONG, signal: AbortSignal.abort(new Error("Too late.")) }, async (signal) =>
    signal.throwIfAborted(),
  );
  await expect(result).rejects.toThrow("Too late.");
});

test("nobody waits for code that knows nothing of the signal", async () => {
  const aborting = new AbortController();
  const waiting = orAborted(new Promise(() => {}), aborting.signal);
  aborting.abort(new Error("Enough."));
  await expect(waiting).rejects.toThrow("Enough.");
  await expect(orAborted("done", aborting.signal)).resolves.toBe("done");
});

test("the end of a test ends all that still run, and waits for them", async () => {
  const { ended, work } = endless();
  const results = Promise.allSettled([whileAllowed(LONG, work), whileAllowed(LONG, work)]);
  await endDeployments();
  expect(ended).toHaveLength(2);
  expect((await results).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await endDeployments();
});

describe("without a Terraform", () => {
  const { env } = process;
  afterEach(() => {
    process.env = env;
  });

  test.each([
    [
      { PATH: "/nowhere" },
      "There is no terraform and no tofu on the PATH, and a deployment in a test needs one. Install Terraform or OpenTofu",
    ],
    [
      { PATH: "/nowhere", TERRAFORM_BINARY_NAME: "terraform-2" },
      'TERRAFORM_BINARY_NAME names "terraform-2", which is no program on the PATH',
    ],
  ])("the environment %p is a clear error", async (environment, words) => {
    process.env = environment;
    await expect(deployStack(() => {})).rejects.toThrow(words);
  });
});

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("ksvla-test-"));

test.each([
  [{ faults: ["deploy svm-01=breaks"] }, "What is done to an SVM ends in one of"],
  [{ inventory: "/nowhere/site.yaml" }, "ENOENT"],
])("a mistake in %p is told before anything starts", async (options, words) => {
  const before = folders();
  await expect(deployStack(() => {}, options)).rejects.toThrow(words);
  expect(folders()).toEqual(before);
});
