/** What an earlier run has registered and did not live to tell Terraform. */
import { MemoryStore } from "../../../src/journal";
import type { Client } from "../../../src/resources/shared/client";
import { svmImage } from "../../../src/resources/svm-image";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";

const REGISTERED = { method: "POST", path: "*/images/register/manifest" };
const VERIFIED = { method: "PUT", path: "*/images/*/validate" };
const IMAGE = { manifestPath: "/opt/svm/svm-6.2.xml", infrastructureTypes: ["VMWARE", "NUMAVSERVER"] };
const WEEK = 7 * 24 * 3_600_000;

let simulator: Simulator;
let store: MemoryStore;
let driver: ResourceDriver<(typeof svmImage)["schema"]["attributes"], Client>;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: 0.001 });
  store = new MemoryStore();
  driver = nextRun();
});
afterEach(() => simulator.stop());

/** Another process, with the journal of those before. */
function nextRun({ later = 0 } = {}) {
  const server = clientOf(simulator);
  const client = clientFor(server, { store, now: () => server.pace.clock.wall() + later });
  return new ResourceDriver(svmImage, client);
}

const entries = () => store.names().filter((name) => name.startsWith("image-"));
const registrations = () => simulator.requests.count(REGISTERED);

test("an image is taken over as it was registered, and verified", async () => {
  const state = await driver.create(IMAGE);

  const next = nextRun();
  expect(await next.create({ ...IMAGE, infrastructureTypes: [...IMAGE.infrastructureTypes].reverse() })).toEqual({
    ...state,
    infrastructureTypes: [...IMAGE.infrastructureTypes].reverse(),
  });
  expect([registrations(), simulator.requests.count(VERIFIED)]).toEqual([1, 2]);
  expect(next.warnings).toHaveLength(1);
});

test("one that the server does not know any more is registered anew", async () => {
  const { id } = await driver.create(IMAGE);
  simulator.world.images.clear();

  expect((await nextRun().create(IMAGE)).id).not.toBe(id);
  expect(registrations()).toBe(2);
});

test.each<[string, { readonly lost?: number; readonly later?: number }]>([
  ["whose answers nobody knows", { lost: 2 }],
  ["that was registered more than a week ago", { later: WEEK + 1_000 }],
])("one %s is registered anew, which does no harm", async (_, { lost = 0, later = 0 }) => {
  simulator.faults.add({ ...REGISTERED, times: lost, fault: { kind: "dropAfter" } });
  await driver.create(IMAGE).catch(() => undefined);
  const before = registrations();

  await nextRun({ later }).create(IMAGE);
  expect(registrations()).toBe(before + 1);
});

test("the journal forgets what was stored, destroyed, or never begun", async () => {
  const state = await driver.create(IMAGE);
  nextRun().stored(state);
  expect(entries()).toEqual([]);

  await nextRun().delete(await nextRun().create(IMAGE));
  expect(entries()).toEqual([]);

  simulator.faults.add({ ...REGISTERED, fault: { kind: "status", status: 400 } });
  await expect(nextRun().create(IMAGE)).rejects.toThrow();
  expect(entries()).toEqual([]);
});
