/** Answers that are late, damaged, about something else or spelled otherwise never cost anybody an SVM. */
import type { Fault, Habits } from "../../src/simulator";
import { ADMIN_PASSWORD, certificate, infrastructure, VCENTER } from "./support/configuration";
import { planned, stateOf } from "./support/quick";
import { flatten } from "./support/screen";
import { DEPLOYED, SvmBench } from "./support/svms";

const TASKS = { method: "GET", path: /\/virtualization\/tasks\// };
const FLEET = ["svm-1", "svm-2"];

let bench: SvmBench;
let usual: Habits;

beforeAll(async () => {
  bench = await SvmBench.start();
  usual = { ...bench.simulator.habits };
});
afterAll(() => bench.stop());
afterEach(() => {
  Object.assign(bench.simulator.habits, usual);
  bench.reset();
});

const writeFleet = () => bench.write(...FLEET.map((name) => bench.onHost(name)));
const tainted = () => Object.values(stateOf(bench.workspace)).filter(({ tainted }) => tainted);

async function expectDeployedOnce(): Promise<void> {
  expect(bench.names).toEqual(FLEET);
  expect(bench.simulator.requests.count(DEPLOYED)).toBe(1);
  expect(tainted()).toEqual([]);
  expect(await planned(bench.workspace)).toEqual({});
}

test.each<[string, Fault]>([
  ["with 500", { kind: "status", status: 500 }],
  ["with a web page", { kind: "html" }],
  ["with nothing", { kind: "empty" }],
  ["with half of its JSON", { kind: "truncated" }],
  ["with another task", { kind: "anotherObject" }],
  ["with texts for numbers and numbers for texts", { kind: "wrongTypes" }],
])("one look at a task that is answered %s does not end the deployment", async (_, fault) => {
  bench.simulator.faults.add({ ...TASKS, skip: 1, fault });
  writeFleet();

  await bench.workspace.apply();

  await expectDeployedOnce();
});

test("a task whose progress is no number is followed to its end", async () => {
  bench.simulator.faults.add({ ...TASKS, times: Number.POSITIVE_INFINITY, fault: { kind: "progressText" } });
  writeFleet();

  await bench.workspace.apply();

  await expectDeployedOnce();
});

test("states of an infrastructure may be spelled Connected and NoError", async () => {
  bench.simulator.habits.connectionStates = "Connected";
  bench.simulator.habits.secondConnection = "accepted";
  bench.write(infrastructure({ password: ADMIN_PASSWORD }), certificate());

  await bench.workspace.apply();

  expect(stateOf(bench.workspace)["ksvla_infrastructure.it"]?.values).toMatchObject({
    address: VCENTER,
    status: "CONNECTED",
    connection_error: "NO_ERROR",
  });
  expect(await planned(bench.workspace)).toEqual({});
  await bench.workspace.destroy();
});

describe("in a list of SVMs,", () => {
  beforeEach(async () => {
    writeFleet();
    await bench.workspace.apply();
  });

  test("one that has network adapters without ids does not stand in the way of any", async () => {
    bench.simulator.habits.svmsWithoutAdapterIds = ["svm-1"];

    expect(await planned(bench.workspace)).toEqual({});

    await bench.workspace.destroy();
    expect(bench.names).toEqual([]);
  });

  test("one that has no id stands in nobody else's way, is not deployed again, and not taken for gone", async () => {
    bench.simulator.habits.svmsWithoutId = ["svm-1"];

    expect(await planned(bench.workspace)).toEqual({});
    const { output } = await bench.workspace.run(["destroy", "-auto-approve"]);

    expect(flatten(output)).toMatch(/Unable to remove the SVM "svm-1".*without an id/);
    expect(bench.names).toEqual(["svm-1"]);
    expect(Object.keys(stateOf(bench.workspace))).toEqual(["ksvla_svm.svm-1"]);
  });
});
