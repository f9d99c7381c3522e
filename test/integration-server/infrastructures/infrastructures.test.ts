import {
  connectionState,
  failureOf,
  INFRASTRUCTURE_TYPES,
  type Infrastructure,
  InvalidArgumentError,
  type NewInfrastructure,
  OPENSTACK_TYPES,
} from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { FakeClock } from "../../support/fake-clock";
import { type Answer, FakeServer } from "../fake-server";

const connected = { status: "CONNECTED", connectionError: "NO_ERROR", errorMessage: "" };
const connecting = { status: "CONNECTING", connectionError: "NO_ERROR" };
const vmware = {
  infrastructureId: "i-1",
  type: "VMWARE",
  address: "vc.example.com",
  name: "vc",
  displayName: "vc",
  version: "8.0",
  accounts: { admin: { name: "root" }, readOnly: { name: "viewer" } },
  connectionInfo: { admin: connected, readOnly: { ...connected, updatePeriodSeconds: 10 } },
};
const account = { name: "root", password: new Secret("pässword") };

async function read(answer: unknown): Promise<Infrastructure> {
  const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", { body: answer });
  return server.client().infrastructures.get("i-1");
}
async function sent(call: "create" | "testConnection", infrastructure: NewInfrastructure): Promise<unknown> {
  const path = call === "create" ? "infrastructures" : "infrastructures/testConnection";
  const server = (await FakeServer.start()).on(`POST /api/3.0/${path}`, {
    body: { ...vmware, type: infrastructure.type },
  });
  await server.client().infrastructures[call](infrastructure);
  return JSON.parse(server.received[0]!.body);
}

describe("a request", () => {
  it("to connect sends both accounts with their passwords in Base64", async () => {
    const readOnly = { name: "viewer", password: new Secret("v") };
    expect(await sent("create", { type: "VMWARE", address: "vc", admin: account, readOnly })).toEqual({
      type: "VMWARE",
      address: "vc",
      accounts: {
        admin: { name: "root", password: "cMOkc3N3b3Jk" },
        readOnly: { name: "viewer", password: "dg==" },
      },
    });
  });

  it("leaves out what is not given", async () => {
    expect(await sent("create", { type: "XEN", address: "x", admin: account, readOnly: undefined })).toEqual({
      type: "XEN",
      address: "x",
      accounts: { admin: { name: "root", password: "cMOkc3N3b3Jk" } },
    });
  });

  it.each(["create", "testConnection"] as const)(
    "about OpenStack (%s) sends protocol, region and domains",
    async (call) => {
      const infrastructure: NewInfrastructure = {
        type: "OPENSTACK",
        address: "keystone:5000",
        openstack: { protocol: "https", region: "r1" },
        admin: { domain: "Default", ...account },
      };
      expect(await sent(call, infrastructure)).toEqual({
        type: "OPENSTACK",
        address: "keystone:5000",
        specificSettings: { protocol: "https", region: "r1" },
        accounts: { admin: { domain: "Default", name: "root", password: "cMOkc3N3b3Jk" } },
      });
    },
  );

  it("sends no region where none is given", async () => {
    const openstack = { protocol: "http" } as const;
    expect(await sent("testConnection", { type: "OPENSTACK", address: "k", openstack, admin: account })).toMatchObject({
      specificSettings: { protocol: "http" },
    });
  });
});

describe("an answer", () => {
  it("is read whole", async () => {
    const good = { status: "CONNECTED", error: "NO_ERROR", errorMessage: undefined, primaryServerAddress: undefined };
    expect(await read(vmware)).toEqual({
      id: "i-1",
      type: "VMWARE",
      address: "vc.example.com",
      openstack: undefined,
      name: "vc",
      displayName: "vc",
      version: "8.0",
      edition: undefined,
      accounts: { admin: { domain: undefined, name: "root" }, readOnly: { domain: undefined, name: "viewer" } },
      connection: { admin: good, readOnly: good },
      microservices: [],
      updatePeriod: 10_000,
    });
  });

  it.each([
    ["readOnly", 10, 10_000],
    ["readonly", "0.5", 500],
    ["admin", 30, 30_000],
    ["readOnly", 0, undefined],
    ["readOnly", -1, undefined],
    ["readOnly", "n/a", undefined],
    ["readOnly", null, undefined],
    ["readOnly", [10], undefined],
  ])("tells under %s that the server looks every %j seconds", async (account, updatePeriodSeconds, milliseconds) => {
    const connectionInfo = { admin: connected, [account]: { ...connected, updatePeriodSeconds } };
    expect((await read({ ...vmware, connectionInfo })).updatePeriod).toBe(milliseconds);
  });

  it.each([
    ["missing", {}],
    ["null", { readOnly: null }],
    ["empty", { readOnly: {} }],
  ])("has no account with limited rights when it is %s", async (_, readOnly) => {
    const infrastructure = await read({ ...vmware, connectionInfo: { admin: connected, ...readOnly } });
    expect(infrastructure.connection.readOnly).toBeUndefined();
  });

  it("may lack everything but id, type, address and the admin's status", async () => {
    const { connectionInfo, infrastructureId, type, address } = vmware;
    const least = {
      infrastructureId,
      type,
      address,
      connectionInfo: { admin: { status: connectionInfo.admin.status } },
    };
    expect(await read(least)).toMatchObject({
      name: undefined,
      accounts: { admin: undefined, readOnly: undefined },
      connection: { admin: { status: "CONNECTED", error: "NO_ERROR" }, readOnly: undefined },
    });
  });

  it("may hold values that a newer server has added", async () => {
    const newer = { status: "PAUSED", connectionError: "QUOTA" };
    expect(await read({ ...vmware, type: "NEWHYPERVISOR", connectionInfo: { admin: newer } })).toMatchObject({
      type: "NEWHYPERVISOR",
      connection: { admin: { status: "PAUSED", error: "QUOTA" } },
    });
  });

  it("names the primary server of a secondary", async () => {
    const details = { primaryServerAddress: "10.0.0.1" };
    const secondary = { status: "DISCONNECTED", connectionError: "NETWORK_ERROR", errorMessage: "", details };
    const { connection } = await read({ ...vmware, connectionInfo: { admin: secondary, readOnly: secondary } });
    expect([connection.admin.primaryServerAddress, connection.readOnly?.primaryServerAddress]).toEqual([
      "10.0.0.1",
      "10.0.0.1",
    ]);
  });

  it("names the call and the place when the status is missing", async () => {
    await expect(read({ ...vmware, connectionInfo: { admin: {} } })).rejects.toThrow(
      "GET /api/3.0/infrastructures/i-1: malformed answer: expected a text at connectionInfo.admin.status, got nothing",
    );
  });
});

describe("an answer about OpenStack", () => {
  const endpoint = {
    address: "10.0.0.9:8774",
    protocol: "https",
    version: "2.1",
    status: "CONNECTED",
    error: "NO_ERROR",
  };
  const parsed = { region: "r1", service: "compute", ...endpoint };
  const openstack = (regions: unknown, readonly: unknown = { ...connected, details: "..." }): unknown => ({
    ...vmware,
    type: "OPENSTACK",
    specificSettings: { protocol: "https", region: "r1" },
    edition: "2024.1",
    connectionInfo: { admin: { ...connected, details: { regions } }, readonly },
  });

  it("is read whole, with the lower-case spelling of readonly", async () => {
    expect(await read(openstack([]))).toMatchObject({
      openstack: { protocol: "https", region: "r1" },
      edition: "2024.1",
      connection: { readOnly: { status: "CONNECTED" } },
    });
  });

  it("has microservices beside endpoints", async () => {
    const region = { id: "r1", endpoints: { compute: [endpoint] }, glance: [endpoint], cinder: [endpoint] };
    const { microservices } = await read(openstack([region]));
    expect(microservices).toEqual([parsed, { ...parsed, service: "glance" }, { ...parsed, service: "cinder" }]);
  });

  it("has microservices inside endpoints", async () => {
    const region = { id: "r1", endpoints: { compute: [endpoint], neutron: [endpoint] } };
    const { microservices } = await read(openstack([region]));
    expect(microservices).toEqual([parsed, { ...parsed, service: "neutron" }]);
  });

  it("has microservices of several regions and several endpoints of one service", async () => {
    const other = { ...endpoint, address: "10.0.0.10:8774" };
    const regions = [
      { id: "r1", endpoints: { compute: [endpoint, other] } },
      { id: "r2", endpoints: { compute: [endpoint] } },
    ];
    const { microservices } = await read(openstack(regions));
    expect(microservices).toEqual([parsed, { ...parsed, ...other }, { ...parsed, region: "r2" }]);
  });

  it("lists a microservice once, with the complaint of whichever account has one", async () => {
    const regions = [{ id: "r1", endpoints: { compute: [endpoint] } }];
    const failing = [
      { id: "r1", endpoints: { compute: [{ ...endpoint, status: "DISCONNECTED", error: "UNAUTHORIZED" }] } },
    ];
    const { microservices } = await read(openstack(regions, { ...connected, details: { regions: failing } }));
    expect(microservices).toEqual([{ ...parsed, status: "DISCONNECTED", error: "UNAUTHORIZED" }]);
  });

  it("has microservices beside other lists", async () => {
    const { microservices } = await read(openstack([{ id: "r1", endpoints: { compute: [endpoint] }, tags: ["a"] }]));
    expect(microservices).toEqual([parsed]);
  });

  it("may have a text for the admin's details", async () => {
    const infrastructure = await read({ ...vmware, connectionInfo: { admin: { ...connected, details: "..." } } });
    expect(infrastructure.microservices).toEqual([]);
  });

  it("of a connection test needs no id", async () => {
    const { infrastructureId: _, ...test } = vmware;
    const server = (await FakeServer.start()).on("POST /api/3.0/infrastructures/testConnection", { body: test });
    const result = await server
      .client()
      .infrastructures.testConnection({ type: "OPENSTACK", address: "k", admin: account });
    expect(result).toMatchObject({ type: "VMWARE", connection: { admin: { status: "CONNECTED" } } });
    expect(result).not.toHaveProperty("id");
  });
});

describe("connectionState", () => {
  const state = async (admin: unknown, readOnly?: unknown, compute?: unknown): Promise<string> => {
    const details = compute === undefined ? undefined : { regions: [{ id: "r", endpoints: { compute: [compute] } }] };
    return connectionState(
      await read({ ...vmware, connectionInfo: { admin: { ...(admin as object), details }, readOnly } }),
    );
  };
  const denied = { status: "DISCONNECTED", connectionError: "ACCESS_DENIED" };

  it("is connected when both accounts and all microservices are", async () => {
    expect(await state(connected, connected, { status: "CONNECTED", error: "NO_ERROR" })).toBe("connected");
  });
  it("is connecting while the account with limited rights is", async () => {
    expect(await state(connected, connecting)).toBe("connecting");
  });
  it("is connecting while a microservice is", async () => {
    expect(await state(connected, connected, { status: "CONNECTING", error: "NO_ERROR" })).toBe("connecting");
  });
  it("is disconnected before it has begun, and when it has ended without an error", async () => {
    expect(await state({ status: "DISCONNECTED", connectionError: "NO_ERROR" }, connected)).toBe("disconnected");
  });
  it("is connecting while one part is and another has not begun", async () => {
    expect(await state(connecting, { status: "DISCONNECTED", connectionError: "NO_ERROR" })).toBe("connecting");
  });
  it("is read whatever the spelling", async () => {
    const details = { status: "Connected", error: "NoError" };
    expect(await state({ status: "Connected", connectionError: "NoError" }, undefined, details)).toBe("connected");
    expect(await state({ status: "Disconnected", connectionError: "AccessDenied" })).toBe("failed");
  });
  it("has failed when the admin's account has", async () => {
    expect(await state(denied, connecting)).toBe("failed");
  });
  it("has failed when the account with limited rights has", async () => {
    expect(await state(connected, denied)).toBe("failed");
  });
  it("has failed when a microservice has", async () => {
    expect(await state(connected, connected, { status: "DISCONNECTED", error: "INVALID_CERTIFICATE" })).toBe("failed");
  });
});

describe("waitForConnection", () => {
  const look = (admin: unknown): Answer => ({ body: { ...vmware, connectionInfo: { admin } } });

  it("looks until the connection is made, and tells every look", async () => {
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", look(connecting), look(connected));
    const seen: string[] = [];
    const onProgress = ({ connection }: Infrastructure): unknown => seen.push(connection.admin.status);
    const { infrastructures } = server.client();
    expect(connectionState(await infrastructures.waitForConnection("i-1", { onProgress }))).toBe("connected");
    expect(seen).toEqual(["CONNECTING", "CONNECTED"]);
  });

  it("ends when the connection has failed, so that the caller can say why", async () => {
    const failed = { status: "DISCONNECTED", connectionError: "UNAUTHORIZED" };
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", look(connecting), look(failed));
    const infrastructure = await server.client().infrastructures.waitForConnection("i-1");
    expect(infrastructure.connection.admin.error).toBe("UNAUTHORIZED");
  });

  it("ends after a minute in which it is down and no error says why", async () => {
    const idle = { status: "DISCONNECTED", connectionError: "NO_ERROR" };
    const clock = FakeClock.skipping();
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", look(idle));
    const infrastructure = await server.client({ clock }).infrastructures.waitForConnection("i-1");
    expect(connectionState(infrastructure)).toBe("disconnected");
    expect(clock.now()).toBeGreaterThanOrEqual(60_000);
  });

  it("counts that minute anew when it has begun to connect in between", async () => {
    const idle = look({ status: "DISCONNECTED", connectionError: "NO_ERROR" });
    // Ten looks take half of it.
    const some = Array<Answer>(10).fill(idle);
    const looks = [...some, look(connecting), ...some, look(connecting), ...some, look(connected)];
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", ...looks);
    expect(connectionState(await server.client().infrastructures.waitForConnection("i-1"))).toBe("connected");
  });

  it.each<[string, Answer]>([
    ["a 500", { status: 500 }],
    ["a web page", { body: "<html>Bad gateway</html>" }],
    ["another connection", { body: { ...vmware, infrastructureId: "i-2" } }],
  ])("of one that was begun here outlasts %s, for however long", async (_, answer) => {
    const answers = [look(connecting), ...Array<Answer>(100).fill(answer), look(connected)];
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", ...answers);
    const { infrastructures } = server.client();
    const settled = await infrastructures.waitForConnection("i-1", { isOurs: true });
    expect(connectionState(settled)).toBe("connected");
  });

  it("of one that this client has added is of one that was begun here", async () => {
    const answers = [look(connecting), ...Array<Answer>(100).fill({ status: 500 }), look(connected)];
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", ...answers);
    server.on("POST /api/3.0/infrastructures", look(connecting));
    const { infrastructures } = server.client();
    const account = { name: "admin", password: new Secret("Admin-Passw0rd") };
    await infrastructures.create({ type: "VMWARE", address: vmware.address, admin: account });
    expect(connectionState(await infrastructures.waitForConnection("i-1"))).toBe("connected");
  });

  it.each(["at once", "while it connects"])("of any other asks a server that fails %s for a minute", async (when) => {
    const answers = when === "at once" ? [] : [look(connecting)];
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", ...answers, { status: 500 });
    const clock = FakeClock.skipping();
    const wait = server.client({ clock }).infrastructures.waitForConnection("i-1");
    await expect(wait).rejects.toMatchObject({ status: 500 });
    expect(clock.now()).toBeLessThan(61_000);
  });

  it("ends at once at a server that has never answered properly", async () => {
    const server = await FakeServer.start();
    server.signIn = () => ({ body: "<html>Welcome</html>" });
    await expect(server.client().infrastructures.waitForConnection("i-1")).rejects.toMatchObject({ flaw: "garbled" });
    expect(server.tokenRequests).toHaveLength(1);
  });

  it("ends after some seconds when there is no server", async () => {
    const server = await FakeServer.start();
    const clock = FakeClock.skipping();
    const client = server.client({ clock });
    await server.close();
    await expect(client.infrastructures.waitForConnection("i-1")).rejects.toMatchObject({ name: "NetworkError" });
    expect(clock.now()).toBeLessThan(10_000);
  });

  it("ends at once when the caller leaves", async () => {
    const leaving = new AbortController();
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/i-1", look(connecting));
    const { infrastructures } = server.client();
    const onProgress = (): void => leaving.abort(new Error("interrupted"));
    const wait = infrastructures.waitForConnection("i-1", { signal: leaving.signal, onProgress });
    await expect(wait).rejects.toThrow("interrupted");
    expect(server.received).toHaveLength(1);
  });
});

it.each([
  ["delete", "DELETE /api/3.0/infrastructures/i-1"],
  ["refresh", "POST /api/3.0/infrastructures/i-1/refresh"],
] as const)("%s needs an id only, and an empty answer is fine", async (operation, call) => {
  const server = (await FakeServer.start()).on(call, { status: 200 });
  await server.client().infrastructures[operation]("i-1");
  expect(server.received[0]?.body).toBe("");
});

it.each([
  ["testConnection", "POST /api/3.0/infrastructures/testConnection"],
  ["refresh", "POST /api/3.0/infrastructures/i-1/refresh"],
] as const)("%s may be sent again, as it changes nothing", async (operation, call) => {
  const server = (await FakeServer.start()).on(call, { status: 502 }, (_, response) => void response.destroy(), {
    body: vmware,
  });
  const { infrastructures } = server.client();
  if (operation === "refresh") await infrastructures.refresh("i-1");
  else await infrastructures.testConnection({ type: "VMWARE", address: "vc", admin: account });
  expect(server.received).toHaveLength(3);
});

describe("a new connection", () => {
  const add = async (type: NewInfrastructure["type"], ...answers: readonly Answer[]) => {
    const server = (await FakeServer.start()).on("POST /api/3.0/infrastructures", ...answers);
    const added = await server
      .client()
      .infrastructures.create({ type, address: "vc", admin: account })
      .catch((error: unknown) => error);
    return { added, types: server.received.map(({ body }) => JSON.parse(body).type) };
  };
  const refused: Answer = { status: 400, body: { message: "unknown type" } };

  it("needs nothing but its id", async () => {
    const { added } = await add("VMWARE", { body: { infrastructureId: "i-1", connectionInfo: "soon" } });
    expect(added).toMatchObject({ id: "i-1", type: "VMWARE", address: "vc" });
    expect(connectionState(added as Infrastructure)).toBe("connecting");
  });

  it("is not taken for ours when it is of another type", async () => {
    const { added } = await add("XEN", { body: vmware });
    expect(failureOf(added)).toMatchObject({ kind: "foreign", effect: "unknown" });
  });

  it("to Numa vServer is asked for with the other name, once, when the server refuses the usual one", async () => {
    const { added, types } = await add("NUMAVSERVER", refused, { body: { ...vmware, type: "NUMAVERSER" } });
    expect(added).toMatchObject({ id: "i-1", type: "NUMAVSERVER" });
    expect(types).toEqual(["NUMAVSERVER", "NUMAVERSER"]);
  });

  it("to Numa vServer ends with the first refusal when both names are refused", async () => {
    const { added, types } = await add("NUMAVSERVER", refused, { status: 400, body: { message: "never heard" } });
    expect(added).toMatchObject({ serverMessage: "unknown type" });
    expect(types).toHaveLength(2);
  });

  it.each<[NewInfrastructure["type"], Answer]>([
    ["VMWARE", refused],
    ["NUMAVSERVER", { status: 409 }],
    ["NUMAVSERVER", { status: 500 }],
    ["NUMAVSERVER", { status: 403 }],
  ])("to %s is asked for once after %j", async (type, answer) => {
    expect((await add(type, answer)).types).toHaveLength(1);
  });
});

describe("an id", () => {
  it("is encoded as one segment of the path", async () => {
    const body = { ...vmware, infrastructureId: "a/b?c d" };
    const server = (await FakeServer.start()).on("GET /api/3.0/infrastructures/a%2Fb%3Fc%20d", { body });
    await expect(server.client().infrastructures.get("a/b?c d")).resolves.toMatchObject({ id: "a/b?c d" });
  });

  it.each(["", ".", ".."])("that would lead to another operation is refused: %p", async (id) => {
    const server = await FakeServer.start();
    await expect(server.client().infrastructures.delete(id)).rejects.toThrow(InvalidArgumentError);
    expect(server.connections).toBe(0);
  });
});

it("knows all fifteen types, three of them OpenStack", () => {
  expect([new Set(INFRASTRUCTURE_TYPES).size, OPENSTACK_TYPES.length]).toEqual([15, 3]);
});
