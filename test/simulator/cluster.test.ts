import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient, base64 } from "./support/api-client";
import { differences, reserveInstance, reserveInstances } from "./support/documented-shapes";

const ROLE = "/server/configuration/role";
const INSTANCES = "/ha/instances";
const RESERVE = "viis-reserve.example.test:7271";
const SPARE = "viis-spare.example.test:7271";
const password = base64("Reserve-Passw0rd");
const registration = { role: "Reserve", address: RESERVE, password };

let simulator: Simulator;
let client: ApiClient;
beforeEach(async () => {
  simulator = await startSimulator({ timeScale: 0.01 });
  client = await ApiClient.loggedIn(simulator);
});
afterEach(() => simulator.stop());

const put = (path: string, body: unknown) => client.call("PUT", path, body);

/** Assigns the role, trusts the reserve servers and registers one. */
async function register(body: object = registration) {
  simulator.world.cluster.role = "Primary";
  simulator.world.trust(RESERVE, SPARE);
  return (await client.post(INSTANCES, body)).json();
}

/** Polls a reserve server until its connection has been made or has failed. */
async function settle(id: string) {
  for (;;) {
    const instance = (await client.get(`${INSTANCES}/${id}`)).json();
    if (instance.connectionInfo.status !== "Connecting") {
      return instance;
    }
  }
}

describe("the role", () => {
  test("is standalone at first, and assigned with 200 and an empty body", async () => {
    expect(simulator.world.cluster.role).toBe("Standalone");
    const answer = await put(ROLE, { role: "Primary" });
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect(simulator.world.cluster.role).toBe("Primary");
  });

  test("is assigned again without complaint", async () => {
    await put(ROLE, { role: "Primary" });
    expect((await put(ROLE, { role: "Primary" })).status).toBe(200);
  });

  test("cannot be assigned to the reserve server of another one", async () => {
    simulator.world.cluster.role = "Reserve";
    const answer = await put(ROLE, { role: "Primary" });
    expect([answer.status, answer.json().message]).toEqual([409, expect.stringContaining("reserve server")]);
  });

  test.each([{ role: "Reserve" }, { role: "Standalone" }, { role: "primary" }, {}, { role: "Primary", force: true }])(
    "%j gives 400 with a reason",
    async (body) => {
      const answer = await put(ROLE, body);
      expect([answer.status, answer.json().message]).toEqual([400, expect.stringContaining("body")]);
    },
  );

  test("cannot be read", async () => {
    expect((await client.get(ROLE)).status).toBe(405);
  });
});

describe("answers have the documented shape", () => {
  test("after a registration", async () => {
    const answer = await register();
    expect(differences(answer, reserveInstance)).toEqual([]);
    expect(answer).toMatchObject({
      role: "Reserve",
      address: RESERVE,
      connectionInfo: { status: "Connecting", connectionError: "NoError" },
    });
  });

  test("when looked at", async () => {
    const { id, createdAt } = await register();
    const instance = await settle(id);
    expect(differences(instance, reserveInstance)).toEqual([]);
    expect(instance).toEqual({
      createdAt,
      id,
      role: "Reserve",
      address: RESERVE,
      connectionInfo: { status: "Connected", connectionError: "NoError" },
    });
  });

  test("in a list", async () => {
    const { id } = await register();
    const list = (await client.get(INSTANCES)).json();
    expect(differences(list, reserveInstances)).toEqual([]);
    expect(list.instances).toHaveLength(1);
    expect(list.instances[0].id).toBe(id);
  });

  test("in an empty list", async () => {
    simulator.world.cluster.role = "Primary";
    expect((await client.get(INSTANCES)).json()).toEqual({ instances: [] });
  });

  test("after a change, which connects anew under the same id", async () => {
    const { id, createdAt } = await register();
    await settle(id);
    const changed = (await put(`${INSTANCES}/${id}`, { ...registration, address: SPARE })).json();
    expect(differences(changed, reserveInstance)).toEqual([]);
    expect(changed).toMatchObject({ id, createdAt, address: SPARE, connectionInfo: { status: "Connecting" } });
    expect((await settle(id)).connectionInfo).toEqual({ status: "Connected", connectionError: "NoError" });
  });

  test("after a removal: 200 and an empty body", async () => {
    const { id } = await register();
    const answer = await client.delete(`${INSTANCES}/${id}`);
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect((await client.get(INSTANCES)).json()).toEqual({ instances: [] });
  });
});

describe("a connection ends with", () => {
  test.each<[string, (simulator: Simulator) => void, object]>([
    [
      "ServerError",
      ({ world }) => {
        world.endpoint(RESERVE).outage = "SERVER_ERROR";
      },
      {},
    ],
    [
      "NetworkError",
      ({ world }) => {
        world.endpoint(RESERVE).outage = "NETWORK_ERROR";
      },
      {},
    ],
    ["NetworkError", () => {}, { address: "nobody.example.test:7271" }],
    ["ServerError", ({ world }) => world.trust("vcenter.example.test:443"), { address: "vcenter.example.test:443" }],
    ["InvalidCertificate", ({ world }) => world.rotateCertificate(RESERVE), {}],
    ["Unauthorized", () => {}, { password: base64("wrong") }],
    [
      "AccessDenied",
      ({ world }) => world.trust("viis-other.example.test:7271"),
      { address: "viis-other.example.test:7271" },
    ],
  ])("%s (%#)", async (connectionError, arrange, changes) => {
    const { id } = await register({ ...registration, ...changes });
    arrange(simulator);
    expect((await settle(id)).connectionInfo).toEqual({ status: "Disconnected", connectionError });
  });

  test("an error that goes as soon as its cause is gone", async () => {
    const { id } = await register();
    simulator.world.rotateCertificate(RESERVE);
    await settle(id);
    simulator.world.trust(RESERVE);
    expect((await settle(id)).connectionInfo).toEqual({ status: "Connected", connectionError: "NoError" });
  });
});

test("a second reserve server is refused with 409, which names the first one", async () => {
  const { id } = await register();
  const answer = await client.post(INSTANCES, { ...registration, address: SPARE });
  expect(answer.status).toBe(409);
  expect(answer.json().message).toMatch(new RegExp(`${RESERVE}.*${id}`));
  expect(simulator.world.cluster.instances.size).toBe(1);
});

describe.each(["Standalone", "Reserve"] as const)("a server that is %s", (role) => {
  test.each<[string, string, object | undefined]>([
    ["GET", INSTANCES, undefined],
    ["POST", INSTANCES, registration],
    ["GET", `${INSTANCES}/1`, undefined],
    ["PUT", `${INSTANCES}/1`, registration],
    ["DELETE", `${INSTANCES}/1`, undefined],
  ])("refuses %s %s with its role as the reason", async (method, path, body) => {
    simulator.world.cluster.role = role;
    const answer = await client.call(method, path, body);
    expect([answer.status, answer.json().message]).toEqual([403, expect.stringContaining(role.toLowerCase())]);
  });
});

test.each<[string, object | undefined]>([
  ["GET", undefined],
  ["PUT", registration],
  ["DELETE", undefined],
])("%s of an unknown id gives 404", async (method, body) => {
  simulator.world.cluster.role = "Primary";
  expect((await client.call(method, `${INSTANCES}/1`, body)).status).toBe(404);
});

test.each<[string, object]>([
  ["no password", { role: "Reserve", address: RESERVE }],
  ["a password that is no Base64", { ...registration, password: "Reserve-Passw0rd" }],
  ["an address without port", { ...registration, address: "viis-reserve.example.test" }],
  ["no role", { address: RESERVE, password }],
  ["another role", { ...registration, role: "Primary" }],
  ["an unknown property", { ...registration, name: "reserve" }],
])("%s gives 400 with a reason that shows no password", async (_case, body) => {
  const answer = await client.post(INSTANCES, body);
  expect([answer.status, answer.json().message]).toEqual([400, expect.stringMatching(/^body/)]);
  expect(answer.text).not.toContain("Passw0rd");
});

test("the same seed gives the same id", async () => {
  const other = await startSimulator();
  other.world.cluster.role = "Primary";
  const { id } = (await (await ApiClient.loggedIn(other)).post(INSTANCES, registration)).json();
  await other.stop();
  expect((await register()).id).toBe(id);
});
