import { Client, credentials } from "@grpc/grpc-js";
import { type Reattachable, serveReattached } from "../../../src/terraform/plugin/reattach";
import { PROVIDER_RPCS, type ProviderServer } from "../../../src/terraform/protocol/tfplugin6";
import { memoryLog } from "../server/client";

let served: Reattachable;
let connections: number;
const clients: Client[] = [];

beforeEach(async () => {
  connections = 0;
  served = await serveReattached({
    address: "example.test/things/thing",
    log: memoryLog().log,
    async createServer() {
      const version = ++connections;
      return { getProviderSchema: async () => ({ provider: { version } }) } as unknown as ProviderServer;
    },
  });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  served.close();
});

function connect(): Client {
  const { String: socket } = JSON.parse(served.value)["example.test/things/thing"].Addr;
  const client = new Client(`unix:${socket}`, credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 });
  clients.push(client);
  return client;
}

function call(client: Client, path: string): Promise<Buffer> {
  const asIs = (bytes: Buffer) => bytes;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, asIs, asIs, Buffer.alloc(0), (error, answer) =>
      error ? reject(error) : resolve(answer ?? Buffer.alloc(0)),
    );
  });
}

const versionFor = async (client: Client) =>
  PROVIDER_RPCS.getProviderSchema.response.decode(await call(client, "/tfplugin6.Provider/GetProviderSchema")).provider
    ?.version;

test("says where it is, and that it stays when Terraform ends", () => {
  expect(JSON.parse(served.value)).toEqual({
    "example.test/things/thing": {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "unix", String: expect.stringMatching(/plugin\.sock$/) },
    },
  });
});

test("each connection has a provider of its own", async () => {
  const [first, second] = [connect(), connect()];
  expect([await versionFor(first), await versionFor(first), await versionFor(second)]).toEqual([1, 1, 2]);
});

test("a run that ends leaves the others theirs", async () => {
  const [first, second] = [connect(), connect()];
  await versionFor(second);
  await call(first, "/plugin.GRPCController/Shutdown");
  expect(await versionFor(second)).toBe(1);
});
