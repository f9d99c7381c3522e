/** How many requests a plan and an apply of many SVMs make: their number must not grow with that of the SVMs. */

import { Secret } from "../../src/integration-server";
import { type RequestFilter, type Simulator, startSimulator } from "../../src/simulator";
import { clientOf } from "../support/integration-server";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "./support/configuration";
import { DEPLOYED, IMAGE, REMOVED } from "./support/svms";
import { Workspace } from "./support/workspace";

const COUNT = 50;
const CONCURRENCY = 20;
const HOSTS = Array.from({ length: COUNT }, (_, index) => `esx-generated-${String(index + 1).padStart(4, "0")}`);

let simulator: Simulator;
let workspace: Workspace;
let infrastructureId: string;
let imageId: string;

/** @param place what an SVM's `host` is, by the name of its hypervisor in `each.key` */
function fleet(place: string): string {
  return `
provider "ksvla" {
  poll_interval   = "50ms"
  svm_concurrency = ${CONCURRENCY}
}
locals {
  ids = ${JSON.stringify(Object.fromEntries(hosts().map(({ name, id }) => [name, id])))}
  storages = ${JSON.stringify(Object.fromEntries(hosts().map(({ name, storages }) => [name, storages[0]?.id])))}
  networks = ${JSON.stringify(Object.fromEntries(hosts().map(({ name, networks }) => [name, networks[0]?.id])))}
}
resource "ksvla_svm" "each" {
  for_each          = toset(${JSON.stringify(HOSTS)})
  name              = "svm-\${each.key}"
  infrastructure_id = "${infrastructureId}"
  image_id          = "${imageId}"
  host              = ${place}
  ksc               = { address = "ksc.example.test" }
  root              = {}
  klconfig          = { password_wo = "Klconfig-1" }
}
`;
}

const hosts = () => simulator.world.hypervisor(VCENTER).hosts.filter(({ name }) => HOSTS.includes(name));

const BY_ID = `{
    id         = local.ids[each.key]
    storage_id = local.storages[each.key]
    networks   = [{ id = local.networks[each.key] }]
  }`;
const BY_NAME = `{
    id         = data.ksvla_host.each[each.key].id
    storage_id = data.ksvla_host.each[each.key].storage_ids["ds1"]
    networks   = [{ id = data.ksvla_host.each[each.key].network_ids["Servers"] }]
  }`;
const lookUps = () => `
data "ksvla_host" "each" {
  for_each          = toset(${JSON.stringify(HOSTS)})
  infrastructure_id = "${infrastructureId}"
  name              = each.key
  refresh           = true
  require           = { networks = ["Servers"], storages = ["ds1"] }
}
`;

/** How many SVMs each request was about. */
function svmsPerRequest(filter: RequestFilter): number[] {
  return simulator.requests.filter(filter).map(({ body }) => (body as { svms: unknown[] }).svms.length);
}

beforeAll(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE, generated: { hosts: COUNT } });
  simulator.world.trust(`${VCENTER}:443`);
  const client = clientOf(simulator);
  const admin = { name: "admin", password: new Secret(ADMIN_PASSWORD) };
  infrastructureId = (await client.infrastructures.create({ type: "VMWARE", address: VCENTER, admin })).id;
  imageId = (await client.images.register({ manifestPath: IMAGE, infrastructureTypes: ["VMWARE"] })).id;
  workspace = await Workspace.with(fleet(BY_NAME) + lookUps(), { env: environmentOf(simulator) });
  simulator.requests.clear();
  await workspace.apply("-parallelism=100");
});
afterAll(async () => {
  workspace.dispose();
  await simulator.stop();
});

test("the server is never given more SVMs at a time than it shall work on", () => {
  const sizes = svmsPerRequest(DEPLOYED);

  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(COUNT);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(CONCURRENCY);
});

test("an infrastructure is refreshed once for all look-ups of a plan, and once more for all of its apply", () => {
  expect(simulator.requests.count({ method: "POST", path: "*/refresh" })).toBeLessThanOrEqual(2);
});

test("a plan of fifty unchanged SVMs that are placed by name makes no more than ten requests", async () => {
  simulator.requests.clear();

  expect((await workspace.plan()).code).toBe(0);
  expect(simulator.requests.count()).toBeLessThanOrEqual(10);
});

test("one of SVMs that are placed by id makes no more than six", async () => {
  workspace.write(fleet(BY_ID));
  simulator.requests.clear();

  expect((await workspace.plan()).code).toBe(0);
  expect(simulator.requests.count()).toBeLessThanOrEqual(6);
});

test("removals go together", async () => {
  simulator.requests.clear();

  await workspace.destroy("-parallelism=100");
  expect(svmsPerRequest(REMOVED).length).toBeLessThanOrEqual(2);
});
