import { AuthenticationError } from "../../../src/integration-server";
import { FakeClock } from "../../support/fake-clock";
import { type Answer, FakeServer, type Handler } from "../fake-server";

const SINCE = Date.UTC(2026, 0, 2, 12, 34, 56);
const QUERY = "?createdFrom=2026-01-01T12%3A00%3A00";
const listOf = (version: string, parameters = QUERY) => `GET /api/${version}/virtualization/tasks${parameters}`;
const TASKS = [{ id: "t-1", state: "Running", type: "DeployMultipleSvm" }];
const NONE: Answer = { status: 404 };

const serverWith = async (three: Answer | Handler, two: Answer | Handler = NONE) =>
  (await FakeServer.start()).on(listOf("3.0"), three).on(listOf("2.0"), two);

it.each([
  ["a list", TASKS],
  ["an object with tasks", { tasks: TASKS }],
  ["an object with items", { items: TASKS, total: 1 }],
  ["a list with something else in it", [...TASKS, "t-2", { id: "t-3" }, { state: "Running" }, null]],
])("recent tasks may come as %s", async (_, body) => {
  const server = await serverWith({ body });
  const tasks = await server.client().tasks.recent({ createdFrom: SINCE });
  expect(tasks).toMatchObject([{ id: "t-1", state: "Running", children: [] }]);
  expect(tasks).toHaveLength(1);
});

it("recent tasks are asked for in version 3.0 of the API, then in 2.0, and from then on in the one that has them", async () => {
  const server = await serverWith(NONE, { body: TASKS });
  const { tasks } = server.client();
  expect(await tasks.recent({ createdFrom: SINCE })).toHaveLength(1);
  expect(await tasks.recent({ createdFrom: SINCE })).toHaveLength(1);
  expect(server.received.map(({ url }) => url.slice(5, 8))).toEqual(["3.0", "2.0", "2.0"]);
});

it.each([400, 401, 403, 404, 405])("recent tasks are not asked for again when the server says %i", async (status) => {
  const server = await serverWith({ status }, { status });
  const client = server.client();
  expect(await client.tasks.recent({ createdFrom: SINCE })).toBe("none");
  expect(await client.tasks.recent({ createdFrom: SINCE })).toBe("none");
  expect(server.received).toHaveLength(2);
});

it("recent tasks are asked for with the token, whose refusal says nothing of it", async () => {
  const server = await serverWith({ status: 401 }, { status: 401 });
  const client = server.client();
  await client.tasks.recent({ createdFrom: SINCE });
  await client.infrastructures.refresh("i-1").catch(() => undefined);
  expect(new Set(server.received.map(({ headers }) => headers.authorization))).toEqual(
    new Set(["Bearer the-access-token"]),
  );
  expect(server.tokenRequests).toHaveLength(1);
});

it("recent tasks are not known where something else is answered", async () => {
  const server = await serverWith({ body: { message: "no such version" } }, { body: "<html>Not here</html>" });
  expect(await server.client().tasks.recent({ createdFrom: SINCE })).toBe("none");
});

it("recent tasks are asked for again when the server was not there", async () => {
  const server = await serverWith({ status: 503 }, { body: TASKS });
  await expect(server.client().tasks.recent({ createdFrom: SINCE })).rejects.toMatchObject({ status: 503 });
  expect(server.received.every(({ url }) => url.startsWith("/api/3.0/"))).toBe(true);
});

it("recent tasks are asked for once by all who want to know at the same time", async () => {
  const server = await serverWith({ body: TASKS });
  const { tasks } = server.client();
  const answers = await Promise.all([0, 1_000, 2_000].map((later) => tasks.recent({ createdFrom: SINCE + later })));
  expect(answers.map((answer) => answer.length)).toEqual([1, 1, 1]);
  expect(server.received).toHaveLength(1);
});

it("recent tasks may be of one type", async () => {
  const server = (await FakeServer.start()).on(listOf("3.0", `${QUERY}&type=DeployMultipleSvm`), { body: TASKS });
  const query = { createdFrom: SINCE, type: "DeployMultipleSvm" };
  expect(await server.client().tasks.recent(query)).toHaveLength(1);
});

it("a recent task tells its age by the server's clock", async () => {
  const created = "2026-01-02T12:00:00Z";
  const headers = { date: "Fri, 02 Jan 2026 12:00:30 GMT" };
  const server = await serverWith({ body: [{ ...TASKS[0], created }], headers });
  expect(await server.client().tasks.recent({ createdFrom: SINCE })).toMatchObject([{ age: 30_000 }]);
});

it("recent tasks need a session like everything else", async () => {
  const server = await serverWith({ body: TASKS });
  server.signIn = () => ({ status: 401 });
  const client = server.client({ clock: new FakeClock() });
  await expect(client.tasks.recent({ createdFrom: SINCE })).rejects.toThrow(AuthenticationError);
});
