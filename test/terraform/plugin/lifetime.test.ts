import { createServer } from "node:net";
import { hclog } from "../../../src/terraform/plugin/hclog";
import { Lifetime } from "../../../src/terraform/plugin/lifetime";

/** What go-plugin waits after Shutdown before it kills the process. */
const TERRAFORM_WAITS = 2_000;
const log = hclog({ module: "test", level: "off", write: () => {} });

let exit: jest.SpyInstance;
beforeEach(() => {
  jest.useFakeTimers();
  exit = jest.spyOn(process, "exit").mockReturnValue(undefined as never);
  // Signals are for the process that runs the tests.
  jest.spyOn(process, "on").mockReturnValue(process);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** A server that listens no more only when all its connections are closed. */
function listener() {
  const server = createServer();
  let allClosed: () => void = () => {};
  jest.spyOn(server, "close").mockImplementation((callback) => {
    allClosed = () => callback?.();
    return server;
  });
  return { server, allClosed: () => allClosed() };
}

/** A client's connection, with calls in progress. */
function connection() {
  return { closed: new Promise<void>(() => {}), close: jest.fn() };
}

test("the process ends when calls in progress have ended", () => {
  const { server, allClosed } = listener();
  const lifetime = new Lifetime(server, log, async () => {});
  const client = connection();
  lifetime.add(client);

  lifetime.end("Terraform asks for it");
  expect(client.close).toHaveBeenCalledTimes(1);
  expect(exit).not.toHaveBeenCalled();

  allClosed();
  expect(exit).toHaveBeenCalledWith(0);
});

test("calls that do not end keep the process for less than Terraform waits", () => {
  const lifetime = new Lifetime(listener().server, log, async () => {});
  lifetime.add(connection());

  lifetime.end("Terraform asks for it");
  jest.advanceTimersByTime(TERRAFORM_WAITS - 500);

  expect(exit).toHaveBeenCalledWith(0);
});

test("a process that nobody connects to ends", () => {
  const { server, allClosed } = listener();
  new Lifetime(server, log, async () => {}).watch(process.ppid);
  jest.advanceTimersByTime(120_000);
  allClosed();
  expect(exit).toHaveBeenCalledWith(0);
});
