import { type Habits, type Simulator, startSimulator, type TaskPlan } from "../../src/simulator";
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
async function start(timeScale = 0.001, habits: Partial<Habits> = {}): Promise<void> {
  simulator = await startSimulator({ timeScale, habits });
  client = await ApiClient.loggedIn(simulator);
}
afterEach(() => simulator.stop());

async function finished(plan: TaskPlan) {
  const { id } = simulator.world.tasks.start(plan);
  await simulator.world.tasks.settled(id);
  return (await client.get(`/virtualization/tasks/${id}`)).json();
}

test("a new task is queued and answers in the documented shape", async () => {
  await start(100);
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

test("a stopped step ends its subtask and the task alike, and the other subtask completes", async () => {
  await start();
  const parameters = { deployStepName: "CreateVm", svmName: "a" };
  simulator.world.tasks.stopNext({ parameters, state: "Stopped" });
  const task = await finished(fleet(1));
  expect([task.state, ...task.children.map((child: { state: string }) => child.state)]).toEqual([
    "Stopped",
    "Stopped",
    "Completed",
  ]);
  expect(task.children[0].children.map((each: { state: string }) => each.state)).toEqual([
    "Completed",
    "Stopped",
    "Cancelled",
  ]);
});

test("a task that is stopped as it begins ends Cancelled without having worked", async () => {
  await start();
  simulator.world.tasks.stopNext({ type: "DeployMultipleSvm" });
  const task = await finished(fleet(1));
  expect([task.state, task.children]).toEqual(["Cancelled", []]);
});

test("a held step waits until it is released", async () => {
  await start();
  const hold = simulator.world.tasks.hold({ parameters: { deployStepName: "CreateVm", svmName: "b" } });
  const { id } = simulator.world.tasks.start(fleet(2));
  const step = await hold.reached;
  expect([step.state, simulator.world.tasks.get(id)?.state]).toEqual(["Running", "Running"]);
  hold.release();
  await simulator.world.tasks.settled(id);
  expect(simulator.world.tasks.get(id)?.state).toBe("Completed");
});

test("a held task can be cancelled", async () => {
  await start();
  const hold = simulator.world.tasks.hold({ parameters: { deployStepName: "CreateVm", svmName: "b" } });
  const { id } = simulator.world.tasks.start(fleet(2));
  await hold.reached;
  simulator.world.tasks.cancel(id);
  await simulator.world.tasks.settled(id);
  expect(simulator.world.tasks.get(id)?.state).toBe("Cancelled");
});

test("a stopped simulator ends the wait of a held task", async () => {
  await start();
  const hold = simulator.world.tasks.hold({ type: "DeployMultipleSvm" });
  const { id } = simulator.world.tasks.start(fleet(1));
  await hold.reached;
  await simulator.stop();
  await simulator.world.tasks.settled(id);
  expect(simulator.world.tasks.get(id)?.state).toBe("Running");
});

test("a failure asked for by the name of an SVM strikes the subtask, not its steps", async () => {
  await start();
  simulator.world.tasks.failNext({ parameters: { svmName: "a" } });
  const [failed] = (await finished(fleet(1))).children;
  expect(failed.children.map((each: { state: string }) => each.state)).toEqual(["Completed", "Completed", "Completed"]);
});

test("a lost task and its parts give 404 and run on", async () => {
  await start();
  const { tasks } = simulator.world;
  const { id } = tasks.start(fleet(2));
  tasks.lose({ type: "DeployMultipleSvm" });
  await tasks.settled(id);
  const [child] = tasks.get(id)!.children;
  expect((await client.get(`/virtualization/tasks/${id}`)).status).toBe(404);
  expect((await client.get(`/virtualization/tasks/${child!.id}`)).status).toBe(404);
  expect(tasks.get(id)?.state).toBe("Completed");
});

test("the progress of a task is that of its parts", async () => {
  await start();
  const hold = simulator.world.tasks.hold({ parameters: { deployStepName: "ConfigureVm" } });
  const { id } = simulator.world.tasks.start({ ...fleet(1), children: [svm("a")] });
  await hold.reached;
  expect(simulator.world.tasks.get(id)?.progress).toBe(66);
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

test("results are shown early where the documents' samples are taken by their word", async () => {
  await start(0.001, { taskResult: "early" });
  const hold = simulator.world.tasks.hold({ parameters: { deployStepName: "CreateVm" } });
  const { id } = simulator.world.tasks.start(fleet(1));
  await hold.reached;
  const read = async () => (await client.get(`/virtualization/tasks/${id}`)).json();
  const task = await read();
  expect([task.state, task.result, task.children[0].children[1].result]).toEqual(["Running", true, true]);
  expect(task.children[0]).not.toHaveProperty("result");
  simulator.world.tasks.get(id)!.children[0]!.parameters.push({ key: "svmId", value: "1" });
  expect((await read()).children[0].result).toEqual({ svmId: "1" });
});

test("no task has a stage where the documents' samples are taken by their word", async () => {
  await start(0.001, { taskStage: "leftOut" });
  expect(JSON.stringify(await finished(fleet(1)))).not.toContain('"stage"');
});

test("an unknown task gives 404", async () => {
  await start();
  expect((await client.get("/virtualization/tasks/unknown")).status).toBe(404);
});
