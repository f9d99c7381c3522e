/** What a list of tasks proves of a request whose answer never came. */
import { traceOf } from "../../../src/integration-server/svms/trace";
import type { Task } from "../../../src/integration-server/tasks/task";
import { FakeClock } from "../../support/fake-clock";

const SVM = { name: "svm-1", infrastructureId: "i-1", locationId: "h-1" };
const ABOUT_IT = { svmName: "svm-1", hostId: "h-1", infrastructureId: "i-1" };
const MINUTE = 60_000;

const task = (id: string, others: Partial<Task> = {}): Task =>
  ({ id, state: "Running", type: "DeployMultipleSvm", parameters: {}, children: [], age: 0, ...others }) as Task;
const part = (parameters: Task["parameters"]): Task => task("part", { type: "DeploySvm", parameters });
const verification = task("v", { type: "ValidateSvmImage", state: "Completed", age: 30 * MINUTE });

/** Of a request that left a minute ago. */
function trace(...lists: (readonly Task[] | "none" | Error)[]) {
  const clock = FakeClock.skipping();
  const recent = async () => {
    const list = lists.length > 1 ? lists.shift() : lists[0];
    if (list instanceof Error) throw list;
    return list ?? [];
  };
  return traceOf(SVM, { createdFrom: clock.wall() - MINUTE }, { recent }, clock);
}

test.each<[string, Task]>([
  ["is at work", task("t", { children: [part(ABOUT_IT)], age: 100 * MINUTE })],
  ["has ended since", task("t", { state: "Failed", children: [part(ABOUT_IT)], age: MINUTE })],
])("a task about the SVM that %s is the one", async (_, listed) => {
  expect(await trace([verification, listed])).toEqual({ is: "there", taskId: "t" });
});

test("its parts may appear a little later", async () => {
  expect(await trace([task("t")], [task("t", { children: [part(ABOUT_IT)] })])).toEqual({ is: "there", taskId: "t" });
});

test.each<[string, readonly Task[]]>([
  ["others", [verification, task("t", { children: [part({ ...ABOUT_IT, svmName: "svm-2" })] })]],
  ["older ones about the SVM", [task("t", { state: "Completed", children: [part(ABOUT_IT)], age: 2 * MINUTE })]],
])("a list that shows %s alone proves that there is none", async (_, listed) => {
  expect(await trace(listed)).toEqual({ is: "none" });
});

test.each<[string, readonly Task[] | "none" | Error]>([
  ["there is no list", "none"],
  ["it cannot be read", new Error("502")],
  ["it shows nothing at all, as to an account that may see no tasks", []],
  ["a task at work does not say which SVMs it is about", [verification, task("t")]],
  ["one at work does not even say what it is", [verification, task("t", { type: undefined })]],
  [
    "one about the SVM has ended, and not when",
    [task("t", { state: "Failed", children: [part(ABOUT_IT)], age: undefined })],
  ],
])("nobody knows where %s", async (_, listed) => {
  expect(await trace(listed)).toEqual({ is: "unknown" });
});
