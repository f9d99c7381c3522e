import { setImmediate as tick } from "node:timers/promises";
import { connectionState, type IntegrationServer, type Location, type Places } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { InventoryServer, type InventoryServerOptions, idOf } from "./inventory-server";

/** Longer ago than any server takes to notice what is new. */
const AGES = 1_000_000;
const HOST = ["Host"] as const;

class Missing extends Error {}

async function start(options: InventoryServerOptions = {}) {
  const server = await InventoryServer.start(options);
  return { server, client: server.client() };
}

/** As a data source does it: the connection, the name, then all about the one. */
async function look(places: Places, name: string) {
  await places.connection();
  const found = (await places.all(HOST)).find((each) => each.name === name);
  const location = found && (await places.one(HOST, found.id));
  return location ? { found: location } : { problem: new Missing(name) };
}

const find = (client: IntegrationServer, name: string, options = {}): Promise<Location> =>
  client.inventories.of("i-1").search((places) => look(places, name), options);

const names = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `esx-${from + index}`);

/** Each next one begins when one has ended, as Terraform does it. */
async function tenAtATime(all: readonly string[], one: (name: string) => Promise<unknown>): Promise<void> {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      await one(next);
      await tick();
    }
  };
  await Promise.all(Array.from({ length: 10 }, worker));
}

describe("look-ups share what they read", () => {
  it("a thousand, ten at a time, are one look at the connection, one brief list and one detailed list", async () => {
    const { server, client } = await start({ hosts: 1_000 });
    await tenAtATime(names(1_000), async (name) => {
      expect(await find(client, name)).toMatchObject({
        id: idOf(name),
        resources: { networks: [{ id: `n-${name}` }] },
      });
    });
    expect(server.asked).toEqual(["connection", "brief", "detailed"]);
  });

  it("a thousand, one after the other, are some single objects before the detailed list", async () => {
    const { server, client } = await start({ hosts: 1_000 });
    for (const name of names(1_000)) await find(client, name);
    expect(server.asked).toEqual(["connection", "brief", "one", "one", "one", "one", "detailed"]);
  });

  it("a few are single objects, each of them once", async () => {
    const { server, client } = await start({ hosts: 1_000 });
    await Promise.all([...names(4), ...names(4)].map((name) => find(client, name)));
    expect([server.times("one"), server.times("detailed")]).toEqual([4, 0]);
  });

  it("by id need no brief list", async () => {
    const { server, client } = await start();
    const byId = (id: string) =>
      client.inventories.of("i-1").search(async (places) => ({ found: await places.one(HOST, id) }));
    await tenAtATime(names(20).map(idOf), byId);
    expect([server.times("brief"), server.times("detailed")]).toEqual([0, 1]);
  });

  it("by id in whichever letters, which they keep, also where they are many", async () => {
    const { client } = await start();
    const ids = names(20).map((name) => idOf(name).toUpperCase());
    const places = client.inventories.of("i-1");
    const found = await Promise.all(
      ids.map((id) => places.search(async (places) => ({ found: await places.one(HOST, id) }))),
    );
    expect(found.map((place) => place?.id)).toEqual(ids);
  });

  it("until nobody has looked for a minute", async () => {
    const { server, client } = await start();
    for (let look = 0; look < 5; look += 1) {
      await find(client, "esx-0");
      await server.clock.advance(59_000);
    }
    expect(server.times("brief")).toBe(1);
    await server.clock.advance(2_000);
    await find(client, "esx-0");
    expect(server.times("brief")).toBe(2);
  });

  it("and know later that they are many", async () => {
    const { server, client } = await start();
    for (const name of names(5)) await find(client, name);
    await server.clock.advance(61_000);
    await find(client, "esx-0");
    expect(server.asked.slice(-3)).toEqual(["connection", "brief", "detailed"]);
  });

  it("that a connection is down, until the server may have seen it mended", async () => {
    const { server, client } = await start({ downUntil: 5_000 });
    const isConnected = () =>
      client.inventories
        .of("i-1")
        .search(async (places) => ({ found: connectionState(await places.connection()) === "connected" }));
    expect([await isConnected(), await isConnected(), server.times("connection")]).toEqual([false, false, 1]);
    await server.clock.advance(10_000);
    expect([await isConnected(), server.times("connection")]).toEqual([true, 2]);
  });

  it("but not what failed", async () => {
    const { server, client } = await start();
    server.fake.on("GET /api/3.0/infrastructures/i-1/objects/h-esx-0", { status: 400 }, { body: { id: "h-esx-0" } });
    await expect(find(client, "esx-0")).rejects.toMatchObject({ status: 400 });
    expect(await find(client, "esx-0")).toMatchObject({ id: "h-esx-0" });
  });

  it("one by one when the detailed list is larger than any answer may be", async () => {
    const { server, client } = await start();
    const detailed = "GET /api/3.0/infrastructures/i-1/objects?objectTypes=Host&outputType=DetailedInfo";
    server.fake.on(detailed, { body: `{"locations":[],"padding":"${"x".repeat(33 * 1024 * 1024)}"}` });
    await tenAtATime(names(20), (name) => find(client, name));
    expect(server.times("one")).toBe(20);
  });

  it("lists of machines, which may be large, only at the same time", async () => {
    const { server, client } = await start();
    const machines = () =>
      client.inventories
        .of("i-1")
        .search(async (places) => ({ found: await places.objects({ types: ["VM"], detailed: false }) }));
    await Promise.all([machines(), machines()]);
    expect(server.times("machines")).toBe(1);
    await machines();
    expect(server.times("machines")).toBe(2);
  });
});

describe("a refresh", () => {
  it("is one for all look-ups and for the judge, however late they come", async () => {
    const { server, client } = await start({ hosts: 50 });
    const gone = client.judge.find({ type: "host", infrastructureId: "i-1", locationId: "h", name: "svm", id: "v-1" });
    await Promise.all([gone, ...names(50).map((name) => find(client, name, { refresh: true }))]);
    await find(client, "esx-0", { refresh: true });
    expect(server.times("refresh")).toBe(1);
  });

  it("is waited for until the server has connected again, and what was read before is forgotten", async () => {
    const { server, client } = await start({ later: { new: 1_000 } });
    await find(client, "esx-0");
    expect(await find(client, "new", { refresh: true })).toMatchObject({ name: "new" });
    expect(server.times("brief")).toBe(2);
  });

  it("that is not made for a connection that was added just now", async () => {
    const { server, client } = await start();
    const added = { infrastructureId: "i-1", type: "VMWARE", address: "vc" };
    server.fake.on("POST /api/3.0/infrastructures", { body: added });
    const admin = { name: "admin", password: new Secret("Admin-Passw0rd") };
    await client.infrastructures.create({ type: "VMWARE", address: "vc", admin });
    await find(client, "esx-0", { refresh: true });
    expect(server.times("refresh")).toBe(0);
  });
});

describe("a name that is missing", () => {
  it("is missing at once on a connection that was made long ago", async () => {
    const { server, client } = await start();
    await expect(find(client, "nowhere")).rejects.toBeInstanceOf(Missing);
    expect([server.times("brief"), server.clock.now()]).toEqual([1, 0]);
  });

  it("is looked for again until a period after the connection was made", async () => {
    const { server, client } = await start({ connects: true });
    await expect(find(client, "nowhere")).rejects.toBeInstanceOf(Missing);
    expect(server.clock.now()).toBeGreaterThanOrEqual(13_000);
    expect(server.clock.now()).toBeLessThan(20_000);
  });

  it("is found as soon as the server has seen it", async () => {
    const { server, client } = await start({ connects: true, later: { late: 8_000 } });
    expect(await find(client, "late")).toMatchObject({ name: "late" });
    expect(server.clock.now()).toBeLessThan(13_000);
  });

  it("is looked for again when there is nothing at all: that counts as connected just now", async () => {
    const { client } = await start({ emptyUntil: 7_000 });
    expect(await find(client, "esx-0")).toMatchObject({ name: "esx-0" });
  });

  it("is missing when there is nothing at all for a period", async () => {
    const { server, client } = await start({ emptyUntil: AGES });
    await expect(find(client, "esx-0")).rejects.toBeInstanceOf(Missing);
    expect(server.clock.now()).toBeGreaterThanOrEqual(10_000);
    expect(server.clock.now()).toBeLessThan(20_000);
  });

  it("is looked for anew when what others have read is older than the server's last look", async () => {
    const { server, client } = await start({ later: { late: 15_000 } });
    await find(client, "esx-0");
    await server.clock.advance(20_000);
    expect(await find(client, "late")).toMatchObject({ name: "late" });
  });

  it("costs a thousand wrong names no more than one", async () => {
    const { server, client } = await start({ connects: true });
    const wrong = Array.from({ length: 1_000 }, (_, index) => `wrong-${index}`);
    await tenAtATime(wrong, async (name) => expect(find(client, name)).rejects.toBeInstanceOf(Missing));
    expect(server.times("brief")).toBeLessThanOrEqual(10);
  });

  it("is waited for no longer than the signal lives", async () => {
    const { client } = await start({ emptyUntil: AGES });
    const leaving = new AbortController();
    const found = client.inventories.of("i-1").search(
      async (places) => {
        const sight = await look(places, "esx-0");
        leaving.abort(new Error("enough"));
        return sight;
      },
      { signal: leaving.signal },
    );
    await expect(found).rejects.toThrow("enough");
  });
});
