import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient } from "./support/api-client";
import { differences, registeredImage, task as taskShape } from "./support/documented-shapes";
import { register, registrationPath } from "./support/svm-requests";

const manifestUrl = "/opt/svm/svm-6.2.xml";
const vmware = [{ type: "VMWARE" }];
let simulator: Simulator;
let client: ApiClient;
beforeEach(async () => {
  simulator = await startSimulator({ timeScale: 0.001 });
  client = await ApiClient.loggedIn(simulator);
});
afterEach(() => simulator.stop());

const validationPath = (id: string) => `/management/deployment/svm/images/${id}/validate`;

async function verified(manifest: string) {
  const { id } = (await client.call("PUT", validationPath(await register(client, ["XEN"], manifest)))).json();
  await simulator.world.tasks.settled(id);
  return (await client.get(`/virtualization/tasks/${id}`)).json();
}

test("a registration answers in the documented shape", async () => {
  const answer = await client.post(registrationPath, { manifestUrl, hypervisors: vmware });
  expect(answer.status).toBe(200);
  expect(differences(answer.json(), registeredImage)).toEqual([]);
  expect(answer.json().manifest).toMatchObject({ svmVersion: "6.2.0.1000", size: "2254857830" });
});

test("NUMAVERSER is the spelling of image registration, in and out", async () => {
  const hypervisors = [{ type: "NUMAVERSER" }];
  const answer = await client.post(registrationPath, { manifestUrl, hypervisors });
  expect(answer.json().hypervisors).toEqual(hypervisors);
  expect(simulator.world.images.get(answer.json().id)?.types).toEqual(["NUMAVSERVER"]);
});

test("every registration has an id of its own", async () => {
  expect(await register(client)).not.toBe(await register(client));
});

test("a path on Windows can be absolute, too", async () => {
  const answer = await client.post(registrationPath, { manifestUrl: "C:\\SVM\\svm-6.2.xml", hypervisors: vmware });
  expect(answer.status).toBe(200);
});

test("a manifest that is not there gives 404 with its path", async () => {
  const answer = await client.post(registrationPath, { manifestUrl: "/opt/svm/none.xml", hypervisors: vmware });
  expect([answer.status, answer.json().message]).toEqual([404, expect.stringContaining("/opt/svm/none.xml")]);
});

test.each([
  ["a relative path", { manifestUrl: "svm-6.2.xml", hypervisors: vmware }, "body.manifestUrl"],
  ["a path to another file", { manifestUrl: "/opt/svm/svm-6.2.ova", hypervisors: vmware }, "body.manifestUrl"],
  ["the type as infrastructures spell it", { manifestUrl, hypervisors: [{ type: "NUMAVSERVER" }] }, "NUMAVERSER"],
  ["no types", { manifestUrl, hypervisors: [] }, "body.hypervisors"],
  ["a type that is no object", { manifestUrl, hypervisors: ["VMWARE"] }, "body.hypervisors[0]"],
])("%s gives 400 that names it", async (_case, body, named) => {
  const answer = await client.post(registrationPath, body);
  expect([answer.status, answer.json().message]).toEqual([400, expect.stringContaining(named)]);
});

test("a verification answers with its task, in the documented shape", async () => {
  const answer = await client.call("PUT", validationPath(await register(client)));
  expect([answer.status, answer.json().type]).toEqual([200, "ValidateSvmImage"]);
  expect(differences(answer.json(), taskShape)).toEqual([]);
});

test("an authentic image is verified", async () => {
  expect(await verified(manifestUrl)).toMatchObject({ state: "Completed", progress: 100, stage: null, result: true });
});

test("an image that was tampered with fails its verification", async () => {
  const task = await verified("/opt/svm/svm-6.2-tampered.xml");
  expect([task.state, task.error.message]).toEqual(["Failed", expect.stringContaining("signature")]);
});

test("an unknown image gives 404", async () => {
  expect((await client.call("PUT", validationPath("unknown"))).status).toBe(404);
});
