/** What an earlier run has begun and did not live to tell Terraform. */
import { MemoryStore } from "../../../src/journal";
import { infrastructure } from "../../../src/resources/infrastructure";
import type { InfrastructureState } from "../../../src/resources/infrastructure/schema";
import type { Client } from "../../../src/resources/shared/client";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf, restlessClientOf, TIME_SCALE } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";

const VCENTER = "vcenter.example.test";
const POSTED = { method: "POST", path: "/api/3.0/infrastructures" };
const VMWARE = { type: "VMWARE", address: VCENTER, admin: { name: "admin", passwordWo: "Admin-Passw0rd" } };
const WEEK = 7 * 24 * 3_600_000;

let simulator: Simulator;
let store: MemoryStore;
let driver: ResourceDriver<(typeof infrastructure)["schema"]["attributes"], Client>;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.trust(`${VCENTER}:443`);
  store = new MemoryStore();
  driver = nextRun();
});
afterEach(() => simulator.stop());

/** Another process, with the journal of those before. */
function nextRun({ later = 0 } = {}) {
  const server = clientOf(simulator);
  const client = clientFor(server, { store, now: () => server.pace.clock.wall() + later });
  return new ResourceDriver(infrastructure, client);
}

const connections = () => [...simulator.world.infrastructures.values()];
const entries = () => store.names().filter((name) => name.startsWith("infrastructure-"));
const stored = (id: string) => nextRun().stored({ ...VMWARE, id });

test("a connection whose id was answered is taken over, and not added again", async () => {
  await driver.create(VMWARE);
  const { id } = connections()[0]!;

  const next = nextRun();
  expect(await next.create(VMWARE)).toMatchObject({ id, status: "CONNECTED", address: VCENTER });

  expect(simulator.requests.count(POSTED)).toBe(1);
  expect(next.warnings).toEqual([
    {
      summary: `The connection to VMware vSphere at ${VCENTER} was taken over from an earlier run`,
      detail: expect.stringContaining(`import id is "${id}"`),
    },
  ]);
  expect(next.warnings[0]?.detail).toContain(`cdktf-ksvla journal forget memory/${entries()[0]}`);
});

test("so is one with its address in another spelling", async () => {
  await driver.create(VMWARE);
  await nextRun().create({ ...VMWARE, address: `${VCENTER.toUpperCase()}:443` });

  expect(simulator.requests.count(POSTED)).toBe(1);
});

test("what was taken over may be taken over again until Terraform has stored it, and never after that", async () => {
  await driver.create(VMWARE);
  const { id } = await nextRun().create(VMWARE);
  await nextRun().create(VMWARE);
  expect(entries()).toHaveLength(1);

  stored(id!);
  expect(entries()).toEqual([]);
  await expect(nextRun().create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("already") });
});

test("one that does not connect is removed and added again", async () => {
  const mistaken = { ...VMWARE, admin: { ...VMWARE.admin, passwordWo: "Wr0ng" } };
  await expect(driver.create(mistaken)).rejects.toMatchObject({ detail: expect.stringContaining("tainted") });

  const state = await nextRun().create(VMWARE);

  expect(connections().map((each) => each.id)).toEqual([state.id]);
  expect(simulator.requests.count(POSTED)).toBe(2);
});

test("one with another account's settings is saved with an error", async () => {
  await driver.create(VMWARE);
  const { id } = connections()[0]!;

  const next = nextRun();
  const changed = { ...VMWARE, admin: { ...VMWARE.admin, passwordWoVersion: "2" } };
  await expect(next.create(changed)).rejects.toMatchObject({ detail: expect.stringContaining("terraform untaint") });
  expect(next.saved).toMatchObject({ id });
  expect(simulator.requests.count(POSTED)).toBe(1);
});

test("one that is gone is added again", async () => {
  await driver.create(VMWARE);
  simulator.world.infrastructures.clear();

  await nextRun().create(VMWARE);
  expect(connections()).toHaveLength(1);
});

test("after a week none is taken over: the error names the entry and the import id", async () => {
  await driver.create(VMWARE);
  const { id } = connections()[0]!;

  const refused = {
    detail: expect.stringMatching(new RegExp(`memory/infrastructure-.*terraform import ADDRESS ${id}`)),
  };
  await expect(nextRun({ later: WEEK + 1_000 }).create(VMWARE)).rejects.toMatchObject(refused);
});

test("what another state holds is not taken over", async () => {
  await driver.create(VMWARE);
  const { id } = connections()[0]!;
  const holding = { kind: "infrastructure", server: simulator.address, id, workspace: "blue", stack: "other" };
  store.append("held", JSON.stringify(holding));

  await expect(nextRun().create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining('"blue" of other') });
});

describe("a request whose answer nobody knows", () => {
  beforeEach(async () => {
    simulator.faults.add({ ...POSTED, fault: { kind: "dropAfter" } });
    await expect(driver.create(VMWARE)).rejects.toMatchObject({
      detail: expect.stringMatching(/Integration Server Console.*cdktf-ksvla journal forget memory\/infrastructure-/s),
    });
  });

  test("is not made again by any run, until the journal forgets it", async () => {
    for (const later of [0, WEEK * 2]) {
      await expect(nextRun({ later }).create(VMWARE)).rejects.toMatchObject({
        detail: expect.stringContaining(`cdktf-ksvla journal forget memory/${entries()[0]}`),
      });
    }
    expect(simulator.requests.count(POSTED)).toBe(1);

    store.remove(entries()[0]!);
    simulator.world.infrastructures.clear();
    await nextRun().create(VMWARE);
    expect(connections()).toHaveLength(1);
  });
});

test("an answer that named another connection, then or now, is no reason to take that one over", async () => {
  const named = (id: string, address: string) =>
    simulator.world.infrastructures.set(id, {
      ...{ id, type: "VMWARE", address, accounts: { admin: { name: "admin", password: "Admin-Passw0rd" } } },
      connectingUntil: new Date(0),
    });
  named("other", "vcenter-2.example.test");
  simulator.faults.add({ ...POSTED, fault: { kind: "anotherObject" } });
  await expect(driver.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("left alone") });
  const uncertain = { summary: `Unable to tell whether there is the connection to VMware vSphere at ${VCENTER}` };
  await expect(nextRun().create(VMWARE)).rejects.toMatchObject(uncertain);

  store.remove(entries()[0]!);
  simulator.world.infrastructures.clear();
  const { id } = await nextRun().create(VMWARE);
  named(id!, "vcenter-2.example.test");
  await expect(nextRun().create(VMWARE)).rejects.toMatchObject(uncertain);
});

test("an answer that names a connection of this state is about that one, however its address is written", async () => {
  simulator.world.infrastructures.set("ours", {
    ...{ id: "ours", type: "VMWARE", address: "192.0.2.7" },
    ...{ accounts: { admin: { name: "admin", password: "Admin-Passw0rd" } }, connectingUntil: new Date(0) },
  });
  driver.stored({ ...VMWARE, id: "ours", address: "192.0.2.7" });
  simulator.faults.add({ ...POSTED, fault: { kind: "anotherObject" } });

  await expect(driver.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("left alone") });
});

test("a request that was refused or never left has begun nothing", async () => {
  simulator.faults.add({ ...POSTED, fault: { kind: "status", status: 400 } });
  await expect(driver.create(VMWARE)).rejects.toMatchObject({ summary: expect.stringContaining("Unable to connect") });

  expect(entries()).toEqual([]);
});

test("an entry that cannot be written lets nothing leave", async () => {
  store.write = () => {
    throw new Error("no space left on device");
  };

  await expect(driver.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("no space left") });
  expect(simulator.requests.count(POSTED)).toBe(0);
});

test("a removed connection leaves nothing in the journal, nor does one that is found gone", async () => {
  const state = await driver.create(VMWARE);
  await nextRun().delete(state);
  expect(entries()).toEqual([]);

  const other = await nextRun().create(VMWARE);
  simulator.world.infrastructures.clear();
  expect(await nextRun().read(other)).toBeNull();
  expect(entries()).toEqual([]);
});

describe("one that the state has as tainted, and that create_before_destroy makes anew first", () => {
  const mistaken = { ...VMWARE, admin: { ...VMWARE.admin, passwordWo: "Wr0ng" } };
  const deleted = { method: "DELETE", path: "/api/3.0/infrastructures/*" };
  const sent = () => [simulator.requests.count(POSTED), simulator.requests.count(deleted)];

  /** As Terraform has it; and the process that applies what one has planned that was given it. */
  async function tainted() {
    const state = { ...VMWARE, ...driver.saved } as unknown as InfrastructureState;
    const planning = nextRun();
    planning.stored(state);
    await planning.plan(VMWARE);
    return { state, next: nextRun() };
  }

  test("is removed first where it does not connect, so that nothing is left to remove then", async () => {
    await expect(driver.create(mistaken)).rejects.toThrow();
    const { state, next } = await tainted();

    const { id } = await next.create(VMWARE);
    await next.delete(state);
    expect([connections().map((each) => each.id), sent()]).toEqual([[id], [2, 1]]);
    expect(next.warnings).toEqual([expect.objectContaining({ summary: expect.stringContaining("was removed first") })]);
  });

  test("is left alone where it connects after all, with what to do", async () => {
    await expect(driver.create(mistaken)).rejects.toThrow();
    const { next } = await tainted();
    simulator.world.hypervisor(VCENTER).accounts[0]!.password = "Wr0ng";

    await expect(next.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringMatching(/untaint.*-target/s) });
    expect([connections().length, sent()]).toEqual([1, [2, 0]]);

    simulator.habits.secondConnection = "accepted";
    const again = (await tainted()).next;
    await expect(again.create(mistaken)).resolves.toMatchObject({ status: "CONNECTED" });
    expect(sent()).toEqual([3, 0]);
  });

  test("is none that the user has untainted", async () => {
    await expect(driver.create(mistaken)).rejects.toThrow();
    const { state, next } = await tainted();
    next.stored(state);
    await next.plan(VMWARE, await next.read(state));

    await expect(nextRun().create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("already") });
    expect(sent()).toEqual([2, 0]);
  });
});

describe("one to an address whose connection is still being removed", () => {
  const refused = { ...POSTED, fault: { kind: "status", status: 409 }, times: 3 } as const;

  test("is added when the server has let go of that", async () => {
    const state = await driver.create(VMWARE);
    const next = nextRun();
    next.stored(state);
    await next.delete(state);
    simulator.faults.add(refused);

    await expect(next.create(VMWARE)).resolves.toMatchObject({ status: "CONNECTED" });
    expect([connections().length, entries().length]).toEqual([1, 1]);
    expect(next.infos.map(([message]) => message)).toContainEqual(
      expect.stringMatching(/still being removed: waiting for that, for 10 min at most$/),
    );
  });

  test("is added, too, where an earlier run has removed it", async () => {
    const state = await driver.create(VMWARE);
    const removing = nextRun();
    removing.stored(state);
    await removing.delete(state);
    simulator.faults.add(refused);

    await expect(nextRun().create(VMWARE)).resolves.toMatchObject({ status: "CONNECTED" });
  });

  test.each(["The infrastructure is being deleted.", "Deleting", "Removal of the infrastructure is in progress"])(
    "is added, too, where somebody else has removed it, as the server says: %s",
    async (message) => {
      simulator.faults.add({ ...POSTED, fault: { kind: "status", status: 409, message }, times: 2 });

      await expect(driver.create(VMWARE)).resolves.toMatchObject({ status: "CONNECTED" });
    },
  );

  test("is refused at once where the server only advises to remove what there is", async () => {
    const message = "The infrastructure exists already. It cannot be added until that one was deleted or removed.";
    simulator.faults.add({
      ...POSTED,
      fault: { kind: "status", status: 409, message },
      times: Number.POSITIVE_INFINITY,
    });

    await expect(driver.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("connected already") });
    expect(simulator.requests.count(POSTED)).toBe(1);
  });

  test("is refused at once where nobody has removed anything, and after ten minutes where that does not end", async () => {
    simulator.faults.add({ ...refused, times: Number.POSITIVE_INFINITY });
    await expect(driver.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("connected already") });
    expect([simulator.requests.count(POSTED), entries()]).toEqual([1, []]);

    simulator.faults.clear();
    const state = await driver.create(VMWARE);
    const next = new ResourceDriver(infrastructure, clientFor(restlessClientOf(simulator), { store }));
    next.stored(state);
    await next.delete(state);
    simulator.faults.add({ ...refused, times: Number.POSITIVE_INFINITY });
    await expect(next.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("connected already") });
    expect([entries(), connections()]).toEqual([[], []]);
  });
});
