import { once } from "node:events";
import { join } from "node:path";
import type { ClientReadableStream } from "@grpc/grpc-js";
import { PROVIDER_RPCS, PROVIDER_STREAMS, type RequestOf } from "../../../src/terraform/protocol/tfplugin6";
import { bundlePlugin, PluginProcess } from "../../support/plugin-process";
import { CALLS_WITHOUT_MESSAGES } from "../protocol/published-protocol";

const { request: ListRequest, response: ListEvent } = PROVIDER_STREAMS.listResource;

let bundle: Awaited<ReturnType<typeof bundlePlugin>>;
let plugin: PluginProcess;

beforeAll(async () => {
  bundle = await bundlePlugin(join(__dirname, "../../support/example-plugin.ts"));
});
beforeEach(async () => {
  plugin = await PluginProcess.start([bundle.file]);
});
afterEach(() => plugin.dispose());
afterAll(() => bundle.remove());

function list(request: Partial<RequestOf<"listResource">>): Promise<ClientReadableStream<Buffer>> {
  return plugin.stream("/tfplugin6.Provider/ListResource", ListRequest.encode(request));
}

async function eventsOf(stream: AsyncIterable<Buffer>) {
  const events = [];
  for await (const message of stream) events.push(ListEvent.decode(message));
  return events;
}

describe("a stream of answers", () => {
  test("brings each message, however much they are together", async () => {
    const events = await eventsOf(await list({ typeName: "mebibytes", limit: 24 }));
    expect(events.map(({ displayName }) => displayName.length)).toEqual(Array(24).fill(1024 * 1024));
  });

  test("without any message ends well", async () => {
    expect(await eventsOf(await list({ typeName: "none" }))).toEqual([]);
  });

  test("brings an error as a diagnostic, after what was there before it", async () => {
    const events = await eventsOf(await list({ typeName: "throw" }));
    expect(events).toMatchObject([
      { displayName: "the only one", diagnostic: [] },
      { diagnostic: [{ severity: "ERROR", detail: expect.stringContaining("thrown in a stream") }] },
    ]);
  });

  test("goes no faster than its client reads", async () => {
    const stream = await list({ typeName: "mebibytes", limit: 48 });
    await once(stream, "metadata");
    const { diagnostics } = await plugin.call("readDataSource", { typeName: "produced" });
    expect(Number(diagnostics?.[0]?.summary)).toBeLessThan(24);
    expect(await eventsOf(stream)).toHaveLength(48);
  });

  test("is told when its client gives up", async () => {
    const stream = await list({ typeName: "endless" });
    stream.on("error", () => {});
    await once(stream, "data");
    stream.cancel();
    await plugin.logLine("The client gave up");
    expect(plugin.stderr.join("\n")).not.toContain('"@level":"error"');
  });
});

test.each(["getFunctions", "moveResourceState"] as const)(
  "%s, which the provider leaves out, is unimplemented",
  async (name) => {
    await expect(plugin.call(name, {})).rejects.toMatchObject({ code: 12 });
  },
);

test.each(CALLS_WITHOUT_MESSAGES)("%s, which no provider offers, is unimplemented", async (name) => {
  const call = plugin.unary(`/tfplugin6.Provider/${name}`, Buffer.alloc(100));
  await expect(call).rejects.toMatchObject({ code: 12, details: `There is no method /tfplugin6.Provider/${name}` });
});

test("a request that is no message is answered with a diagnostic", async () => {
  const answer = await plugin.unary("/tfplugin6.Provider/ReadDataSource", Buffer.from([0x0a, 9]));
  expect(PROVIDER_RPCS.readDataSource.response.decode(answer).diagnostics).toMatchObject([
    { severity: "ERROR", summary: "Unexpected error in the provider" },
  ]);
});

test("a call whose request does not fit its type is answered with a diagnostic that a stream has, too", async () => {
  const [event] = await eventsOf(await plugin.stream("/tfplugin6.Provider/ListResource", Buffer.from([0x0a, 9])));
  expect(event?.diagnostic).toMatchObject([{ severity: "ERROR" }]);
});
