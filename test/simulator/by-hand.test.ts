import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient } from "./support/api-client";
import {
  cloud,
  connectCloud,
  connectVcenter,
  deployment,
  ended,
  existing,
  hostSvm,
  register,
  vcenter,
} from "./support/svm-requests";

let simulator: Simulator;
let client: ApiClient;
let infrastructureId: string;
beforeEach(async () => {
  simulator = await startSimulator({ timeScale: 0.001 });
  client = await ApiClient.loggedIn(simulator);
  infrastructureId = await connectVcenter(client);
});
afterEach(() => simulator.stop());

const object = async (id: string) => (await client.get(`/infrastructures/${infrastructureId}/objects/${id}`)).json();
const machines = async () =>
  (await client.get(`/infrastructures/${infrastructureId}/objects?objectTypes=VM+SVM`)).json().vms;
const host = (name: string) => vcenter(simulator).hosts.find((each) => each.name === name)!;
const idOf = (name: string) => simulator.world.svms.named(name).vm.id;

test("a moved SVM keeps its id and is on the other host, in its network of the same name", async () => {
  const id = idOf("svm-old");
  simulator.moveSvm("svm-old", "esx-01");
  expect(await object(id)).toMatchObject({
    name: "svm-old",
    parentId: host("esx-01").id,
    networkAdapters: [{ id: host("esx-01").networks[0]!.id, name: "Servers" }],
  });
});

test("a moved SVM is removed where it is now, and not where it was", async () => {
  const before = existing(simulator, infrastructureId, "svm-old");
  simulator.moveSvm("svm-old", host("esx-01").id);
  expect((await ended(client, "DELETE", { svms: [before] })).state).toBe("Failed");
  const now = existing(simulator, infrastructureId, "svm-old");
  expect((await ended(client, "DELETE", { svms: [now] })).state).toBe("Completed");
});

test("an SVM in OpenStack moves to another hypervisor and stays in its project", async () => {
  infrastructureId = await connectCloud(client);
  const { vm } = simulator.world.svms.named(nameInCloud());
  simulator.moveSvm(vm.name, "compute-02");
  const [, second] = cloud(simulator).hypervisors;
  expect([vm.hypervisorId, vm.parentId]).toEqual([second!.id, cloud(simulator).projects[0]!.id]);
});

/** Every OpenStack has an SVM of one name. */
function nameInCloud(): string {
  const svm = cloud(simulator).vms.find((each) => each.isSvm)!;
  simulator.world.svms.rename(svm.id, "svm-cloud");
  return "svm-cloud";
}

test("a renamed SVM keeps its id", async () => {
  const id = idOf("svm-old");
  simulator.renameSvm("svm-old", "svm-renamed");
  expect((await object(id)).name).toBe("svm-renamed");
});

test("an SVM is powered off, and on again", async () => {
  const id = idOf("svm-old");
  simulator.powerOffSvm("svm-old");
  expect((await object(id)).state).toBe("Disabled");
  simulator.powerOnSvm("svm-old");
  expect((await object(id)).state).toBe("Enabled");
});

test("a removed SVM is gone", async () => {
  simulator.removeSvm("svm-old");
  expect((await machines()).some(({ isSvm }: { isSvm: boolean }) => isSvm)).toBe(false);
});

test("an SVM made by hand can be reconfigured with the klconfig password of the others", async () => {
  const id = simulator.addSvm({ name: "svm-hand", on: "esx-01", svmVersion: "5.2.0.713" });
  expect(await object(id)).toMatchObject({ name: "svm-hand", isSvm: true, svmVersion: "5.2.0.713", state: "Enabled" });
  expect((await ended(client, "DELETE", { svms: [existing(simulator, infrastructureId, "svm-hand")] })).state).toBe(
    "Completed",
  );
});

test("another team's machine is no SVM", async () => {
  const id = simulator.addVm({ name: "app-99", on: "esx-01", id: "an-id-of-its-own" });
  expect(id).toBe("an-id-of-its-own");
  expect(await object(id)).toMatchObject({ name: "app-99", parentId: host("esx-01").id, isSvm: false });
});

test.each([
  [false, "VM"],
  [true, "SVM"],
])("an id is used again (for an SVM: %s)", async (isSvm, type) => {
  const id = idOf("svm-old");
  simulator.reuseSvmId("svm-old", { name: "other", on: "esx-01", isSvm });
  expect(await object(id)).toMatchObject({ id, name: "other", parentId: host("esx-01").id, isSvm });
  const { vms } = (await client.get(`/infrastructures/${infrastructureId}/objects?objectTypes=${type}`)).json();
  expect(vms.map(({ name }: { name: string }) => name)).toContain("other");
});

test("an id that is used again is where it was unless told otherwise", async () => {
  const id = idOf("svm-old");
  simulator.reuseSvmId("svm-old", { name: "other" });
  expect((await object(id)).parentId).toBe(host("esx-02").id);
});

test.each([
  ["an SVM that there is not", () => simulator.moveSvm("svm-none", "esx-01"), "There are 0 SVMs named svm-none"],
  ["a host that there is not", () => simulator.moveSvm("svm-old", "esx-99"), "There are 0 hosts esx-99"],
  ["a host that there is twice", () => simulator.addVm({ name: "x", on: "esx-lab" }), "There are 2 hosts and projects"],
])("%s is refused", (_case, act, message) => {
  expect(act).toThrow(message);
});

test("a place that there is on several platforms is found with the platform's name", () => {
  const platform = "openstack.example.test";
  expect(() => simulator.addSvm({ name: "svm-hand", on: "web" })).toThrow(RangeError);
  const id = simulator.addSvm({ name: "svm-hand", on: "web", platform });
  expect(simulator.world.svms.get(id).platform.host).toBe(platform);
});

test("a deployed SVM can be moved while lists lag", async () => {
  const imageId = await register(client);
  await ended(client, "POST", deployment(imageId, [hostSvm(simulator, infrastructureId, "svm-1")]));
  Object.assign(simulator.habits, { lists: "lagging", updatePeriodSeconds: 1_000_000 });
  const { parentId } = await object(idOf("svm-1"));
  simulator.moveSvm("svm-1", "esx-02");
  expect((await object(idOf("svm-1"))).parentId).toBe(parentId);
});
