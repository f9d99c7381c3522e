import type { Socket } from "node:net";
import { FakeClock } from "../../support/fake-clock";
import { FakeServer, tokenAnswer } from "../fake-server";

const ROOT = "GET /api/3.0/infrastructures/i-1";
const LIST = `${ROOT}/objects?objectTypes=Host&outputType=GeneralInfo`;
const CONNECTED = { status: "CONNECTED", connectionError: "NO_ERROR" };
const connection = { infrastructureId: "i-1", type: "VMWARE", address: "vc", connectionInfo: { admin: CONNECTED } };

/** A server whose list takes its time by the clock. */
async function slow(milliseconds: number) {
  const clock = new FakeClock();
  const server = await FakeServer.start();
  server.on(ROOT, { body: connection });
  server.on(LIST, async () => {
    await clock.advance(milliseconds);
    return { body: { locations: [{ id: "h-1", name: "esx" }] } };
  });
  const lists = () => server.received.filter(({ url }) => url.includes("/objects"));
  return { client: server.client({ clock }), lists };
}

describe("a list of what is in an infrastructure", () => {
  it("that takes longer than a request may is waited for, and not asked for again", async () => {
    const { client, lists } = await slow(40_000);
    const { locations } = await client.infrastructures.objects("i-1", { types: ["Host"], detailed: false });
    expect(locations).toMatchObject([{ id: "h-1" }]);
    expect(lists()).toHaveLength(1);
  });

  it("is waited for five minutes where nobody else sets a limit", async () => {
    const { client, lists } = await slow(300_000);
    const list = client.infrastructures.objects("i-1", { types: ["Host"], detailed: false });
    await expect(list).rejects.toThrow(/none within 300 s/);
    expect(lists()).toHaveLength(1);
  });

  it("is waited for by a look-up as long as its own limit allows", async () => {
    const { client, lists } = await slow(3_600_000);
    const found = client.inventories.of("i-1").search(async (places) => ({ found: await places.all(["Host"]) }));
    expect(await found).toMatchObject([{ id: "h-1" }]);
    expect(lists()).toHaveLength(1);
  });
});

test("who does not even let us connect is not waited for any longer than by any request", async () => {
  const clock = FakeClock.skipping();
  const server = await FakeServer.start();
  const sockets: Socket[] = [];
  server.signIn = () => {
    // From now on, it takes connections and says nothing.
    server.https.removeAllListeners("connection");
    server.https.on("connection", (socket: Socket) => {
      sockets.push(socket);
      void clock.advance(30_000);
    });
    return { body: tokenAnswer(), headers: { connection: "close" } };
  };
  const found = server
    .client({ clock })
    .inventories.of("i-1")
    .search(async (places) => ({
      found: await places.objects({}),
    }));
  await expect(found).rejects.toThrow(/connection timed out/);
  for (const socket of sockets) socket.destroy();
});
