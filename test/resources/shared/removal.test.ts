/** Connections and reserve servers whose removal was sent by a run that did not live to see its end. */
import { MemoryStore } from "../../../src/journal";
import { infrastructure } from "../../../src/resources/infrastructure";
import { reserveServer } from "../../../src/resources/reserve-server";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf, TIME_SCALE } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";
import { until } from "../../support/until";

const VCENTER = "vcenter.example.test";
const RESERVE = "viis-reserve.example.test:7271";
/** Real milliseconds that the server takes to obey. */
const SLOW = 300;

const CASES = [
  {
    name: "connection",
    resource: infrastructure,
    configuration: { type: "VMWARE", address: VCENTER, admin: { name: "admin", passwordWo: "Admin-Passw0rd" } },
    request: { method: "DELETE", path: "*/infrastructures/*" },
    left: () => [...simulator.world.infrastructures.keys()],
  },
  {
    name: "reserve server",
    resource: reserveServer,
    configuration: { address: RESERVE, passwordWo: "Reserve-Passw0rd" },
    request: { method: "DELETE", path: "*/ha/instances/*" },
    left: () => [...simulator.world.cluster.instances.keys()],
  },
] as const;

let simulator: Simulator;
let store: MemoryStore;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.trust(`${VCENTER}:443`, RESERVE);
  simulator.world.cluster.role = "Primary";
  store = new MemoryStore();
});
afterEach(() => simulator.stop());

const notes = () => store.names().filter((name) => name.startsWith("removal-"));

describe.each(CASES)("a $name", ({ resource, configuration, request, left }) => {
  /** Another process, with the journal of those before. */
  const run = ({ later = 0, signal = new AbortController().signal } = {}) => {
    const server = clientOf(simulator);
    const client = clientFor(server, { store, now: () => server.pace.clock.wall() + later });
    return new ResourceDriver(resource as never, client, signal) as ResourceDriver<
      typeof resource.schema.attributes,
      typeof client
    >;
  };

  async function killedRun() {
    const state = await run().create(configuration);
    run().stored(state);
    simulator.faults.add({ ...request, fault: { kind: "latency", milliseconds: SLOW } });
    const kill = new AbortController();
    const removal = run({ signal: kill.signal }).delete(state);
    await until(() => simulator.requests.count(request) > 0);
    kill.abort(new Error("killed"));
    await expect(removal).rejects.toThrow();
    return state;
  }

  test("whose removal is obeyed later is awaited by a read", async () => {
    const state = await killedRun();

    expect(await run().read(state)).toBeNull();
    expect([left(), notes()]).toEqual([[], []]);
  });

  test("whose removal may yet be obeyed is there for a plan that comes later than two minutes, with a warning", async () => {
    const state = await killedRun();
    simulator.faults.clear();

    const next = run({ later: 120_001 });
    expect(await next.read(state)).toMatchObject({ id: state.id });
    expect(next.warnings).toMatchObject([
      { summary: expect.stringMatching(/may be about to go$/), detail: expect.stringContaining("plan again then") },
    ]);
    expect(notes()).toHaveLength(1);
  });

  test("whose removal was never obeyed is there, once nothing is expected of that any more", async () => {
    const state = await killedRun();
    simulator.faults.clear();

    expect(notes()).toHaveLength(1);
    expect(await run({ later: 600_001 }).read(state)).toMatchObject({ id: state.id });
    expect(notes()).toEqual([]);
  });

  test("whose removal was refused is in no journal", async () => {
    const state = await run().create(configuration);
    simulator.faults.add({ ...request, fault: { kind: "status", status: 400 } });

    await expect(run().delete(state)).rejects.toThrow();
    expect(notes()).toEqual([]);
  });

  test("that an earlier run has made, and then begun to remove, is not taken over", async () => {
    const state = await run().create(configuration);
    simulator.faults.add({ ...request, fault: { kind: "latency", milliseconds: SLOW } });
    const kill = new AbortController();
    const removal = run({ signal: kill.signal }).delete(state);
    await until(() => simulator.requests.count(request) > 0);
    kill.abort(new Error("killed"));
    await expect(removal).rejects.toThrow();

    const again = await run().create(configuration);
    expect(again.id).not.toBe(state.id);
    expect(left()).toEqual([again.id]);
  });
});
