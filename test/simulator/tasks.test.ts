import { type Simulator, startSimulator, type TaskPlan } from "../../src/simulator";
import { ApiClient } from "./support/api-client";
import { differences, task as taskShape } from "./support/documented-shapes";

const step = (name: string): TaskPlan => ({
  type: "DeploySvmStep",
  parameters: [{ key: "deployStepName", value: name }],
  milliseconds: 1000,
});
const svm = (name: string): TaskPlan => ({
  type: "DeploySvm",
  parameters: [{ key: "svmName", value: name }],
  children: [step("UploadSvmImage"), step("CreateVm"), step("ConfigureVm")],
  finish: () => ({ svmId: `id of ${name}` }),
});
const fleet = (threadsCount: number): TaskPlan => ({
  type: "DeployMultipleSvm",
  threadsCount,
  children: [svm("a"), svm("b")],
});

let simulator: Simulator;
let client: ApiClient;
async function start(timeScale = 0.001): Promise<void> {
  simulator = await startSimulator({ timeScale });
  client = await ApiClient.loggedIn(simulator);
}
afterEach(() => simulator.stop());

async function finished(plan: TaskPlan) {
  const { id } = simulator.world.tasks.start(plan);
  await simulator.world.tasks.settled(id);
  return (await client.get(`/virtualization/tasks/${id}`)).json();
}

test("a new task is queued and answers in the documented shape", async () => {
  await start(1);
  const { id } = simulator.world.tasks.start(fleet(1));
  const answer = await client.get(`/virtualization/tasks/${id}`);
  expect([answer.status, answer.json().state, answer.json().progress]).toEqual([200, "Queued", 0]);
  expect(differences(answer.json(), taskShape)).toEqual([]);
});

test("a completed task has its results, its subtasks and their steps", async () => {
  await start();
  const task = await finished(fleet(2));
  expect(differences(task, taskShape)).toEqual([]);
  expect([task.state, task.progress, task.stage, task.result]).toEqual(["Completed", 100, null, true]);
  expect(task.children.map((child: { result: object }) => child.result)).toEqual([
    { svmId: "id of a" },
    { svmId: "id of b" },
  ]);
  expect(task.children[0].children[0]).toMatchObject({
    state: "Completed",
    parentId: task.children[0].id,
    parameters: [{ key: "deployStepName", value: "UploadSvmImage" }],
  });
});

test("every subtask can be asked for by its own id", async () => {
  await start();
  const task = await finished(fleet(1));
  const child = await client.get(`/virtualization/tasks/${task.children[1].id}`);
  expect(child.json()).toEqual(task.children[1]);
});

test("a failed step ends its subtask, and the other subtask completes", async () => {
  await start();
  simulator.world.tasks.failNext({ parameters: { deployStepName: "CreateVm" }, message: "The storage is full." });
  const task = await finished(fleet(1));
  const [failed, completed] = task.children;
  expect([task.state, failed.state, completed.state]).toEqual(["Failed", "Failed", "Completed"]);
  expect(failed.children.map((each: { state: string }) => each.state)).toEqual(["Completed", "Failed", "Cancelled"]);
  expect(failed.children[1].error.message).toBe("The storage is full.");
  expect(failed).not.toHaveProperty("result");
  expect(differences(task, taskShape)).toEqual([]);
});

test("a cancelled task ends Cancelled with everything below it", async () => {
  await start(0.01);
  const { id } = simulator.world.tasks.start(fleet(2));
  simulator.world.tasks.cancel(id);
  expect(simulator.world.tasks.get(id)?.state).toBe("Stopping");
  await simulator.world.tasks.settled(id);
  expect(simulator.world.tasks.get(id)?.state).toBe("Cancelled");
});

test("cancelling ends also a subtask that is still waiting", async () => {
  await start(0.01);
  const { tasks } = simulator.world;
  const { id } = tasks.start(fleet(1));
  while (tasks.all.every((task) => task.type !== "DeploySvmStep")) {
    await new Promise(setImmediate);
  }
  tasks.cancel(id);
  await tasks.settled(id);
  expect(tasks.get(id)?.children.map((child) => child.state)).toEqual(["Cancelled", "Cancelled"]);
});

test("a stopped simulator leaves its tasks as they are", async () => {
  await start(1);
  const { id } = simulator.world.tasks.start(fleet(2));
  await simulator.stop();
  await simulator.world.tasks.settled(id);
  expect(simulator.world.tasks.get(id)?.state).toBe("Queued");
});

test("the stages of a task come one after another", async () => {
  await start();
  const stages = new Set<string | null>();
  const task = simulator.world.tasks.start({ type: "Any", milliseconds: 1000, stages: ["first", "second"] });
  while (task.state !== "Completed") {
    stages.add(task.stage);
    await new Promise(setImmediate);
  }
  expect([...stages]).toEqual([null, "first", "second"]);
});

test("threadsCount 1 runs one subtask after the other", async () => {
  await start();
  const [first, second] = (await finished(fleet(1))).children;
  const firstSteps = first.children.map((each: { stateChanged: string }) => each.stateChanged);
  expect(second.children[0].created >= firstSteps.at(-1)).toBe(true);
});

test("what a task does takes effect when it completes", async () => {
  await start(0.01);
  let effect = false;
  const plan: TaskPlan = { type: "Any", milliseconds: 1000, finish: () => (effect = true) };
  const { id } = simulator.world.tasks.start(plan);
  expect(effect).toBe(false);
  await simulator.world.tasks.settled(id);
  expect(effect).toBe(true);
});

test("the same seed gives the same task ids", async () => {
  await start();
  const other = await startSimulator();
  await other.stop();
  expect(other.world.tasks.start(svm("a")).id).toBe(simulator.world.tasks.start(svm("a")).id);
});

test("an unknown task gives 404", async () => {
  await start();
  expect((await client.get("/virtualization/tasks/unknown")).status).toBe(404);
});
