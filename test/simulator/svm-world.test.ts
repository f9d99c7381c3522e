/** What a test can do behind Terraform's back, and the faults that concern single SVMs. */
import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient } from "./support/api-client";
import { connectVcenter, deployment, existing, hostSvm, register, svmPath, vcenter } from "./support/svm-requests";

let simulator: Simulator;
let client: ApiClient;
let infrastructureId: string;
beforeEach(async () => {
  simulator = await startSimulator({ timeScale: 0.1 });
  client = await ApiClient.loggedIn(simulator);
  infrastructureId = await connectVcenter(client);
});
afterEach(() => simulator.stop());

const object = (id: string) => client.get(`/infrastructures/${infrastructureId}/objects/${id}`);

test("the SVMs that were there are found by name and by id", () => {
  const svm = simulator.world.svms.named("svm-old");
  expect(simulator.world.svms.get(svm.vm.id).vm).toBe(svm.vm);
  expect(svm.settings).toEqual({ klconfigPassword: "Klconfig-Passw0rd" });
});

test("a virtual machine that is no SVM is not found", () => {
  expect(() => simulator.world.svms.named("web-01")).toThrow("There are 0 SVMs named web-01, not one.");
});

test("an SVM removed behind the Integration Server's back is gone at once", async () => {
  const { id } = simulator.world.svms.named("svm-old").vm;
  expect((await object(id)).status).toBe(200);
  simulator.world.svms.remove(id);
  expect((await object(id)).status).toBe(404);
});

test("an SVM renamed and connected behind the Integration Server's back is seen so at once", async () => {
  const { id } = simulator.world.svms.named("svm-old").vm;
  expect((await object(id)).json().name).toBe("svm-old");
  const { networks } = vcenter(simulator).hosts[1]!;
  simulator.world.svms.rename(id, "other");
  simulator.world.svms.connect(id, networks[1]!.id, networks[1]!.id);
  const { name, networkAdapters } = (await object(id)).json();
  expect([name, networkAdapters]).toEqual(["other", [networks[1], networks[1]]]);
});

test("a whole request is refused because of one SVM by its name, and others are not", async () => {
  const imageId = await register(client);
  simulator.faults.add({ svm: "bad", times: 2, fault: { kind: "status", status: 400, message: "No SVM named bad." } });
  const deploy = (...names: readonly string[]) =>
    client.post(
      svmPath,
      deployment(
        imageId,
        names.map((name) => hostSvm(simulator, infrastructureId, name)),
      ),
    );
  expect((await deploy("good")).status).toBe(200);
  const refused = await deploy("also-good", "bad");
  expect([refused.status, refused.json().message]).toEqual([400, "No SVM named bad."]);
  expect(simulator.world.tasks.all.filter((task) => task.type === "DeployMultipleSvm")).toHaveLength(1);
});

test("a request is struck because of one SVM by its id", async () => {
  const svm = existing(simulator, infrastructureId, "svm-old");
  simulator.faults.add({ svm: svm.deploymentInfo.target.svmId, fault: { kind: "status", status: 500 } });
  expect((await client.call("DELETE", svmPath, { svms: [svm] })).status).toBe(500);
});
