import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, infrastructure, PROVIDER, TIME_SCALE } from "./support/configuration";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

const RESOURCE = "ksvla_infrastructure.it";
const KEYSTONE = "openstack.example.test";
const CONFIGURATION =
  PROVIDER +
  infrastructure({
    type: "OPENSTACK",
    address: KEYSTONE,
    account: 'domain = "Default"',
    extra: 'openstack = { protocol = "https", region = "RegionOne" }',
  });

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  workspace = await Workspace.with(CONFIGURATION, { env: environmentOf(simulator) });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

/** `host:port` of everything in the first region that speaks HTTPS. */
function microservices(): string[] {
  const [region] = simulator.world.openstack(KEYSTONE).regions;
  return Object.values(region?.services ?? {}).flatMap((services) => services.map(({ address }) => address));
}

test("apply waits for Keystone and every microservice, and the plan after it is empty", async () => {
  simulator.world.trust(`${KEYSTONE}:5000`, ...microservices());

  await workspace.apply();

  const values = await workspace.values(RESOURCE);
  expect(values["microservices"]).toHaveLength(microservices().length);
  expect(values["microservices"]).toContainEqual(expect.objectContaining({ service: "compute", status: "CONNECTED" }));
  expect((await workspace.plan()).code).toBe(0);
});

test("a microservice whose certificate is not trusted is named, before a connection is added", async () => {
  const [untrusted = "", ...rest] = microservices();
  simulator.world.trust(`${KEYSTONE}:5000`, ...rest);

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toContain(untrusted);
  expect(flatten(output)).toMatch(/ksvla_trusted_certificate/);
  expect(simulator.requests.count({ method: "POST", path: "/api/3.0/infrastructures" })).toBe(0);
});

/** The documents show no accounts in what the API returns of an OpenStack connection, so nothing can know them. */
test("import is followed by an update that adopts the accounts and sends nothing", async () => {
  simulator.world.trust(`${KEYSTONE}:5000`, ...microservices());
  await workspace.apply();
  const { id } = await workspace.values(RESOURCE);
  await workspace.succeed(["state", "rm", RESOURCE]);
  await workspace.import(RESOURCE, String(id));
  simulator.requests.clear();

  expect(await workspace.plannedActions()).toEqual({ [RESOURCE]: ["update"] });
  await workspace.apply();

  expect((await workspace.plan()).code).toBe(0);
  const changing = simulator.requests.all.filter(({ method }) => method !== "GET");
  expect(changing).toEqual([]);
});
