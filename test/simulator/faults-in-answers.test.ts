import { gunzipSync } from "node:zlib";
import { type Fault, type FaultRule, type Simulator, startSimulator } from "../../src/simulator";
import { TERMINAL_ESCAPES } from "../../src/simulator/faults/hostile";
import { until } from "../support/until";
import { ApiClient, hypervisorRequest } from "./support/api-client";
import { connectVcenter, deployment, ended, hostSvm, register, svmPath } from "./support/svm-requests";

let simulator: Simulator;
let client: ApiClient;
beforeEach(async () => {
  simulator = await startSimulator({ timeScale: 0.001 });
  client = await ApiClient.loggedIn(simulator);
});
afterEach(() => simulator.stop());

const connections = "/api/3.0/infrastructures";
const hyperv = hypervisorRequest("HYPERV", "hyperv.example.test");
const kvm = hypervisorRequest("LIBVIRT", "kvm.example.test");
const strike = (fault: Fault, rule: Partial<FaultRule> = {}) => simulator.faults.add({ ...rule, fault });
const add = (body: object = hyperv) => client.post("/infrastructures", body);
const look = (id: string) => client.get(`/infrastructures/${id}`);

describe("a status after the request was handled", () => {
  test.each([500, 502, 503, 504, 429])("%i has done what was asked", async (status) => {
    strike({ kind: "status", status, retryAfter: 3, handled: true });
    const answer = await add();
    expect([answer.status, answer.headers["retry-after"], simulator.world.infrastructures.size]).toEqual([
      status,
      "3",
      1,
    ]);
  });
});

describe("a body", () => {
  test("is a page, with the answer's own status or another one", async () => {
    strike({ kind: "html" });
    strike({ kind: "html", status: 502 }, { skip: 1 });
    const [first, second] = [await add(), await add(kvm)];
    expect([first.status, second.status]).toEqual([200, 502]);
    expect(first.headers["content-type"]).toContain("text/html");
    expect(first.text).toMatch(/^<!DOCTYPE html>/);
    expect(simulator.world.infrastructures.size).toBe(2);
  });

  test("is empty", async () => {
    strike({ kind: "empty" });
    const { status, text } = await add();
    expect([status, text]).toEqual([200, ""]);
  });

  test("has other types", async () => {
    strike({ kind: "wrongTypes" });
    const { infrastructureId, accounts, connectionInfo } = (await add()).json();
    expect([typeof infrastructureId, typeof accounts.admin.name]).toEqual(["number", "number"]);
    expect(typeof connectionInfo.readOnly.updatePeriodSeconds).toBe("string");
  });

  test("has a list as an object", async () => {
    const id = await connectVcenter(client);
    strike({ kind: "wrongTypes" });
    expect(Array.isArray((await client.get(`/infrastructures/${id}/objects`)).json().locations)).toBe(false);
  });

  test.each([
    [undefined, 100_000],
    [7, 7],
  ])("stands in brackets (depth %s)", async (depth, brackets) => {
    strike({ kind: "deep", ...(depth === undefined ? {} : { depth }) });
    const { text } = await add();
    expect(text.search(/[^[]/)).toBe(brackets);
    expect(text.endsWith("]".repeat(brackets))).toBe(true);
  });

  test("is huge, and still what it was", async () => {
    strike({ kind: "huge", bytes: 1_000_000 });
    const { text, json } = await add();
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(json().type).toBe("HYPERV");
  });

  test("is what a test makes of it", async () => {
    strike({ kind: "rewrite", rewrite: (body, { method }) => body.replace("HYPERV", method) });
    expect((await add()).json().type).toBe("POST");
  });

  test("repeats every secret that was sent, in texts for people", async () => {
    strike({ kind: "status", status: 503 });
    strike({ kind: "echo" });
    const { message } = (await add()).json();
    const { authorization = "" } = simulator.requests.all.at(-1)?.headers ?? {};
    for (const secret of [simulator.password, authorization.replace("Bearer ", ""), "Admin-Passw0rd"]) {
      expect(message).toContain(secret);
    }
  });

  test("holds what terminals obey, in texts for people", async () => {
    strike({ kind: "status", status: 503, message: "busy" });
    strike({ kind: "escapes" });
    expect((await add()).json().message).toBe(`busy ${TERMINAL_ESCAPES}`);
  });

  test("is one text, over and over", async () => {
    strike({ kind: "flood", text: "<a", bytes: 10 });
    expect((await add()).text).toBe("<a<a<a<a<a");
  });

  test("is compressed", async () => {
    strike({ kind: "gzip" });
    const { headers, bytes } = await add();
    expect(headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(gunzipSync(bytes).toString("utf8")).type).toBe("HYPERV");
  });

  test("comes in pieces, and is whole", async () => {
    strike({ kind: "slowBody", milliseconds: 50 });
    expect((await add()).json().type).toBe("HYPERV");
    expect(simulator.requests.last?.milliseconds).toBeGreaterThanOrEqual(45);
  });

  test("breaks off with its connection", async () => {
    strike({ kind: "dropDuring" });
    await expect(add()).rejects.toThrow();
    expect(simulator.world.infrastructures.size).toBe(1);
  });
});

test("headers come late, when all is done", async () => {
  strike({ kind: "slowHeaders", milliseconds: 50 });
  expect((await add()).json().type).toBe("HYPERV");
  expect(simulator.requests.last?.milliseconds).toBeGreaterThanOrEqual(45);
});

test("a slow answer does not outlive the simulator", async () => {
  strike({ kind: "slowBody", milliseconds: 60_000 });
  const answer = add().catch(() => "lost");
  await until(() => simulator.requests.last?.path === connections);
  await simulator.stop();
  expect(await answer).toBe("lost");
});

describe("an answer about another object", () => {
  test("is about another connection, which is looked at", async () => {
    const first = (await add()).json().infrastructureId;
    const second = (await add(kvm)).json().infrastructureId;
    strike({ kind: "anotherObject" });
    expect((await look(second)).json()).toMatchObject({ infrastructureId: first, type: "HYPERV" });
  });

  test("to a request that makes one has the id of one that there was", async () => {
    const first = (await add()).json().infrastructureId;
    strike({ kind: "anotherObject" });
    expect((await add(kvm)).json()).toMatchObject({ infrastructureId: first, type: "LIBVIRT" });
    expect(simulator.world.infrastructures.size).toBe(2);
  });

  test("has an id of its own where there is no other", async () => {
    const id = (await add()).json().infrastructureId;
    strike({ kind: "anotherObject" });
    const answered = (await look(id)).json().infrastructureId;
    expect(answered).not.toBe(id);
    expect(simulator.world.infrastructures.has(answered)).toBe(false);
  });

  test("is about another machine", async () => {
    const id = await connectVcenter(client);
    const { vms } = simulator.world.hypervisor("vcenter.example.test");
    strike({ kind: "anotherObject" });
    expect((await client.get(`/infrastructures/${id}/objects/${vms[3]!.id}`)).json().name).toBe("web-01");
  });

  test("is about another task", async () => {
    const imageId = await register(client);
    const start = async () =>
      (await client.call("PUT", `/management/deployment/svm/images/${imageId}/validate`)).json().id;
    const [first, second] = [await start(), await start()];
    strike({ kind: "anotherObject" });
    expect((await client.get(`/virtualization/tasks/${second}`)).json().id).toBe(first);
  });
});

describe("another id", () => {
  test.each([
    ["wrongId", { kind: "wrongId", id: "an-id" } as const, "an-id"],
    ["numericId", { kind: "numericId" } as const, 9007199254740992],
    ["numericId with digits", { kind: "numericId", digits: "12" } as const, 12],
  ])("%s", async (_case, fault, id) => {
    strike(fault);
    expect((await add()).json().infrastructureId).toBe(id);
  });

  test("numericId writes digits that no number holds", async () => {
    strike({ kind: "numericId" });
    expect((await add()).text).toContain('"infrastructureId":9007199254740993,');
  });

  test("wrongId makes one up, always the same", async () => {
    const id = (await add()).json().infrastructureId;
    strike({ kind: "wrongId" }, { times: 2 });
    const [first, second] = [(await look(id)).json().infrastructureId, (await look(id)).json().infrastructureId];
    expect(first).not.toBe(id);
    expect(second).toBe(first);
  });
});

describe("a task's answer", () => {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer as far as it likes
  let task: any;
  beforeEach(async () => {
    const infrastructureId = await connectVcenter(client);
    const imageId = await register(client);
    task = await ended(client, "POST", deployment(imageId, [hostSvm(simulator, infrastructureId, "svm-1")]));
  });
  // biome-ignore lint/suspicious/noExplicitAny: see above
  const struck = async (fault: Fault): Promise<any> => {
    strike(fault, { path: "*/tasks/*" });
    return (await client.get(`/virtualization/tasks/${task.id}`)).json();
  };

  test("has a progress that is no number, everywhere", async () => {
    const { progress, children } = await struck({ kind: "progressText" });
    expect([progress, children[0].progress, children[0].children[0].progress]).toEqual(["n/a", "n/a", "n/a"]);
  });

  test("goes back", async () => {
    expect((await struck({ kind: "progressBack" })).progress).toBe(0);
  });

  test("has no children", async () => {
    expect(await struck({ kind: "withoutChildren" })).not.toHaveProperty("children");
  });

  test("has no parameters, but its children", async () => {
    const [subtask] = (await struck({ kind: "withoutParameters" })).children;
    expect(subtask).not.toHaveProperty("parameters");
    expect(subtask.children[0]).not.toHaveProperty("parameters");
  });

  test.each([
    [undefined, "Suspended"],
    ["Paused", "Paused"],
  ])("has an unknown state (%s)", async (state, answered) => {
    const { state: root, children } = await struck({ kind: "unknownState", ...(state === undefined ? {} : { state }) });
    expect([root, children[0].state]).toEqual([answered, answered]);
  });

  test("is completed while a child runs", async () => {
    const { state, children } = await struck({ kind: "runningChild" });
    expect([state, children[0].state, "result" in children[0]]).toEqual(["Completed", "Running", false]);
  });

  test("is stuck at the first look, while the SVM comes up", async () => {
    const imageId = await register(client);
    const [infrastructureId] = simulator.world.infrastructures.keys();
    simulator.faults.add({ path: "*/tasks/*", fault: { kind: "stuck" }, times: Number.POSITIVE_INFINITY });
    const hold = simulator.world.tasks.hold({ type: "DeploySvm" });
    const { id } = (
      await client.post(svmPath, deployment(imageId, [hostSvm(simulator, infrastructureId!, "svm-2")]))
    ).json();
    await hold.reached;
    expect((await client.get(`/virtualization/tasks/${id}`)).json().state).toBe("Running");
    hold.release();
    await simulator.world.tasks.settled(id);
    expect((await client.get(`/virtualization/tasks/${id}`)).json().state).toBe("Running");
    expect(simulator.world.svms.named("svm-2").vm.state).toBe("Enabled");
  });

  test("names another machine as its SVM", async () => {
    const [subtask] = (await struck({ kind: "foreignSvm" })).children;
    const foreign = simulator.world.hypervisor("vcenter.example.test").vms.find(({ isSvm }) => !isSvm)!;
    expect(subtask.result).toEqual({ svmId: foreign.id });
    expect(subtask.parameters).toContainEqual({ key: "svmId", value: foreign.id });
  });

  test("names the machine that a test says", async () => {
    const { id } = simulator.world.svms.named("svm-old").vm;
    const [subtask] = (await struck({ kind: "foreignSvm", machine: "svm-old" })).children;
    expect(subtask.result).toEqual({ svmId: id });
  });
});

test("a task is cancelled by somebody when it is looked at", async () => {
  const imageId = await register(client);
  const hold = simulator.world.tasks.hold({ type: "ValidateSvmImage" });
  const { id } = (await client.call("PUT", `/management/deployment/svm/images/${imageId}/validate`)).json();
  await hold.reached;
  strike({ kind: "cancelTask" });
  expect((await client.get(`/virtualization/tasks/${id}`)).json().state).toBe("Stopping");
  await simulator.world.tasks.settled(id);
  expect((await client.get(`/virtualization/tasks/${id}`)).json().state).toBe("Cancelled");
});

test("other answers are no tasks", async () => {
  strike({ kind: "progressText" }, { path: connections });
  expect((await add()).json()).not.toHaveProperty("progress");
});

test("a fault of some likelihood strikes the same requests for the same seed", async () => {
  const statuses = async (seed: string) => {
    const server = await startSimulator({ seed });
    const user = await ApiClient.loggedIn(server);
    server.faults.add({
      path: "*/tasks/*",
      fault: { kind: "status", status: 500 },
      times: Number.POSITIVE_INFINITY,
      probability: 0.5,
    });
    const found: number[] = [];
    for (let count = 0; count < 20; count += 1) {
      found.push((await user.get("/virtualization/tasks/1")).status);
    }
    await server.stop();
    return found;
  };
  const first = await statuses("a");
  expect(new Set(first)).toEqual(new Set([404, 500]));
  expect(await statuses("a")).toEqual(first);
  expect(await statuses("b")).not.toEqual(first);
});
