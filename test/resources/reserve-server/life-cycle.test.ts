import { setTimeout as delay } from "node:timers/promises";
import { reserveServer } from "../../../src/resources/reserve-server";
import type { Client } from "../../../src/resources/shared/client";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf, restlessClientOf, TIME_SCALE } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";
import { until } from "../../support/until";

const HOST = "viis-reserve.example.test";
const RESERVE = `${HOST}:7271`;
const SPARE = "viis-spare.example.test:7271";
const POST = { method: "POST", path: "*/ha/instances" };
const PUT = { method: "PUT", path: "*/ha/instances/*" };
const GET = { method: "GET", path: "*/ha/instances/*" };
const LIST = { method: "GET", path: "*/ha/instances" };
const DELETE = { method: "DELETE", path: "*/ha/instances/*" };
const configured = { address: RESERVE, passwordWo: "Reserve-Passw0rd" };
const versioned = { ...configured, passwordWoVersion: "1" };
const NEVER = new Date(8.64e15);

let simulator: Simulator;
let driver: ResourceDriver<(typeof reserveServer)["schema"]["attributes"], Client>;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.cluster.role = "Primary";
  simulator.world.trust(RESERVE, SPARE);
  driver = new ResourceDriver(reserveServer, clientFor(clientOf(simulator)));
});
afterEach(() => simulator.stop());

const registered = () => [...simulator.world.cluster.instances.values()];

/** Registers a reserve server behind Terraform's back. */
function occupy(address = SPARE): string {
  const id = "11111111-2222-4333-a444-555555555555";
  const instance = { id, address, password: "Reserve-Passw0rd", createdAt: new Date(), connectingUntil: new Date(0) };
  simulator.world.cluster.instances.set(id, instance);
  return id;
}

describe("create", () => {
  test("registers, and waits until it is connected", async () => {
    let saves = 0;
    driver.onSave = () => {
      saves += 1;
      registered()[0]!.connectingUntil = saves < 3 ? NEVER : new Date(0);
    };

    const state = await driver.create(versioned);

    const [instance] = registered();
    expect(state).toEqual({
      address: RESERVE,
      passwordWoVersion: "1",
      timeouts: null,
      id: instance?.id,
      role: "Reserve",
      status: "Connected",
      connectionError: "NoError",
      createdAt: instance?.createdAt.toISOString(),
    });
    // One look at what the answer has named, and the others until it is connected.
    expect(simulator.requests.count(GET)).toBe(1 + 3);
  });

  test("adds the usual port to what is sent, and keeps the spelling", async () => {
    expect(await driver.create({ ...configured, address: HOST })).toMatchObject({ address: HOST });
    expect(simulator.requests.filter(POST)[0]?.body).toEqual({
      role: "Reserve",
      address: RESERVE,
      password: Buffer.from("Reserve-Passw0rd").toString("base64"),
    });
  });

  test("sends what was planned, where that is not what is configured", async () => {
    await driver.create({ ...configured, address: SPARE }, configured);

    expect(registered()).toMatchObject([{ address: RESERVE }]);
  });

  test("saves the id before it waits", async () => {
    simulator.faults.add({ ...GET, times: Number.POSITIVE_INFINITY, fault: { kind: "status", status: 403 } });

    await expect(driver.create(configured)).rejects.toMatchObject({
      summary: expect.stringMatching(/^Unable to look at the connection/),
    });
    expect(driver.saved).toMatchObject({ id: registered()[0]?.id, address: RESERVE });
  });

  test.each([
    ["another one", SPARE, /^viis-spare\.example\.test:7271 is registered .* changes its address/],
    ["the same one", RESERVE, /^It is registered/],
  ])("is refused before anything is sent when %s is registered", async (_, address, detail) => {
    const id = occupy(address);

    const creating = driver.create(configured);

    await expect(creating).rejects.toMatchObject({
      summary: `Unable to register the reserve server ${RESERVE}`,
      detail: expect.stringMatching(detail),
      path: ["address"],
    });
    await expect(creating).rejects.toMatchObject({ detail: expect.stringContaining(`terraform import ADDRESS ${id}`) });
    expect(simulator.requests.count(POST)).toBe(0);
    expect(driver.saved).toBeUndefined();
  });

  test("names the one that was registered between the look and the request", async () => {
    const creating = driver.create(configured);
    const second = new ResourceDriver(reserveServer, clientFor(clientOf(simulator))).create({
      ...configured,
      address: SPARE,
    });

    const outcomes = await Promise.allSettled([creating, second]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({
      detail: expect.stringContaining(`terraform import ADDRESS ${registered()[0]?.id}`),
    });
  });

  test("adopts the registration whose answer was lost", async () => {
    simulator.faults.add({ ...POST, fault: { kind: "dropAfter" } });

    await expect(driver.create(configured)).resolves.toMatchObject({ status: "Connected" });
    expect(simulator.requests.count(POST)).toBe(1);
  });

  test("adopts the registration whose answer makes no sense", async () => {
    simulator.faults.add({ ...POST, fault: { kind: "truncated" } });

    await expect(driver.create(configured)).resolves.toMatchObject({ status: "Connected" });
    expect(simulator.requests.count(POST)).toBe(1);
  });

  test("adopts the registration that shows later than its lost answer", async () => {
    simulator.faults.add({ ...POST, fault: { kind: "status", status: 504 } });

    const creating = driver.create(configured);
    await until(() => simulator.requests.count(LIST) > 3);
    const id = occupy(RESERVE);

    await expect(creating).resolves.toMatchObject({ id, status: "Connected" });
    expect(simulator.requests.count(POST)).toBe(1);
  });

  test.each(["wrongId", "anotherObject"] as const)(
    "takes nothing from an answer that names another one (%s)",
    async (kind) => {
      simulator.faults.add({ ...POST, fault: { kind } });

      const state = await driver.create(configured);

      expect(state.id).toBe(registered()[0]?.id);
      expect(simulator.requests.count(POST)).toBe(1);
    },
  );

  test.each(["anotherObject", "wrongId", "html", "empty", "truncated", "dropDuring"] as const)(
    "outlasts looks that go wrong (%s)",
    async (kind) => {
      simulator.faults.add({ ...GET, times: 3, fault: { kind } });

      expect(await driver.create(configured)).toMatchObject({ id: registered()[0]?.id, status: "Connected" });
    },
  );

  test("says that nothing is registered when nothing shows for ten minutes", async () => {
    simulator.faults.add({ ...POST, fault: { kind: "dropBefore" } });

    const restless = new ResourceDriver(reserveServer, clientFor(restlessClientOf(simulator)));
    await expect(restless.create(configured)).rejects.toMatchObject({
      detail: expect.stringMatching(/It is not registered.*Apply again/),
    });
    expect(simulator.requests.count(POST)).toBe(1);
  });

  test("tells both failures when what became of a lost request cannot be seen", async () => {
    simulator.faults.add({ ...POST, fault: { kind: "dropAfter" } });
    simulator.faults.add({ ...LIST, skip: 1, fault: { kind: "status", status: 403 } });

    await expect(driver.create(configured)).rejects.toMatchObject({
      errors: [
        { summary: `Unable to register the reserve server ${RESERVE}` },
        { summary: "Unable to list the reserve servers" },
      ],
    });
  });

  test("tells the lost request alone when the look after it is interrupted", async () => {
    const interruption = new AbortController();
    const interrupted = new ResourceDriver(reserveServer, clientFor(clientOf(simulator)), interruption.signal);
    simulator.faults.add({ ...POST, fault: { kind: "dropAfter" } });
    simulator.faults.add({ ...LIST, skip: 1, fault: { kind: "latency", milliseconds: 60_000 } });

    const creating = interrupted.create(configured);
    const refused = expect(creating).rejects.toMatchObject({
      summary: `Unable to register the reserve server ${RESERVE}`,
      detail: expect.stringContaining("The next apply looks"),
    });
    while (simulator.requests.count(LIST) < 2) await delay(5);
    interruption.abort(new Error("interrupted"));

    await refused;
  });

  test("on a server that is not the primary one says how to assign the role", async () => {
    simulator.world.cluster.role = "Standalone";

    await expect(driver.create(configured)).rejects.toMatchObject({
      detail: expect.stringMatching(/403.*resource "ksvla_server_role"/s),
    });
    expect(simulator.requests.count(POST)).toBe(0);
  });

  test("that fails to connect keeps what exists and explains it", async () => {
    simulator.world.rotateCertificate(RESERVE);

    await expect(driver.create(configured)).rejects.toMatchObject({
      summary: `Unable to connect to the reserve server ${RESERVE}`,
      detail: expect.stringMatching(/InvalidCertificate.*tainted/s),
    });
    expect(driver.saved).toMatchObject({
      id: registered()[0]?.id,
      status: "Disconnected",
      connectionError: "InvalidCertificate",
    });
  });
});

describe("read", () => {
  test("of an unchanged reserve server is the same state", async () => {
    const state = await driver.create({ ...versioned, address: HOST });

    expect(await driver.read(state)).toEqual(state);
    expect(driver.warnings).toEqual([]);
  });

  test("of one that is gone is nothing", async () => {
    const state = await driver.create(configured);
    simulator.world.cluster.instances.clear();

    expect(await driver.read(state)).toBeNull();
  });

  test("of one whose address was changed is drift", async () => {
    const state = await driver.create(configured);
    registered()[0]!.address = SPARE;

    expect(await driver.read(state)).toEqual({ ...state, address: SPARE });
  });

  test("of one that is not connected warns and says why", async () => {
    const state = await driver.create(configured);
    simulator.world.endpoint(RESERVE).outage = "NETWORK_ERROR";

    expect(await driver.read(state)).toMatchObject({ status: "Disconnected", connectionError: "NetworkError" });
    expect(driver.warnings).toEqual([
      {
        summary: `The reserve server ${RESERVE} is not connected`,
        detail: expect.stringContaining("NetworkError"),
      },
    ]);
  });

  test("fails on a server that is not the primary one: that is not gone", async () => {
    const state = await driver.create(configured);
    simulator.world.cluster.role = "Standalone";

    await expect(driver.read(state)).rejects.toMatchObject({ detail: expect.stringContaining("ksvla_server_role") });
  });
});

describe("plan", () => {
  test.each([
    ["the same configuration", {}, "no-op"],
    ["another spelling of the address", { address: `${HOST.toUpperCase()}.` }, "no-op"],
    ["another address", { address: SPARE }, "update"],
    ["another password version", { passwordWoVersion: "2" }, "update"],
    ["another password without another version", { passwordWo: "Other-Passw0rd" }, "no-op"],
  ])("with %s", async (_, changes, action) => {
    const state = await driver.create(versioned);

    const plan = await driver.plan({ ...versioned, ...changes }, state);

    expect(plan).toMatchObject({ action, replacing: [] });
  });

  test.each([
    ["InvalidCertificate", "update"],
    ["AccessDenied", "update"],
    ["Unauthorized", "update"],
    ["NetworkError", "no-op"],
    ["ServerError", "no-op"],
    ["SomethingNew", "no-op"],
  ])("after the connection failed with %s is %s", async (connectionError, action) => {
    const state = await driver.create(configured);

    const failed = { ...state, status: "Disconnected", connectionError };

    expect(await driver.plan(configured, failed)).toMatchObject({ action, replacing: [] });
  });
});

describe("update", () => {
  test("sends another address and waits until it is connected", async () => {
    const state = await driver.create(versioned);

    const changed = await driver.update({ ...versioned, address: SPARE }, state);

    expect(changed).toEqual({ ...state, address: SPARE });
    expect(registered()).toMatchObject([{ id: state.id, address: SPARE }]);
  });

  test("sends another password", async () => {
    const state = await driver.create(versioned);
    simulator.world.cluster.server(RESERVE).password = "Other-Passw0rd";

    const changed = await driver.update({ ...versioned, passwordWo: "Other-Passw0rd", passwordWoVersion: "2" }, state);

    expect(changed).toEqual({ ...state, passwordWoVersion: "2" });
  });

  test("sends the address that was planned, not an ignored one that is configured", async () => {
    const state = await driver.create(versioned);
    const configuration = { ...versioned, address: SPARE, passwordWoVersion: "2" };

    await driver.update(configuration, state, { ...configuration, address: RESERVE });

    expect(simulator.requests.filter(PUT)[0]?.body).toMatchObject({ address: RESERVE });
  });

  test("that only removes the password's version sends nothing", async () => {
    const state = await driver.create(versioned);
    simulator.requests.clear();

    expect(await driver.update(configured, state)).toEqual({ ...state, passwordWoVersion: null });
    expect(simulator.requests.all).toEqual([]);
  });

  test("that fails to connect explains it", async () => {
    const state = await driver.create(versioned);

    await expect(
      driver.update({ ...versioned, passwordWo: "Wrong-Passw0rd", passwordWoVersion: "2" }, state),
    ).rejects.toMatchObject({
      detail: expect.stringMatching(/Unauthorized.*password_wo.*stays registered/s),
      path: ["passwordWo"],
    });
  });

  test.each(["dropAfter", "truncated"] as const)("sees that a new address took effect (%s)", async (kind) => {
    const state = await driver.create(configured);
    simulator.faults.add({ ...PUT, fault: { kind } });

    await expect(driver.update({ ...configured, address: SPARE }, state)).resolves.toMatchObject({ address: SPARE });
    expect(simulator.requests.count(PUT)).toBe(1);
  });

  test("sees that a new address takes effect later", async () => {
    const state = await driver.create(configured);
    simulator.faults.add({ ...PUT, fault: { kind: "status", status: 504 } });
    simulator.requests.clear();

    const updating = driver.update({ ...configured, address: SPARE }, state);
    await until(() => simulator.requests.count(GET) > 3);
    registered()[0]!.address = SPARE;

    await expect(updating).resolves.toMatchObject({ address: SPARE });
    expect(simulator.requests.count(PUT)).toBe(1);
  });

  test("whose answer is lost and whose effect cannot be seen says to apply again", async () => {
    const state = await driver.create(versioned);
    simulator.faults.add({ ...PUT, fault: { kind: "dropAfter" } });

    await expect(driver.update({ ...versioned, passwordWoVersion: "2" }, state)).rejects.toMatchObject({
      detail: expect.stringMatching(/answer was lost.*Apply again/),
    });
  });
});

describe("delete", () => {
  test("de-registers", async () => {
    await driver.delete(await driver.create(configured));

    expect(registered()).toEqual([]);
  });

  test("of one that is gone is a success", async () => {
    const state = await driver.create(configured);
    simulator.world.cluster.instances.clear();

    await expect(driver.delete(state)).resolves.toBeUndefined();
  });

  test("whose answer is lost looks whether it took effect", async () => {
    const state = await driver.create(configured);
    simulator.faults.add({ ...DELETE, fault: { kind: "dropAfter" } });

    await expect(driver.delete(state)).resolves.toBeUndefined();
    expect(simulator.requests.count(DELETE)).toBe(1);
  });

  test("that is lost itself fails when nothing has changed for ten minutes", async () => {
    const state = await driver.create(configured);
    simulator.faults.add({ ...DELETE, fault: { kind: "dropBefore" } });

    const restless = new ResourceDriver(reserveServer, clientFor(restlessClientOf(simulator)));
    await expect(restless.delete(state)).rejects.toMatchObject({
      summary: `Unable to de-register the reserve server ${RESERVE}`,
    });
  });
});

describe("import", () => {
  test("is what create would have made", async () => {
    const created = await driver.create(configured);

    expect(await driver.import(created.id!)).toEqual(created);
  });

  test("is followed by an empty plan when the configuration leaves the port out", async () => {
    const imported = await driver.import(occupy(RESERVE));

    expect(await driver.plan({ ...configured, address: HOST }, imported)).toMatchObject({ action: "no-op" });
  });

  test("of an unknown id is refused, and says where ids are told", async () => {
    await expect(driver.import("1")).rejects.toMatchObject({
      detail: expect.stringContaining("ksvla_reserve_servers"),
    });
  });
});
