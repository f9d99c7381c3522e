/** What an earlier run has begun and did not live to tell Terraform. */
import { MemoryStore } from "../../../src/journal";
import { reserveServer } from "../../../src/resources/reserve-server";
import type { ReserveServerState } from "../../../src/resources/reserve-server/schema";
import type { Client } from "../../../src/resources/shared/client";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf, TIME_SCALE } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";

const RESERVE = "viis-reserve.example.test:7271";
const POST = { method: "POST", path: "*/ha/instances" };
const PUT = { method: "PUT", path: "*/ha/instances/*" };
const CONFIGURED = { address: RESERVE, passwordWo: "Reserve-Passw0rd", passwordWoVersion: "1" };
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

let simulator: Simulator;
let store: MemoryStore;
let driver: ResourceDriver<(typeof reserveServer)["schema"]["attributes"], Client>;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.cluster.role = "Primary";
  simulator.world.trust(RESERVE);
  store = new MemoryStore();
  driver = nextRun();
});
afterEach(() => simulator.stop());

/** Another process, with the journal of those before. */
function nextRun({ later = 0 } = {}) {
  const server = clientOf(simulator);
  const client = clientFor(server, { store, now: () => server.pace.clock.wall() + later });
  return new ResourceDriver(reserveServer, client);
}

const registered = () => [...simulator.world.cluster.instances.values()];
const entries = () => store.names().filter((name) => name.startsWith("reserve-server-"));

test("one whose id was answered is taken over, without its settings being sent again", async () => {
  const { id } = await driver.create(CONFIGURED);

  const next = nextRun();
  expect(await next.create(CONFIGURED)).toMatchObject({ id, status: "Connected", passwordWoVersion: "1" });
  expect([simulator.requests.count(POST), simulator.requests.count(PUT)]).toEqual([1, 0]);
  expect(next.warnings.map(({ summary }) => summary)).toEqual([
    `The reserve server ${RESERVE} was taken over from an earlier run`,
  ]);
});

test("with another version of the password it is sent all settings", async () => {
  const { id } = await driver.create(CONFIGURED);

  expect(await nextRun().create({ ...CONFIGURED, passwordWoVersion: "2" })).toMatchObject({
    id,
    passwordWoVersion: "2",
  });
  expect([simulator.requests.count(POST), simulator.requests.count(PUT)]).toEqual([1, 1]);
});

test("one that does not connect is registered again", async () => {
  const mistaken = { ...CONFIGURED, passwordWo: "Wr0ng" };
  await expect(driver.create(mistaken)).rejects.toMatchObject({ detail: expect.stringContaining("tainted") });
  const [{ id: before } = { id: "" }] = registered();

  const { id } = await nextRun().create(CONFIGURED);
  expect(registered().map((each) => each.id)).toEqual([id]);
  expect(id).not.toBe(before);
});

describe("one whose answer nobody knows", () => {
  beforeEach(async () => {
    simulator.faults.add({ ...POST, fault: { kind: "dropAfter" } });
    simulator.faults.add({ method: "GET", path: "*/ha/instances", skip: 1, fault: { kind: "status", status: 400 } });
    await expect(driver.create(CONFIGURED)).rejects.toThrow();
    expect(registered()).toHaveLength(1);
  });

  test("is taken over when it is registered", async () => {
    const { id } = await nextRun().create(CONFIGURED);
    expect(registered().map((each) => each.id)).toEqual([id]);
  });

  test("is registered when it is not", async () => {
    simulator.world.cluster.instances.clear();
    await nextRun().create(CONFIGURED);
    expect(registered()).toHaveLength(1);
  });

  test("is somebody else's when creating it has long timed out", async () => {
    const refused = { detail: expect.stringContaining(`terraform import ADDRESS ${registered()[0]!.id}`) };
    await expect(nextRun({ later: HOUR + 1_000 }).create(CONFIGURED)).rejects.toMatchObject(refused);
    expect(registered()).toHaveLength(1);
  });
});

test("after a week none is taken over: the error names the entry and the import id", async () => {
  const { id } = await driver.create(CONFIGURED);

  const refused = {
    detail: expect.stringMatching(new RegExp(`memory/reserve-server-.*terraform import ADDRESS ${id}`)),
  };
  await expect(nextRun({ later: WEEK + 1_000 }).create(CONFIGURED)).rejects.toMatchObject(refused);
});

test("one that somebody has registered by hand instead is not taken over", async () => {
  const { id } = await driver.create(CONFIGURED);
  const [instance] = registered();
  simulator.world.cluster.instances.delete(id!);
  simulator.world.cluster.instances.set("by-hand", { ...instance!, id: "by-hand" });

  await expect(nextRun().create(CONFIGURED)).rejects.toMatchObject({ detail: expect.stringContaining("by-hand") });
});

test("the journal forgets what was stored, removed, found gone, or never begun", async () => {
  const state = await driver.create(CONFIGURED);
  nextRun().stored(state);
  expect(entries()).toEqual([]);

  await nextRun().delete(state);
  const other = await nextRun().create(CONFIGURED);
  await nextRun().delete(other);
  expect(entries()).toEqual([]);

  const third = await nextRun().create(CONFIGURED);
  simulator.world.cluster.instances.clear();
  expect(await nextRun().read(third)).toBeNull();
  expect(entries()).toEqual([]);

  simulator.faults.add({ ...POST, fault: { kind: "status", status: 400 } });
  await expect(nextRun().create(CONFIGURED)).rejects.toThrow();
  expect(entries()).toEqual([]);
});

describe("one that the state has as tainted, and that create_before_destroy makes anew first", () => {
  const DELETE = { method: "DELETE", path: "*/ha/instances/*" };

  async function tainted() {
    await expect(driver.create({ ...CONFIGURED, passwordWo: "Wr0ng" })).rejects.toThrow();
    const state = { ...CONFIGURED, ...driver.saved } as unknown as ReserveServerState;
    const planning = nextRun();
    planning.stored(state);
    await planning.plan(CONFIGURED);
    return { state, next: nextRun() };
  }

  test("is de-registered first where it does not connect, so that nothing is left to remove then", async () => {
    const { state, next } = await tainted();

    const { id } = await next.create(CONFIGURED);
    await next.delete(state);
    expect(registered().map((each) => each.id)).toEqual([id]);
    expect([simulator.requests.count(POST), simulator.requests.count(DELETE)]).toEqual([2, 1]);
    expect(next.warnings).toEqual([expect.objectContaining({ summary: expect.stringContaining("was removed first") })]);
  });

  test("is left alone where it connects after all, with what to do", async () => {
    const { next } = await tainted();
    const [instance] = registered();
    instance!.password = "Reserve-Passw0rd";

    await expect(next.create(CONFIGURED)).rejects.toMatchObject({
      summary: expect.stringContaining("Unable to register the reserve server"),
      detail: expect.stringMatching(/registered and connected.*untaint.*-target/s),
    });
    expect([registered().length, simulator.requests.count(POST)]).toEqual([1, 1]);
  });

  test("is none that the user has untainted", async () => {
    const { state, next } = await tainted();
    next.stored(state);
    await next.plan(CONFIGURED, await next.read(state));

    await expect(nextRun().create(CONFIGURED)).rejects.toMatchObject({ detail: expect.stringContaining("already") });
    expect([simulator.requests.count(POST), simulator.requests.count(DELETE)]).toEqual([1, 0]);
  });
});
