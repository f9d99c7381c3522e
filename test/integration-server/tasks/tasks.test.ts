import { type Task, TaskFailedError } from "../../../src/integration-server";
import { FakeClock } from "../../support/fake-clock";
import { type Answer, FakeServer } from "../fake-server";

const ROOT = "GET /api/3.0/virtualization/tasks/root";
interface WireTask {
  readonly id?: string;
  readonly [field: string]: unknown;
}
const wire = (state: string, more: WireTask = {}): WireTask => ({
  id: "root",
  type: "DeployMultipleSvm",
  state,
  ...more,
});
const look = (state: string, more: WireTask = {}): Answer => ({ body: wire(state, more) });
const svm = (name: string, state: string, more: WireTask = {}): WireTask =>
  wire(state, { id: name, type: "DeploySvm", parameters: [{ key: "svmName", value: name }], ...more });
const step = (name: string, state: string, more: WireTask = {}): WireTask =>
  wire(state, { id: name, type: "DeploySvmStep", parameters: [{ key: "deployStepName", value: name }], ...more });
const find = (name: string) => (root: Task) => root.children.find(({ parameters }) => parameters["svmName"] === name);

async function serverThatShows(...looks: readonly Answer[]): Promise<FakeServer> {
  return (await FakeServer.start()).on(ROOT, ...looks);
}
async function failure(...looks: readonly Answer[]): Promise<TaskFailedError> {
  const server = await serverThatShows(...looks);
  const error = await server
    .client()
    .tasks.wait("root")
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TaskFailedError);
  return error as TaskFailedError;
}

it("puts steps that are listed beside an SVM's subtask under it", async () => {
  const children = [
    svm("svm-01", "Failed"),
    step("UploadSvmImage", "Completed", { parentId: "svm-01" }),
    svm("svm-02", "Completed"),
    step("StartSvm", "Failed", { parentId: "svm-01", error: "No memory" }),
  ];
  const error = await failure(look("Failed", { children }));
  expect(error.message).toContain("StartSvm");
  const root = await (await serverThatShows(look("Failed", { children }))).client().tasks.get("root");
  expect(root.children.map(({ id, children }) => [id, children.map(({ id }) => id)])).toEqual([
    ["svm-01", ["UploadSvmImage", "StartSvm"]],
    ["svm-02", []],
  ]);
});

it("reads a task with its children", async () => {
  const children = [svm("svm-01", "Running", { parentId: "root", progress: 40, result: { svmId: "v1" } })];
  const server = await serverThatShows(look("Running", { created: "x", progress: 0, stage: null, children }));
  expect(await server.client().tasks.get("root")).toEqual({
    id: "root",
    type: "DeployMultipleSvm",
    state: "Running",
    stage: undefined,
    progress: 0,
    parentId: undefined,
    parameters: {},
    result: undefined,
    error: undefined,
    children: [
      {
        id: "svm-01",
        type: "DeploySvm",
        state: "Running",
        stage: undefined,
        progress: 40,
        parentId: "root",
        parameters: { svmName: "svm-01" },
        result: { svmId: "v1" },
        error: undefined,
        children: [],
      },
    ],
  });
});

describe("waiting for a task", () => {
  it.each(["Created", "Queued", "Starting", "Running", "Stopping", "SomethingNew"])(
    "goes on while it is %s",
    async (state) => {
      const server = await serverThatShows(look(state), look("Completed", { result: true }));
      expect(await server.client().tasks.wait("root")).toMatchObject({
        state: "Completed",
        result: true,
      });
    },
  );

  it("tells every look", async () => {
    const server = await serverThatShows(look("Running", { progress: 10 }), look("Completed", { progress: 100 }));
    const seen: unknown[] = [];
    await server.client().tasks.wait("root", { onProgress: ({ progress }) => seen.push(progress) });
    expect(seen).toEqual([10, 100]);
  });

  it.each([
    ["COMPLETED", "Completed"],
    ["completed", "Completed"],
  ])("is over when it is %s", async (state, documented) => {
    const server = await serverThatShows(look(state));
    expect(await server.client().tasks.wait("root")).toMatchObject({ state: documented });
  });

  it("fails when it is spelled Canceled, as on help pages", async () => {
    expect((await failure(look("Canceled"))).message).toBe("Task DeployMultipleSvm (root) ended as Cancelled");
  });

  it("is not spoiled by what nobody needs", async () => {
    const odd = {
      type: {},
      stage: [],
      progress: "n/a",
      parentId: {},
      parameters: [{ key: "svmName", value: "svm-01" }, { value: "x" }, "y", { key: "z", value: {} }],
      children: [step("Upload", "Running", { progress: "n/a" }), { state: "Running" }, {}, "step", null],
    };
    const children = [svm("svm-01", "Completed", odd), { ...svm("svm-02", "Completed"), id: undefined }];
    const server = await serverThatShows(look("Running", { progress: "n/a" }), look("Completed", { children }));
    const [one, two] = await Promise.all(
      ["svm-01", "svm-02"].map((name) => server.client().tasks.wait("root", { subtask: find(name) })),
    );
    expect(one).toMatchObject({ progress: undefined, parameters: { svmName: "svm-01", z: "" }, stage: undefined });
    expect(one?.children.map(({ id }) => id)).toEqual(["Upload", ""]);
    expect(two).toMatchObject({ id: "", state: "Completed" });
  });

  it.each(["Failed", "Cancelled", "Stopped"])("fails when it ends as %s", async (state) => {
    expect((await failure(look(state))).message).toBe(`Task DeployMultipleSvm (root) ended as ${state}`);
  });

  it.each([
    ["text", "no space left"],
    ["object", { message: "no space left", code: 7 }],
  ])("shows an error that is a %s", async (_, error) => {
    expect((await failure(look("Failed", { error }))).message).toMatch(/ended as Failed: no space left$/);
  });

  it("names the failing step with the deepest error", async () => {
    const steps = [step("UploadSvmImage", "Completed"), step("CreateVm", "Failed", { error: "no space left" })];
    const children = [svm("svm-01", "Completed"), svm("svm-02", "Failed", { error: "failed", children: steps })];
    expect((await failure(look("Failed", { error: "some failed", children }))).message).toBe(
      "Task DeployMultipleSvm (root) ended as Failed at CreateVm: no space left",
    );
  });

  it("takes the error from the deepest child that has one", async () => {
    const children = [svm("svm-01", "Failed", { error: "host is gone", children: [step("CreateVm", "Failed")] })];
    expect((await failure(look("Failed", { error: "some failed", children }))).message).toMatch(
      /at CreateVm: host is gone$/,
    );
  });

  it("polls faster at first than at last", async () => {
    const times: number[] = [];
    const clock = FakeClock.skipping();
    const server = (await FakeServer.start()).on(ROOT, () => {
      times.push(clock.now());
      return look(times.length > 4 ? "Completed" : "Running");
    });
    await server.client({ clock, pollInterval: 400 }).tasks.wait("root");
    expect(times).toEqual([0, 200, 500, 900, 1_300]);
  });

  it("ends at once when the caller leaves, and the polling with it", async () => {
    const leaving = new AbortController();
    const server = await serverThatShows(look("Running"));
    const onProgress = (): void => leaving.abort(new Error("interrupted"));
    const clock = new FakeClock();
    const wait = server.client({ clock }).tasks.wait("root", { signal: leaving.signal, onProgress });
    await expect(wait).rejects.toThrow("interrupted");
    await clock.advance(60_000);
    expect([server.received.length, clock.isWaitedFor()]).toEqual([1, false]);
  });

  it("fails when the task cannot be looked at", async () => {
    const server = await serverThatShows(look("Running"), { status: 404 });
    await expect(server.client().tasks.wait("root")).rejects.toMatchObject({ status: 404 });
  });

  it("waits for a task that is not known everywhere yet, ten seconds at most", async () => {
    const server = await serverThatShows({ status: 404 }, { status: 404 }, { status: 404 }, look("Completed"));
    const clock = FakeClock.skipping();
    await server.client({ clock }).tasks.wait("root");
    expect(clock.now()).toBeLessThan(10_000);
    const never = await serverThatShows({ status: 404 });
    await expect(never.client({ clock }).tasks.wait("root")).rejects.toMatchObject({ status: 404 });
    expect(clock.now()).toBeLessThan(30_000);
  });

  it("outlasts a restart of the server", async () => {
    const server = await serverThatShows(look("Running"));
    const { port } = server;
    const clock = new FakeClock();
    const wait = server.client({ clock }).tasks.wait("root");
    await clock.waitedFor(200);
    await server.close();
    // More pauses than one request makes.
    for (let pauses = 0; pauses < 7; pauses += 1) await clock.pass(10_000);
    (await FakeServer.start(server.certificate, port)).on(ROOT, look("Completed"));
    clock.skip(10_000);
    await expect(wait).resolves.toMatchObject({ state: "Completed" });
  });

  it.each<[string, Answer]>([
    ["a 500", { status: 500 }],
    ["a web page", { body: "<html>Bad gateway</html>" }],
    ["nothing", { body: "" }],
    ["half of its JSON", { body: JSON.stringify(wire("Running")).slice(0, 20) }],
    ["another task", { body: wire("Failed", { id: "other" }) }],
    ["another shape", { body: { message: "busy" } }],
  ])("outlasts %s, for however long", async (_, answer) => {
    const looks = [look("Running"), ...Array<Answer>(100).fill(answer), look("Completed")];
    const server = await serverThatShows(...looks);
    const clock = FakeClock.skipping();
    await expect(server.client({ clock }).tasks.wait("root")).resolves.toMatchObject({ state: "Completed" });
    expect(server.received).toHaveLength(102);
    expect(clock.now()).toBeGreaterThan(180_000);
  });

  it("tells the last failure when the caller leaves while looks fail", async () => {
    const leaving = new AbortController();
    const clock = new FakeClock();
    const server = await serverThatShows(look("Running"), { status: 502 });
    const wait = server.client({ clock }).tasks.wait("root", { signal: leaving.signal });
    await clock.pass(200);
    await clock.pass(10_000);
    await clock.waitedFor(10_000);
    leaving.abort(new Error("timed out"));
    await expect(wait).rejects.toMatchObject({ name: "ApiError", status: 502 });
  });

  it("tells why the caller leaves when the last look was fine", async () => {
    const leaving = new AbortController();
    const clock = new FakeClock();
    const server = await serverThatShows({ status: 502 }, look("Running"));
    const onProgress = (): void => leaving.abort(new Error("timed out"));
    const wait = server.client({ clock }).tasks.wait("root", { signal: leaving.signal, onProgress });
    await clock.pass(10_000);
    await expect(wait).rejects.toThrow("timed out");
  });

  it("can begin again after it failed", async () => {
    const server = await serverThatShows({ status: 403 }, look("Completed"));
    const { tasks } = server.client();
    await expect(tasks.wait("root")).rejects.toMatchObject({ status: 403 });
    await expect(tasks.wait("root")).resolves.toMatchObject({ state: "Completed" });
  });
});

describe("many who wait for parts of one task", () => {
  it("share one poll", async () => {
    const done = ["svm-01", "svm-02", "svm-03"].map((name) => svm(name, "Completed"));
    const server = await serverThatShows(look("Running"), look("Completed", { children: done }));
    const { tasks } = server.client();
    await Promise.all(["svm-01", "svm-02", "svm-03"].map((name) => tasks.wait("root", { subtask: find(name) })));
    expect(server.received).toHaveLength(2);
  });

  it("end each on its own subtask", async () => {
    const half = [svm("svm-01", "Completed"), svm("svm-02", "Running")];
    const whole = [svm("svm-01", "Completed"), svm("svm-02", "Failed", { error: "no space left" })];
    const server = await serverThatShows(look("Running", { children: half }), look("Failed", { children: whole }));
    const { tasks } = server.client();
    const [one, two] = await Promise.allSettled(
      ["svm-01", "svm-02"].map((name) => tasks.wait("root", { subtask: find(name) })),
    );
    expect(one).toMatchObject({ status: "fulfilled", value: { id: "svm-01" } });
    expect(two).toMatchObject({ reason: { message: "Task DeploySvm svm-02 (svm-02) ended as Failed: no space left" } });
  });

  it("do not end each other by leaving", async () => {
    const leaving = new AbortController();
    const server = await serverThatShows(look("Running"), look("Completed"));
    const { tasks } = server.client();
    const onProgress = (): void => leaving.abort(new Error("left"));
    const [left, stayed] = await Promise.allSettled([
      tasks.wait("root", { signal: leaving.signal, onProgress }),
      tasks.wait("root"),
    ]);
    expect([left.status, stayed.status]).toEqual(["rejected", "fulfilled"]);
  });

  it("fail with the whole when it ends before their subtask appears", async () => {
    const server = await serverThatShows(look("Failed", { error: "image is gone" }));
    const wait = server.client().tasks.wait("root", { subtask: find("svm-01") });
    await expect(wait).rejects.toThrow("Task DeployMultipleSvm (root) ended as Failed: image is gone");
  });

  it("fail when the whole is completed and their subtask never appeared", async () => {
    const server = await serverThatShows(look("Completed"));
    const wait = server.client({ clock: FakeClock.skipping() }).tasks.wait("root", { subtask: find("svm-01") });
    await expect(wait).rejects.toThrow("ended as Completed: the part that was waited for never appeared");
  });

  it("fail when the whole is completed and their subtask is not", async () => {
    const server = await serverThatShows(look("Completed", { children: [svm("svm-01", "Queued")] }));
    const wait = server.client({ clock: FakeClock.skipping() }).tasks.wait("root", { subtask: find("svm-01") });
    await expect(wait).rejects.toThrow("ended as Completed: DeploySvm svm-01 was still Queued");
  });

  it("end on their subtasks when the whole is shown as completed before them", async () => {
    const server = await serverThatShows(
      look("Completed", { children: [svm("svm-01", "Running")] }),
      look("Completed", {
        children: [svm("svm-01", "Completed"), svm("svm-02", "Failed", { error: "no space left" })],
      }),
    );
    const { tasks } = server.client({ clock: FakeClock.skipping() });
    const [one, two] = await Promise.allSettled(
      ["svm-01", "svm-02"].map((name) => tasks.wait("root", { subtask: find(name) })),
    );
    expect(one).toMatchObject({ status: "fulfilled", value: { id: "svm-01" } });
    expect(two).toMatchObject({ reason: { message: "Task DeploySvm svm-02 (svm-02) ended as Failed: no space left" } });
  });
});
