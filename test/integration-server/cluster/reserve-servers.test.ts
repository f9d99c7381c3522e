import { type ReserveServerSettings, reserveConnectionState } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { type Answer, FakeServer, type Handler } from "../fake-server";

const INSTANCES = "/api/3.0/ha/instances";
const settings: ReserveServerSettings = { address: { host: "viis-2", port: 7271 }, password: new Secret("пароль") };
const documented = {
  createdAt: "2025-06-01T10:00:00.000Z",
  id: "r-1",
  role: "Reserve",
  address: "viis-2:7271",
  connectionInfo: { status: "Connected", connectionError: "NoError" },
};
const parsed = {
  createdAt: "2025-06-01T10:00:00.000Z",
  id: "r-1",
  role: "Reserve",
  address: "viis-2:7271",
  status: "Connected",
  error: "NoError",
};
const body = { role: "Reserve", address: "viis-2:7271", password: Buffer.from("пароль").toString("base64") };

async function serverWith(call: string, ...answers: readonly (Answer | Handler)[]) {
  const server = (await FakeServer.start()).on(call, ...answers);
  return { server, reserveServers: server.client().reserveServers };
}

it.each([
  ["create", `POST ${INSTANCES}`],
  ["update", `PUT ${INSTANCES}/r-1`],
] as const)("%s sends the documented body and reads the documented answer", async (operation, call) => {
  const { server, reserveServers } = await serverWith(call, { body: documented });
  const answer = operation === "create" ? reserveServers.create(settings) : reserveServers.update("r-1", settings);
  expect(await answer).toEqual(parsed);
  expect(JSON.parse(server.received[0]?.body ?? "")).toEqual(body);
});

it.each([
  ["create", `POST ${INSTANCES}`],
  ["update", `PUT ${INSTANCES}/r-1`],
] as const)("%s takes nothing from an answer about another address", async (operation, call) => {
  const { reserveServers } = await serverWith(call, { body: { ...documented, address: "viis-3:7271" } });
  const answer = operation === "create" ? reserveServers.create(settings) : reserveServers.update("r-1", settings);
  await expect(answer).rejects.toMatchObject({ flaw: "foreign" });
});

it("create takes another spelling of the address for the same", async () => {
  const { reserveServers } = await serverWith(`POST ${INSTANCES}`, { body: { ...documented, address: "VIIS-2" } });
  expect(await reserveServers.create(settings)).toMatchObject({ id: "r-1", address: "VIIS-2" });
});

it("puts IPv6 addresses in brackets", async () => {
  const answer = { ...documented, address: "[2001:db8::5]:7271" };
  const { server, reserveServers } = await serverWith(`POST ${INSTANCES}`, { body: answer });
  await reserveServers.create({ ...settings, address: { host: "2001:db8::5", port: 7271 } });
  expect(JSON.parse(server.received[0]?.body ?? "")).toMatchObject({ address: "[2001:db8::5]:7271" });
});

it("get reads one", async () => {
  const { reserveServers } = await serverWith(`GET ${INSTANCES}/r-1`, { body: documented });
  expect(await reserveServers.get("r-1")).toEqual(parsed);
});

it("list reads all", async () => {
  const { reserveServers } = await serverWith(`GET ${INSTANCES}`, { body: { instances: [documented] } });
  expect(await reserveServers.list()).toEqual([parsed]);
});

it.each([{ instances: [] }, { instances: null }, {}])("a list %j is empty", async (answer) => {
  const { reserveServers } = await serverWith(`GET ${INSTANCES}`, { body: answer });
  expect(await reserveServers.list()).toEqual([]);
});

it("delete takes an empty answer", async () => {
  const { reserveServers } = await serverWith(`DELETE ${INSTANCES}/r-1`, {});
  await expect(reserveServers.delete("r-1")).resolves.toBeUndefined();
});

it("what is optional may be missing", async () => {
  const { createdAt: _, role: __, ...rest } = documented;
  const answer = { ...rest, connectionInfo: { status: "Connecting" }, extra: true };
  const { reserveServers } = await serverWith(`GET ${INSTANCES}/r-1`, { body: answer });
  expect(await reserveServers.get("r-1")).toEqual({
    ...parsed,
    createdAt: undefined,
    status: "Connecting",
    error: "NoError",
  });
});

it.each([
  ["no id", { ...documented, id: undefined }, "id"],
  ["no connection", { ...documented, connectionInfo: undefined }, "connectionInfo"],
  ["no status", { ...documented, connectionInfo: { connectionError: "NoError" } }, "connectionInfo.status"],
])("an answer with %s names the call and the place", async (_, answer, path) => {
  const { reserveServers } = await serverWith(`POST ${INSTANCES}`, { body: answer });
  await expect(reserveServers.create(settings)).rejects.toMatchObject({
    name: "MalformedAnswerError",
    call: `POST ${INSTANCES}`,
    path,
  });
});

it("an error never shows the password that the server repeats", async () => {
  const refusal = { status: 400, body: { message: `"${body.password}" or "пароль" is wrong` } };
  const { reserveServers } = await serverWith(`POST ${INSTANCES}`, refusal);
  await expect(reserveServers.create(settings)).rejects.toMatchObject({ serverMessage: '"***" or "***" is wrong' });
});

describe("waitForConnection", () => {
  const seen = (status: string, connectionError = "NoError") => ({
    body: { ...documented, connectionInfo: { status, connectionError } },
  });

  it("looks until it is connected, and tells every look", async () => {
    const answers = [seen("Connecting"), { status: 503 }, seen("Disconnected"), seen("Connected")];
    const { reserveServers } = await serverWith(`GET ${INSTANCES}/r-1`, ...answers);
    const statuses: string[] = [];
    const onProgress = ({ status }: { readonly status: string }) => void statuses.push(status);
    expect(await reserveServers.waitForConnection("r-1", { onProgress })).toEqual(parsed);
    expect(statuses).toEqual(["Connecting", "Disconnected", "Connected"]);
  });

  it("ends when the connection has failed", async () => {
    const answers = [seen("Connecting", "NetworkError"), seen("Disconnected", "Unauthorized")];
    const { reserveServers } = await serverWith(`GET ${INSTANCES}/r-1`, ...answers);
    expect(await reserveServers.waitForConnection("r-1")).toMatchObject({ error: "Unauthorized" });
  });

  it("ends after a minute in which it is down and no error says why", async () => {
    const { reserveServers } = await serverWith(`GET ${INSTANCES}/r-1`, seen("Disconnected"));
    expect(await reserveServers.waitForConnection("r-1")).toMatchObject({ status: "Disconnected", error: "NoError" });
  });

  it("reads states however they are spelled", async () => {
    const { reserveServers } = await serverWith(
      `GET ${INSTANCES}/r-1`,
      seen("CONNECTING"),
      seen("CONNECTED", "NO_ERROR"),
    );
    expect(await reserveServers.waitForConnection("r-1")).toEqual(parsed);
  });

  it("outlasts answers about another reserve server", async () => {
    const other = { body: { ...documented, id: "r-2" } };
    const { reserveServers } = await serverWith(`GET ${INSTANCES}/r-1`, seen("Connecting"), other, seen("Connected"));
    expect(await reserveServers.waitForConnection("r-1")).toEqual(parsed);
  });

  it("ends with the error when the reserve server is gone", async () => {
    const { reserveServers } = await serverWith(`GET ${INSTANCES}/r-1`, seen("Connecting"), { status: 404 });
    await expect(reserveServers.waitForConnection("r-1")).rejects.toMatchObject({ status: 404 });
  });
});

it.each([
  ["Connecting", "NoError", "connecting"],
  ["Connecting", "NetworkError", "connecting"],
  ["Disconnected", "NoError", "disconnected"],
  ["Disconnected", "NetworkError", "failed"],
  ["Disconnected", "SomethingNew", "failed"],
  ["Connected", "NoError", "connected"],
])("%s with %s is %s", (status, error, state) => {
  expect(reserveConnectionState({ status, error })).toBe(state);
});
