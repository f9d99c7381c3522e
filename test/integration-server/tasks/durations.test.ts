import { TaskDurations } from "../../../src/integration-server/tasks/durations";
import type { Task } from "../../../src/integration-server/tasks/task";

/** A task as it is so long after it was made; its parts have ended at these times. */
function task(age: number, ...ends: readonly (number | undefined)[]): Task {
  return {
    ...part(age),
    age,
    children: ends.map((end) => ({ ...part(age), ...(end !== undefined && ended(age, end)) })),
  };
}

function part(age: number): Task {
  return {
    id: "",
    type: undefined,
    state: "Running",
    stage: undefined,
    progress: undefined,
    parentId: undefined,
    age,
    inStateFor: age,
    parameters: {},
    children: [],
    result: undefined,
    error: undefined,
  };
}

function ended(age: number, end: number): Partial<Task> {
  return { state: "Completed", inStateFor: age - end };
}

const look = (kind: string, root: Task) => durations.watch(kind, 0).see(root, 1_000_000);
const expectedOf = (durations: TaskDurations, now = 0, kind = "k") => durations.watch(kind, 0).expected(now);

let durations: TaskDurations;
beforeEach(() => {
  durations = new TaskDurations();
});

it("expects nothing of the first task of a kind", () => {
  look("other", task(60_000, 50_000));
  expect(expectedOf(durations)).toBeUndefined();
});

it("expects the next one to take as long as the last one, and a bit", () => {
  look("k", task(6_400, 5_000, undefined));
  expect(durations.watch("k", 20_000).expected(20_000)).toEqual({ after: 5_025, pause: 100.5 });
  expect(durations.watch("k", 20_000).expected(25_000)).toEqual({ after: 25, pause: 100.5 });
  expect(durations.watch("k", 20_000).expected(25_026)).toBeUndefined();
});

it("takes what ends at about the same time for one, and waits for the last of it", () => {
  look("k", task(6_000, 5_000, 5_040));
  expect(expectedOf(durations)?.after).toBe(5_066);
});

it("expects what has ended later for itself", () => {
  const watch = durations.watch("k", 0);
  watch.see(task(6_000, 5_000, undefined), 6_000);
  watch.see(task(9_000, 5_000, 8_000), 9_000);
  expect(expectedOf(durations)?.after).toBe(5_025);
  expect(expectedOf(durations, 6_000)?.after).toBe(2_040);
});

it("takes a task without parts for one", () => {
  look("k", { ...task(6_000), ...ended(6_000, 5_000) });
  expect(expectedOf(durations)?.after).toBe(5_025);
});

it("does not tell a task what it has taken itself", () => {
  const watch = durations.watch("k", 0);
  watch.see(task(6_000, 5_000, undefined), 6_000);
  expect(watch.expected(1_000)).toBeUndefined();
});

it("goes on with what was known when the task itself has begun to end", () => {
  look("k", task(9_000, 4_000, 8_000));
  const watch = durations.watch("k", 0);
  watch.expected(0);
  watch.see(task(5_000, 4_900, undefined), 5_000);
  expect(watch.expected(5_000)?.after).toBe(3_040);
});

it("learns nothing where the server does not tell its times", () => {
  look("k", { ...task(6_000, 5_000), age: undefined });
  expect(expectedOf(durations)).toBeUndefined();
});

it("believes its own looks where the server's times are not exact", () => {
  const late = durations.watch("late", 0);
  late.see(task(5_000, undefined), 5_000);
  late.see(task(6_000, 7_000), 6_000);
  const early = durations.watch("early", 0);
  early.see(task(5_000, undefined), 5_000);
  early.see(task(6_000, 4_000), 6_000);
  expect(expectedOf(durations, 0, "late")?.after).toBe(6_030);
  expect(expectedOf(durations, 0, "early")?.after).toBe(5_025);
});
