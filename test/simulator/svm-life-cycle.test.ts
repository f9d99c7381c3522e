import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator";
import { ApiClient, accounts, base64, hypervisorRequest } from "./support/api-client";
import { deploymentTask, differences, virtualMachine } from "./support/documented-shapes";
import {
  cloud,
  connectCloud,
  connectVcenter,
  deployment,
  ended,
  existing,
  hostSvm,
  projectSvm,
  register,
  svmPath,
  vcenter,
} from "./support/svm-requests";

let simulator: Simulator;
let client: ApiClient;
let imageId: string;
let infrastructureId: string;
async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ timeScale: 0.001, ...options });
  client = await ApiClient.loggedIn(simulator);
  imageId = await register(client);
}
afterEach(() => simulator.stop());

async function startHypervisor(options: SimulatorOptions = {}): Promise<void> {
  await start(options);
  infrastructureId = await connectVcenter(client);
}
async function startCloud(): Promise<void> {
  await start();
  infrastructureId = await connectCloud(client);
}
const svm = (name: string) => hostSvm(simulator, infrastructureId, name);
const deploy = (...names: readonly string[]) => ended(client, "POST", deployment(imageId, names.map(svm)));
const parametersOf = (task: { parameters: { key: string; value: string }[] }) =>
  Object.fromEntries(task.parameters.map(({ key, value }) => [key, value]));
const object = async (id: string) => (await client.get(`/infrastructures/${infrastructureId}/objects/${id}`)).json();
const stateOf = (task: { state: string }) => task.state;

test("a deployment answers with its task, in its documented shape", async () => {
  await startHypervisor();
  const answer = await client.post(svmPath, deployment(imageId, [svm("svm-1")]));
  expect([answer.status, answer.json().type, answer.json().state]).toEqual([200, "DeployMultipleSvm", "Queued"]);
  expect(differences(answer.json(), deploymentTask)).toEqual([]);
});

test("a completed deployment has the documented shape and results", async () => {
  await startHypervisor();
  const task = await deploy("svm-1");
  expect(differences(task, deploymentTask)).toEqual([]);
  const { vm } = simulator.world.svms.named("svm-1");
  expect(task.state).toBe("Completed");
  expect(task.children[0].result).toEqual({ svmId: vm.id });
  expect(parametersOf(task.children[0])).toEqual({
    infrastructureId,
    hostId: vcenter(simulator).hosts[0]!.id,
    svmName: "svm-1",
    svmId: vm.id,
    svmIpAddress: "192.0.2.10",
  });
});

test("a deployed SVM is an object of its host", async () => {
  await startHypervisor();
  const { result } = (await deploy("svm-1")).children[0];
  const found = await object(result.svmId);
  const [host] = vcenter(simulator).hosts;
  expect(differences(found, virtualMachine)).toEqual([]);
  expect(found).toEqual({
    id: result.svmId,
    name: "svm-1",
    parentId: host!.id,
    state: "Enabled",
    isSvm: true,
    svmVersion: "6.2.0.1000",
    networkAdapters: host!.networks.slice(0, 2).map(({ id, name }) => ({ id, name })),
  });
});

test("a deployed SVM knows its settings, passwords decoded", async () => {
  await startHypervisor();
  await deploy("svm-1");
  const { settings, ipAddress } = simulator.world.svms.named("svm-1");
  expect(ipAddress).toBe("192.0.2.10");
  expect(settings).toMatchObject({
    imageId,
    localization: "en",
    ksc: { address: "ksc.example.test", port: 14000, sslPort: 13000, language: "en" },
    root: { allowSshAccess: true, password: "Root-Passw0rd" },
    klconfigPassword: "Klconfig-1",
    dns: { main: "192.0.2.53", alternative: "192.0.2.54" },
  });
  expect(settings.adapters?.[0]).toMatchObject({ isPrimary: true, vlanId: 100, static: { addresses: ["192.0.2.10"] } });
});

test("an SVM in an OpenStack project is deployed by the OpenStack tasks", async () => {
  await startCloud();
  const task = await ended(client, "POST", deployment(imageId, [projectSvm(simulator, infrastructureId, "svm-1")]));
  expect(differences(task, deploymentTask)).toEqual([]);
  expect([task.type, task.children[0].type, task.state]).toEqual([
    "DeployMultipleOpenStackSvm",
    "DeployOpenStackSvm",
    "Completed",
  ]);
  const [project] = cloud(simulator).projects;
  const { id, name } = project!.networks[0]!;
  const found = await object(task.children[0].result.svmId);
  expect(found.networkAdapters).toEqual([
    { id, name, securityGroups: [project!.securityGroups[1]] },
    { id, name, securityGroups: [] },
  ]);
});

test("the id of an SVM is known as soon as it exists, and its address when it has one", async () => {
  await startHypervisor();
  const { tasks } = simulator.world;
  const [create, network] = ["CreateSvm", "ConfigureNetwork"].map((deployStepName) =>
    tasks.hold({ parameters: { deployStepName } }),
  );
  const { id } = (await client.post(svmPath, deployment(imageId, [svm("svm-1")]))).json();
  const seen = async () =>
    Object.keys(parametersOf((await client.get(`/virtualization/tasks/${id}`)).json().children[0]));
  await create!.reached;
  expect(await seen()).toEqual(["infrastructureId", "hostId", "svmName"]);
  create!.release();
  await network!.reached;
  expect(await seen()).toEqual(["infrastructureId", "hostId", "svmName", "svmId"]);
  network!.release();
  await tasks.settled(id);
  expect(await seen()).toContain("svmIpAddress");
});

test("an SVM that is not started yet is an object that is not enabled", async () => {
  await startHypervisor();
  const hold = simulator.world.tasks.hold({ parameters: { deployStepName: "StartSvm", svmName: "svm-1" } });
  await client.post(svmPath, deployment(imageId, [svm("svm-1")]));
  await hold.reached;
  expect(await object(simulator.world.svms.named("svm-1").vm.id)).toMatchObject({ isSvm: true, state: "Disabled" });
});

test("no more subtasks run at the same time than threadsCount says", async () => {
  await startHypervisor();
  const hold = simulator.world.tasks.hold({ type: "DeploySvm" });
  const { id } = (await client.post(svmPath, deployment(imageId, ["a", "b", "c"].map(svm), "1"))).json();
  await hold.reached;
  const { children } = (await client.get(`/virtualization/tasks/${id}`)).json();
  expect(children.map(stateOf)).toEqual(["Running", "Queued", "Queued"]);
});

test("a second SVM of the same name is deployed beside the first", async () => {
  await startHypervisor();
  await deploy("svm-1");
  await deploy("svm-1");
  expect(simulator.world.svms.allNamed("svm-1")).toHaveLength(2);
});

test.each([
  ["CreateSvm", 0],
  ["StartSvm", 1],
])("one SVM that fails at %s fails alone and leaves %d SVMs", async (deployStepName, left) => {
  await startHypervisor();
  simulator.world.tasks.failNext({ parameters: { deployStepName, svmName: "bad" }, message: "The disk is full." });
  const task = await deploy("good", "bad");
  expect(task.children.map(stateOf)).toEqual(["Completed", "Failed"]);
  expect(simulator.world.svms.allNamed("good")).toHaveLength(1);
  expect(simulator.world.svms.allNamed("bad")).toHaveLength(left);
});

test("an image that was tampered with is deployed only where its verification is skipped", async () => {
  await startHypervisor();
  imageId = await register(client, ["VMWARE"], "/opt/svm/svm-6.2-tampered.xml");
  const checked = deployment(imageId, [svm("svm-1")]);
  const task = await ended(client, "POST", { ...checked, image: { ...checked.image, skipCheckIntegrity: "false" } });
  expect([task.state, (await deploy("svm-2")).state]).toEqual(["Failed", "Completed"]);
});

test("an account that may only look makes the subtask fail with access denied", async () => {
  await start();
  simulator.world.trust("vcenter.example.test:443");
  const request = hypervisorRequest("VMWARE", "vcenter.example.test", { admin: accounts.viewer });
  ({ infrastructureId } = await client.connect(request));
  const [failed] = (await deploy("svm-1")).children;
  expect(failed.state).toBe("Failed");
  expect(failed.children[0].error.message).toContain("Access denied");
});

test("a reconfiguration changes the networks and the settings that it holds, and no others", async () => {
  await startHypervisor();
  await deploy("svm-1");
  const { id, name } = vcenter(simulator).hosts[0]!.networks[2]!;
  const body = {
    threadsCount: "10",
    svms: [
      {
        ...existing(simulator, infrastructureId, "svm-1"),
        svmSettings: {
          password: base64("Klconfig-1"),
          users: { root: { allowSshAccess: "false" }, klconfig: { password: base64("Klconfig-2") } },
        },
        settings: { networks: [{ id, isPrimary: true, type: "dynamic" }] },
      },
    ],
  };
  const task = await ended(client, "PUT", body);
  expect(differences(task, deploymentTask)).toEqual([]);
  expect([task.type, task.children[0].type, task.state]).toEqual(["ConfigMultipleSvm", "ConfigSvm", "Completed"]);
  const { vm, settings } = simulator.world.svms.named("svm-1");
  expect((await object(vm.id)).networkAdapters).toEqual([{ id, name }]);
  expect(settings).toMatchObject({
    ksc: { address: "ksc.example.test" },
    root: { allowSshAccess: false, password: "Root-Passw0rd" },
    klconfigPassword: "Klconfig-2",
  });
});

const reconfiguration = (name: string, password: string) => ({
  ...existing(simulator, infrastructureId, name),
  svmSettings: { password: base64(password), users: { klconfig: { password: base64("Klconfig-2") } } },
});

test("a reconfiguration with a wrong klconfig password fails for that SVM only", async () => {
  await startHypervisor();
  await deploy("right", "wrong");
  const svms = [reconfiguration("right", "Klconfig-1"), reconfiguration("wrong", "Klconfig-0")];
  const task = await ended(client, "PUT", { threadsCount: "10", svms });
  expect(task.children.map(stateOf)).toEqual(["Completed", "Failed"]);
  expect(simulator.world.svms.named("wrong").settings.klconfigPassword).toBe("Klconfig-1");
});

test("an SVM that was there before can be reconfigured with the password that is documented for it", async () => {
  await startHypervisor();
  const svms = [reconfiguration("svm-old", "Klconfig-Passw0rd")];
  expect((await ended(client, "PUT", { threadsCount: "10", svms })).state).toBe("Completed");
});

test("a removed SVM is gone, and an unknown one fails alone", async () => {
  await startHypervisor();
  await deploy("svm-1");
  const known = existing(simulator, infrastructureId, "svm-1");
  const { deploymentInfo } = structuredClone(known);
  deploymentInfo.target.svmId = "unknown";
  const task = await ended(client, "DELETE", { svms: [known, { deploymentInfo }] });
  expect(differences(task, deploymentTask)).toEqual([]);
  expect([task.type, task.children[0].type]).toEqual(["DeleteMultipleSvm", "DeleteSvm"]);
  expect(task.children.map(stateOf)).toEqual(["Completed", "Failed"]);
  expect(task.children[1].error.message).toContain("The SVM unknown was not found");
  expect(simulator.world.svms.allNamed("svm-1")).toEqual([]);
  const answer = await client.get(`/infrastructures/${infrastructureId}/objects/${known.deploymentInfo.target.svmId}`);
  expect(answer.status).toBe(404);
});

test("SVMs in an OpenStack project are reconfigured and removed by the OpenStack tasks", async () => {
  await startCloud();
  await ended(client, "POST", deployment(imageId, [projectSvm(simulator, infrastructureId, "svm-1")]));
  const changed = await ended(client, "PUT", { threadsCount: "1", svms: [reconfiguration("svm-1", "Klconfig-1")] });
  const removed = await ended(client, "DELETE", { svms: [existing(simulator, infrastructureId, "svm-1")] });
  expect([changed, removed].map((task) => [task.type, task.children[0].type, task.state])).toEqual([
    ["ConfigMultipleOpenStackSvm", "ConfigOpenStackSvm", "Completed"],
    ["DeleteMultipleOpenStackSvm", "DeleteOpenStackSvm", "Completed"],
  ]);
});
