/** A provider without resources, whose one data source does what its type name says. For tests of the process. */
import type { RedactingLogger } from "../../src/terraform/logger";
import { serve } from "../../src/terraform/plugin";
import type { ProviderServer, RequestOf, ResponseOf } from "../../src/terraform/protocol/tfplugin6";
import { SECRET } from "./example-secret";

function exampleServer(log: RedactingLogger): ProviderServer {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });

  const behaviours: Readonly<
    Record<string, (request: RequestOf<"readDataSource">) => Promise<ResponseOf<"readDataSource">>>
  > = {
    echo: async ({ config }) => ({ state: config }),
    throw: async () => {
      throw new Error("thrown by a handler");
    },
    print: async () => {
      console.log("printed by a library");
      process.stdout.write("written by a library\n");
      return {};
    },
    fail: async () => {
      setImmediate(() => {
        throw new Error("thrown outside of any call");
      });
      Promise.reject(new Error("rejected outside of any call"));
      return {};
    },
    log: async () => {
      log.secrets.add(SECRET);
      const basic = Buffer.from(`admin:${SECRET}`).toString("base64");
      log.info(`message with ${SECRET}`, {
        header: `Basic ${basic}`,
        body: JSON.stringify({ SECRET }),
        list: [SECRET],
      });
      log.info("second line", { password: "never registered", attempt: 2 });
      return {};
    },
    produced: async () => ({ diagnostics: [{ severity: "WARNING", summary: String(produced) }] }),
    wait: async () => {
      log.info("waiting");
      await stopped;
      return { diagnostics: [{ severity: "ERROR", summary: "Interrupted", detail: "" }] };
    },
  };

  let produced = 0;
  const streams: Readonly<
    Record<string, (limit: number, signal: AbortSignal) => AsyncIterable<ResponseOf<"listResource">>>
  > = {
    async *mebibytes(limit) {
      for (produced = 0; produced < limit; produced++) yield { displayName: "x".repeat(1024 * 1024) };
    },
    async *endless(_limit, signal) {
      yield { displayName: "the only one" };
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      log.info("The client gave up");
    },
    async *throw() {
      yield { displayName: "the only one" };
      throw new Error("thrown in a stream");
    },
    async *none() {},
  };

  return {
    getProviderSchema: async () => ({ provider: { block: {} } }),
    validateProviderConfig: async () => ({}),
    validateResourceConfig: async () => ({}),
    validateDataResourceConfig: async () => ({}),
    upgradeResourceState: async () => ({}),
    configureProvider: async () => ({}),
    readResource: async () => ({}),
    planResourceChange: async () => ({}),
    applyResourceChange: async () => ({}),
    importResourceState: async () => ({}),
    readDataSource: async (request) => (await behaviours[request.typeName]?.(request)) ?? {},
    listResource: ({ typeName, limit }, signal) => (streams[typeName] ?? streams["none"]!)(limit, signal),
    stopProvider: async () => {
      stop();
      return {};
    },
  };
}

serve({
  name: "example",
  runByHand: "This is a plugin for tests.\nTerraform starts it.",
  createServer: async (log) => {
    if (process.env["EXAMPLE_FAILS_TO_LOAD"]) throw new Error("the example fails to load");
    return exampleServer(log);
  },
});
