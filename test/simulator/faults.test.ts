import { type Fault, type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient, hypervisorRequest } from "./support/api-client";

let simulator: Simulator;
let client: ApiClient;
beforeEach(async () => {
  simulator = await startSimulator();
  client = await ApiClient.loggedIn(simulator);
});
afterEach(() => simulator.stop());

const hyperv = hypervisorRequest("HYPERV", "hyperv.example.test");
const task = () => client.get("/virtualization/tasks/1");
const infrastructures = "/api/3.0/infrastructures";

test.each([500, 502, 503, 429])("status %i is answered in place of the handler", async (status) => {
  simulator.faults.add({ method: "POST", path: infrastructures, fault: { kind: "status", status, retryAfter: 2 } });
  const answer = await client.post("/infrastructures", hyperv);
  expect([answer.status, answer.headers["retry-after"]]).toEqual([status, "2"]);
  expect(simulator.world.infrastructures.size).toBe(0);
});

test("a connection dropped before has changed nothing", async () => {
  simulator.faults.add({ fault: { kind: "dropBefore" } });
  await expect(client.post("/infrastructures", hyperv)).rejects.toThrow();
  expect(simulator.world.infrastructures.size).toBe(0);
});

test("a connection dropped after has done what was asked", async () => {
  simulator.faults.add({ fault: { kind: "dropAfter" } });
  await expect(client.post("/infrastructures", hyperv)).rejects.toThrow();
  expect(simulator.world.infrastructures.size).toBe(1);
});

test("a dropped request is recorded without status", async () => {
  simulator.faults.add({ fault: { kind: "dropAfter" } });
  await expect(task()).rejects.toThrow();
  expect(simulator.requests.last?.path).toBe("/api/3.0/virtualization/tasks/1");
  expect(simulator.requests.last?.status).toBeUndefined();
});

test("malformed JSON keeps its status", async () => {
  simulator.faults.add({ fault: { kind: "truncated" } });
  const answer = await client.post("/infrastructures", hyperv);
  expect(answer.status).toBe(200);
  expect(() => answer.json()).toThrow(SyntaxError);
});

test("a gateway's timeout has done what was asked", async () => {
  simulator.faults.add({ fault: { kind: "status", status: 504, handled: true } });
  expect((await client.post("/infrastructures", hyperv)).status).toBe(504);
  expect(simulator.world.infrastructures.size).toBe(1);
});

test("latency comes on top", async () => {
  simulator.faults.add({ fault: { kind: "latency", milliseconds: 80 } });
  await task();
  expect(simulator.requests.last?.milliseconds).toBeGreaterThanOrEqual(75);
});

test("expired tokens give 401 once, and a new login works", async () => {
  simulator.faults.add({ path: "*/tasks/*", fault: { kind: "expireTokens" } });
  expect((await task()).status).toBe(401);
  const again = await ApiClient.loggedIn(simulator);
  expect((await again.get("/virtualization/tasks/1")).status).toBe(404);
});

const broken: Fault = { kind: "status", status: 500 };
const statuses = async (count: number) => {
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) {
    found.push((await task()).status);
  }
  return found;
};

test("a fault strikes once unless told otherwise", async () => {
  simulator.faults.add({ fault: broken });
  expect(await statuses(2)).toEqual([500, 404]);
});

test("skip and times choose which requests are struck", async () => {
  simulator.faults.add({ fault: broken, skip: 1, times: 2 });
  expect(await statuses(4)).toEqual([404, 500, 500, 404]);
});

test("only matching requests are struck", async () => {
  simulator.faults.add({ method: "POST", fault: broken });
  simulator.faults.add({ path: infrastructures, fault: broken });
  expect(await statuses(1)).toEqual([404]);
});

test("an endless fault can be removed", async () => {
  const fault = simulator.faults.add({ fault: broken, times: Number.POSITIVE_INFINITY });
  expect(await statuses(2)).toEqual([500, 500]);
  fault.remove();
  expect(await statuses(1)).toEqual([404]);
});

test("clear removes every fault", async () => {
  simulator.faults.add({ fault: broken });
  simulator.faults.clear();
  expect(await statuses(1)).toEqual([404]);
});
