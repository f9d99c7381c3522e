import { type RequestFilter, type Simulator, startSimulator, type Task } from "../../src/simulator";
import { ADMIN_PASSWORD, environmentOf, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { PLAN, planned, stateOf } from "./support/quick";
import { flatten } from "./support/screen";
import { DEPLOYED, IMAGE, LISTED, RECONFIGURED, REMOVED } from "./support/svms";
import { Workspace } from "./support/workspace";

const INFRASTRUCTURE = "/api/3.0/infrastructures";
const HOSTS = Array.from({ length: 9 }, (_, index) => `esx-generated-${String(index + 1).padStart(4, "0")}`);
const SVMS = [...HOSTS.map((host) => `svm-${host}`), "svm-fixed"];
const ADDRESSES = [...HOSTS.map((host) => `ksvla_svm.each["${host}"]`), "ksvla_svm.fixed"];
const FIRST = 'ksvla_svm.each["esx-generated-0001"]';
const SECOND = 'ksvla_svm.each["esx-generated-0002"]';
const BAD = "svm-esx-generated-0007";

/** Ten SVMs on ten hosts: the places of nine are looked up, the ids of the tenth come from nowhere. */
function fleet(password = ADMIN_PASSWORD, version = "1"): string {
  const [host] = simulator.world.hypervisor(VCENTER).hosts;
  return `${PROVIDER}
resource "ksvla_trusted_certificate" "it" {
  address = "${VCENTER}:443"
}
resource "ksvla_infrastructure" "it" {
  type       = "VMWARE"
  address    = "${VCENTER}"
  admin      = { name = "admin", password_wo = "${password}", password_wo_version = "${version}" }
  depends_on = [ksvla_trusted_certificate.it]
}
resource "ksvla_svm_image" "it" {
  manifest_path        = "${IMAGE}"
  infrastructure_types = ["VMWARE"]
}
data "ksvla_host" "each" {
  for_each          = toset(${JSON.stringify(HOSTS)})
  infrastructure_id = ksvla_infrastructure.it.id
  name              = each.key
}
resource "ksvla_svm" "each" {
  for_each          = data.ksvla_host.each
  name              = "svm-\${each.key}"
  infrastructure_id = ksvla_infrastructure.it.id
  image_id          = ksvla_svm_image.it.id
  host = {
    id         = each.value.id
    storage_id = each.value.storage_ids["ds1"]
    networks   = [{ id = each.value.network_ids["Servers"] }]
  }
  ksc      = { address = "ksc.example.test" }
  root     = {}
  klconfig = { password_wo = "Klconfig-1" }
}
resource "ksvla_svm" "fixed" {
  name              = "svm-fixed"
  infrastructure_id = ksvla_infrastructure.it.id
  image_id          = ksvla_svm_image.it.id
  host = {
    id         = "${host?.id}"
    storage_id = "${host?.storages[0]?.id}"
    networks   = [{ id = "${host?.networks[0]?.id}" }]
  }
  ksc        = { address = "ksc.example.test" }
  root       = {}
  klconfig   = { password_wo = "Klconfig-1" }
  depends_on = [data.ksvla_host.each]
}
output "svm_ids" {
  value = { for key, svm in ksvla_svm.each : key => svm.id }
}
`;
}

let simulator: Simulator;
let workspace: Workspace;

beforeAll(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE, generated: { hosts: 9 } });
  workspace = await Workspace.with(fleet(), { env: environmentOf(simulator) });
});
afterAll(async () => {
  workspace.dispose();
  await simulator.stop();
});

/** Each as often as there are SVMs of it. */
const names = () =>
  simulator.world.svms.all
    .map(({ vm }) => vm.name)
    .filter((name) => SVMS.includes(name))
    .sort();
const idOf = (name: string) => simulator.world.svms.named(name).vm.id;
const tasks = (type: string) => simulator.world.tasks.all.filter((task) => task.type === type);
const sizes = (found: readonly Task[]) => found.map(({ children }) => children.length);

/** How many SVMs each request was about. */
function svmsPerRequest(filter: RequestFilter): number[] {
  return simulator.requests.filter(filter).map(({ body }) => (body as { svms: unknown[] }).svms.length);
}

describe("ten SVMs of which one fails", () => {
  let output = "";
  beforeAll(async () => {
    simulator.world.tasks.failNext({
      parameters: { svmName: BAD, deployStepName: "UploadSvmImage" },
      message: "The datastore is full.",
    });
    output = flatten((await workspace.failingApply()).output);
  });

  test("are one request and one task", () => {
    expect(svmsPerRequest(DEPLOYED)).toEqual([10]);
    expect(sizes(tasks("DeployMultipleSvm"))).toEqual([10]);
  });

  test("make one error, which names the failed one, its step and the server's message", () => {
    expect(output).toContain(BAD);
    expect(output).toContain("UploadSvmImage");
    expect(output).toContain("The datastore is full.");
    expect(output.match(/Error: Unable to deploy the SVM "[^"]+"/g)).toEqual([
      `Error: Unable to deploy the SVM "${BAD}"`,
    ]);
  });

  test("leave nine in the state, untainted", async () => {
    const svms = Object.values(stateOf(workspace)).filter(({ address }) => address.startsWith("ksvla_svm."));

    expect(svms).toHaveLength(9);
    expect(svms.filter(({ tainted }) => tainted)).toEqual([]);
  });

  test("become ten with the next apply, which deploys only the failed one", async () => {
    simulator.requests.clear();

    await workspace.apply();

    expect(svmsPerRequest(DEPLOYED)).toEqual([1]);
    expect(names()).toEqual(SVMS);
  });
});

test("the plan after that is empty, and refreshing all of them took one list of SVMs", async () => {
  simulator.requests.clear();

  expect(await planned(workspace)).toEqual({});

  const lists = simulator.requests.filter(LISTED).map(({ query }) => query);
  expect(lists.filter((query) => query.startsWith("objectTypes=SVM"))).toHaveLength(1);
});

test("the ids in the outputs are those of the SVMs", async () => {
  const { svm_ids } = await workspace.outputs();

  expect(svm_ids).toEqual(Object.fromEntries(HOSTS.map((host) => [host, idOf(`svm-${host}`)])));
});

test("a rotated password replaces the connection, and no SVM is deployed, removed or reconfigured", async () => {
  const before = stateOf(workspace)[FIRST]?.values["id"];
  simulator.requests.clear();
  simulator.world.hypervisor(VCENTER).accounts[0]!.password = "Rotated-Passw0rd";
  workspace.write(fleet("Rotated-Passw0rd", "2"));

  expect(await planned(workspace)).toEqual({
    "ksvla_infrastructure.it": "replace",
    ...Object.fromEntries(ADDRESSES.map((address) => [address, "update"])),
  });
  await workspace.apply(PLAN);

  expect([DEPLOYED, REMOVED, RECONFIGURED].map((filter) => simulator.requests.count(filter))).toEqual([0, 0, 0]);
  expect(stateOf(workspace)[FIRST]?.values).toMatchObject({
    id: before,
    infrastructure_id: [...simulator.world.infrastructures.keys()][0],
  });
  expect(await planned(workspace)).toEqual({});
});

test("one that is removed behind Terraform's back is deployed again, one with another network is reconfigured", async () => {
  const { hosts } = simulator.world.hypervisor(VCENTER);
  const second = hosts.find(({ name }) => name === HOSTS[1]);
  simulator.world.svms.remove(idOf("svm-esx-generated-0001"));
  simulator.world.svms.connect(idOf("svm-esx-generated-0002"), second!.networks[1]!.id);
  simulator.requests.clear();

  expect(await planned(workspace)).toEqual({ [FIRST]: "create", [SECOND]: "update" });
  await workspace.apply(PLAN);

  expect([svmsPerRequest(DEPLOYED), svmsPerRequest(RECONFIGURED)]).toEqual([[1], [1]]);
  expect(simulator.world.svms.named("svm-esx-generated-0002").vm.networkAdapters).toMatchObject([
    { id: second!.networks[0]!.id },
  ]);
  expect(await planned(workspace)).toEqual({});
});

test("destroy removes all of them with one request before their connection, also when one is gone already", async () => {
  simulator.world.svms.remove(idOf("svm-esx-generated-0003"));
  simulator.requests.clear();

  await workspace.destroy("-refresh=false");

  expect(svmsPerRequest(REMOVED)).toEqual([9]);
  expect(names()).toEqual([]);
  const deletions = simulator.requests.filter({ method: "DELETE" }).map(({ path }) => path);
  expect(deletions).toHaveLength(2);
  expect(deletions[1]).toContain(INFRASTRUCTURE);
});
