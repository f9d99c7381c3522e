import { getMaxListeners, once } from "node:events";
import { type AddressInfo, createServer as createPlainServer, type Socket } from "node:net";
import {
  AnswerLostError,
  ApiError,
  failureOf,
  IntegrationServer,
  type IntegrationServerError,
  isNotFound,
  NetworkError,
} from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { FakeClock } from "../../support/fake-clock";
import { quietLog } from "../../support/quiet-log";
import { type Answer, FakeServer, type Handler, PASSWORD } from "../fake-server";

const TASK = "GET /api/3.0/virtualization/tasks/t";
const RULES = "POST /api/3.0/sslConfig/certificateValidator/rules";
const task: Answer = { body: { id: "t", state: "Running" } };
const rule = { address: { host: "vc", port: 443 }, thumbprint: "AA" };
const drop: Handler = (_, response) => {
  response.destroy();
  return undefined;
};
/** Never answers, and time passes meanwhile. */
const never = (clock: FakeClock): undefined => void clock.advance(30_000);

describe("a GET", () => {
  it.each([408, 429, 500, 502, 503, 504, 520])("is asked again after status %i", async (status) => {
    const server = (await FakeServer.start()).on(TASK, { status, headers: { "retry-after": "0" } }, task);
    await server.client().tasks.get("t");
    expect(server.received).toHaveLength(2);
  });

  it.each([400, 403])("is not asked again after status %i", async (status) => {
    const server = (await FakeServer.start()).on(TASK, { status });
    await expect(server.client().tasks.get("t")).rejects.toMatchObject({ name: "ApiError", status });
    expect(server.received).toHaveLength(1);
  });

  it("is asked for a minute at most", async () => {
    const server = (await FakeServer.start()).on(TASK, { status: 500 });
    const clock = FakeClock.skipping();
    await expect(server.client({ clock }).tasks.get("t")).rejects.toMatchObject({ status: 500 });
    expect(server.received.length).toBeGreaterThan(12);
    expect(clock.now()).toBeLessThan(60_000);
  });

  it("is not asked again and again without a pause, whatever Retry-After says", async () => {
    const server = (await FakeServer.start()).on(TASK, { status: 503, headers: { "retry-after": "0" } });
    await expect(server.client().tasks.get("t")).rejects.toMatchObject({ status: 503 });
    expect(server.received.length).toBeLessThan(100);
  });

  it("waits as long as Retry-After asks", async () => {
    const server = (await FakeServer.start()).on(TASK, { status: 503, headers: { "retry-after": "1" } }, task);
    const clock = FakeClock.skipping();
    await server.client({ clock }).tasks.get("t");
    expect(clock.now()).toBe(1_000);
  });

  it("fails at once when Retry-After asks for more than anyone would wait", async () => {
    const server = (await FakeServer.start()).on(TASK, { status: 503, headers: { "retry-after": "3600" } });
    await expect(server.client().tasks.get("t")).rejects.toMatchObject({ status: 503 });
    expect(server.received).toHaveLength(1);
  });

  it("is asked again when the connection breaks", async () => {
    const server = (await FakeServer.start()).on(TASK, drop, task);
    await server.client().tasks.get("t");
    expect(server.received).toHaveLength(2);
  });

  it("is asked again when the answer breaks off", async () => {
    const broken: Handler = (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"id":');
      setImmediate(() => response.destroy());
      return undefined;
    };
    const server = (await FakeServer.start()).on(TASK, broken, task);
    await server.client().tasks.get("t");
    expect(server.received).toHaveLength(2);
  });

  it("ends in a NetworkError when no answer comes in time", async () => {
    const clock = FakeClock.skipping();
    const server = (await FakeServer.start()).on(TASK, () => never(clock));
    await expect(server.client({ clock }).tasks.get("t")).rejects.toThrow(NetworkError);
    expect(server.received).toHaveLength(2);
  });

  it("uses one connection for one after the other", async () => {
    const server = (await FakeServer.start()).on(TASK, task);
    const client = server.client();
    for (let count = 0; count < 5; count += 1) await client.tasks.get("t");
    expect(server.connections).toBe(1);
  });
});

describe("a request that changes something", () => {
  it.each([500, 502, 503, 504])(
    "is not repeated after status %i, which may hide that it was obeyed",
    async (status) => {
      const headers = status === 503 ? {} : { "retry-after": "0" };
      const server = (await FakeServer.start()).on(RULES, { status, headers });
      await expect(server.client().certificates.trust(rule)).rejects.toMatchObject({ name: "ApiError", status });
      expect(server.received).toHaveLength(1);
    },
  );

  it.each([408, 429, 503])("is made again after status %i, which says that nothing was done", async (status) => {
    const busy = { status, headers: { "retry-after": "15" } };
    const server = (await FakeServer.start()).on(RULES, busy, busy, { status: 201 });
    const clock = FakeClock.skipping();
    await server.client({ clock }).certificates.trust(rule);
    expect([server.received.length, clock.now()]).toEqual([3, 30_000]);
  });

  it("is made again for ten minutes, and then says that the server was busy", async () => {
    const clock = FakeClock.skipping(29_999);
    const server = (await FakeServer.start()).on(RULES, { status: 429, headers: { "retry-after": "20" } });
    await expect(server.client({ clock }).certificates.trust(rule)).rejects.toMatchObject({ status: 429 });
    expect(server.received.length).toBeGreaterThan(10);
    expect(clock.now()).toBeGreaterThan(570_000);
    expect(clock.now()).toBeLessThanOrEqual(600_000);
  });

  it("is not waited for where Retry-After asks for more than ten minutes, and says when", async () => {
    const server = (await FakeServer.start()).on(RULES, { status: 429, headers: { "retry-after": "3600" } });
    await expect(server.client().certificates.trust(rule)).rejects.toMatchObject({
      status: 429,
      advice: "The server is busy, and did nothing. It asks to come again in 3600 s: try again then.",
    });
    expect(server.received).toHaveLength(1);
  });

  it("that is made again is lost when an answer is lost then", async () => {
    const busy = { status: 429, headers: { "retry-after": "0" } };
    const server = (await FakeServer.start()).on(RULES, busy, drop, { status: 201 });
    await expect(server.client().certificates.trust(rule)).rejects.toThrow(AnswerLostError);
    expect(server.received).toHaveLength(2);
  });

  it("tells whoever leaves meanwhile that the server was busy", async () => {
    const leaving = new AbortController();
    const clock = new FakeClock();
    const server = (await FakeServer.start()).on(RULES, { status: 429, headers: { "retry-after": "10" } });
    const left = server.client({ clock }).certificates.trust(rule, { signal: leaving.signal });
    await clock.waitedFor(10_000);
    leaving.abort(new Error("interrupted"));
    await expect(left).rejects.toMatchObject({ status: 429 });
  });

  it("is not repeated when its answer is lost, and says so", async () => {
    const server = (await FakeServer.start()).on(RULES, drop);
    await expect(server.client().certificates.trust(rule)).rejects.toThrow(AnswerLostError);
    expect(server.received).toHaveLength(1);
  });

  it("is not repeated when its answer does not come in time, and says so", async () => {
    const clock = new FakeClock();
    const server = (await FakeServer.start()).on(RULES, () => never(clock));
    await expect(server.client({ clock }).certificates.trust(rule)).rejects.toThrow(
      /POST .*rules: the request was sent to 127\.0\.0\.1:\d+, but its answer was lost: none within 30 s/,
    );
    expect(server.received).toHaveLength(1);
  });

  it("says that it was sent when the caller leaves meanwhile", async () => {
    const leaving = new AbortController();
    const reason = new Error("interrupted");
    const server = (await FakeServer.start()).on(RULES, () => {
      leaving.abort(reason);
      return undefined;
    });
    const lost = server.client().certificates.trust(rule, { signal: leaving.signal });
    await expect(lost).rejects.toMatchObject({ name: "AnswerLostError", cause: reason });
  });

  it("never travels over a connection that was idle", async () => {
    const server = (await FakeServer.start()).on(TASK, task).on(RULES, { status: 201 });
    const client = server.client();
    await client.tasks.get("t");
    await client.certificates.trust(rule);
    expect(server.connections).toBe(2);
  });

  it("is sent again when the connection was refused, since it never left", async () => {
    const server = (await FakeServer.start()).on(RULES, { status: 201 });
    const clock = new FakeClock();
    const client = server.client({ clock });
    await client.signIn();
    const { port } = server;
    await server.close();
    const trusted = client.certificates.trust(rule);
    await clock.waitedFor(5_000);
    const reopened = (await FakeServer.start(server.certificate, port)).on(RULES, { status: 201 });
    clock.skip(5_000);
    await trusted;
    expect(reopened.received).toHaveLength(1);
  });

  it("is sent again when the connection ended within the TLS handshake", async () => {
    const server = (await FakeServer.start()).on(RULES, { status: 201 });
    const clock = new FakeClock();
    const client = server.client({ clock });
    await client.signIn();
    const { port } = server;
    await server.close();
    const closer = createPlainServer((socket) => {
      socket.on("error", () => undefined).destroy();
      closer.close();
    });
    closer.listen(port, "127.0.0.1");
    await once(closer, "listening");
    const closed = once(closer, "close");
    const trusted = client.certificates.trust(rule);
    await closed;
    await clock.waitedFor(5_000);
    const reopened = (await FakeServer.start(server.certificate, port)).on(RULES, { status: 201 });
    clock.skip(5_000);
    await trusted;
    expect(reopened.received).toHaveLength(1);
  });
});

describe("the caller's signal", () => {
  it("ends a GET at once with its reason", async () => {
    const leaving = new AbortController();
    const server = (await FakeServer.start()).on(TASK, () => {
      leaving.abort(new Error("interrupted"));
      return undefined;
    });
    await expect(server.client().tasks.get("t", { signal: leaving.signal })).rejects.toThrow("interrupted");
  });

  it("ends the pause before another attempt", async () => {
    const leaving = new AbortController();
    const clock = new FakeClock();
    const server = (await FakeServer.start()).on(TASK, { status: 503, headers: { "retry-after": "10" } });
    const left = server.client({ clock }).tasks.get("t", { signal: leaving.signal });
    await clock.waitedFor(10_000);
    leaving.abort(new Error("interrupted"));
    await expect(left).rejects.toThrow("interrupted");
    expect([server.received.length, clock.isWaitedFor()]).toEqual([1, false]);
  });

  it("ends the connecting, so that nothing is left behind", async () => {
    const leaving = new AbortController();
    const unresponsive = createPlainServer((socket) => socket.on("error", () => undefined).resume());
    unresponsive.listen(0, "127.0.0.1");
    await once(unresponsive, "listening");
    const { port } = unresponsive.address() as AddressInfo;
    const ended = once(unresponsive, "connection").then(([socket]: Socket[]) => {
      leaving.abort(new Error("interrupted"));
      return once(socket!, "close");
    });
    const client = new IntegrationServer({
      address: `127.0.0.1:${port}`,
      password: new Secret(PASSWORD),
      log: quietLog(),
    });
    await expect(client.signIn({ signal: leaving.signal })).rejects.toThrow("interrupted");
    await ended;
    unresponsive.close();
  });

  it("may belong to any number of calls without a warning about leaks", async () => {
    const { signal } = new AbortController();
    const server = (await FakeServer.start()).on(TASK, task);
    await server.client().tasks.get("t", { signal });
    // Jest keeps the warning itself from tests.
    expect(getMaxListeners(signal)).toBe(Number.POSITIVE_INFINITY);
  });

  it("that is aborted already sends nothing", async () => {
    const server = (await FakeServer.start()).on(TASK, task);
    await expect(server.client().tasks.get("t", { signal: AbortSignal.abort(new Error("gone")) })).rejects.toThrow(
      "gone",
    );
    expect(server.connections).toBe(0);
  });
});

describe("an unreachable server", () => {
  it("is named with the reason and with advice", async () => {
    const server = await FakeServer.start();
    const client = server.client();
    const { port } = server;
    await server.close();
    const error = await client.signIn().catch((reason: unknown) => reason as IntegrationServerError);
    expect(error).toMatchObject({
      name: "NetworkError",
      message: `GET /api/3.0/auth/tokens: no answer from 127.0.0.1:${port}: connection refused`,
      advice: expect.stringContaining("firewall"),
    });
  });

  it("is told from a name that does not exist", async () => {
    const client = new IntegrationServer({ address: "viis.invalid", password: new Secret(PASSWORD), log: quietLog() });
    await expect(client.signIn()).rejects.toThrow(/the host's name (is unknown|could not be looked up)/);
  });
});

it("asks for JSON and says that it sends JSON", async () => {
  const server = (await FakeServer.start()).on(RULES, { status: 201 });
  await server.client().certificates.trust(rule);
  expect(server.received[0]?.headers).toMatchObject({ accept: "application/json", "content-type": "application/json" });
});

it("follows no redirection, which could lead credentials elsewhere", async () => {
  const elsewhere = (await FakeServer.start()).on(TASK, task);
  const location = `https://127.0.0.1:${elsewhere.port}${TASK.slice(4)}`;
  const server = (await FakeServer.start()).on(TASK, { status: 302, headers: { location } });
  await expect(server.client().tasks.get("t")).rejects.toMatchObject({ status: 302 });
  expect(elsewhere.connections).toBe(0);
});

it.each<[string, Answer, string]>([
  ["JSON", { body: { message: "type is unknown" } }, "type is unknown"],
  ["plain text", { body: "type is unknown\n", headers: { "content-type": "text/plain" } }, "type is unknown"],
  ["HTML", { body: "<html><head><title>Bad Request</title></head><body>…</body></html>" }, "Bad Request"],
])("shows the server's own words in %s", async (_, answer, words) => {
  const server = (await FakeServer.start()).on(TASK, { status: 400, ...answer });
  await expect(server.client().tasks.get("t")).rejects.toThrow(
    `GET /api/3.0/virtualization/tasks/t: the server answered 400: ${words}`,
  );
});

it("tells a missing object from other refusals", async () => {
  const server = (await FakeServer.start()).on(TASK, { status: 404 }, { status: 404 }, { status: 400 });
  const client = server.client();
  const errors = [
    await client.tasks.get("t").catch((e: unknown) => e),
    await client.tasks.get("t").catch((e: unknown) => e),
  ];
  expect(errors.map(isNotFound)).toEqual([true, false]);
  expect(errors[0]).toBeInstanceOf(ApiError);
});

it("names the call and the place when an answer is malformed", async () => {
  const server = (await FakeServer.start()).on(TASK, { body: { id: "t", state: "Running", children: "none" } });
  await expect(server.client().tasks.get("t")).rejects.toMatchObject({
    name: "MalformedAnswerError",
    message: "GET /api/3.0/virtualization/tasks/t: malformed answer: expected a list at children, got a string",
  });
});

const GARBLED: readonly [string, string][] = [
  ["<html>welcome</html>", "a web page"],
  ["\n<!DOCTYPE html><title>Login</title>", "a web page"],
  ["<task id='t'/>", "XML"],
  ["", "nothing"],
  ['{"id":"t","sta', "JSON that breaks off or is damaged"],
  ["OK", "something else"],
];

describe("an answer that is no JSON", () => {
  it.each(GARBLED)("is told from a malformed one: %j is %s", async (body, got) => {
    const server = (await FakeServer.start()).on(TASK, { body });
    await expect(server.client().tasks.get("t")).rejects.toThrow(
      `GET /api/3.0/virtualization/tasks/t: malformed answer: expected JSON, got ${got}`,
    );
  });

  it.each(GARBLED)("passes for a question: %j", async (body) => {
    const server = (await FakeServer.start()).on(TASK, { body }, task);
    await server.client().tasks.get("t");
    expect(server.received).toHaveLength(2);
  });

  it.each(GARBLED)("is told at once by a server that has never answered properly: %j", async (body) => {
    const server = await FakeServer.start();
    server.signIn = () => ({ body });
    await expect(server.client().signIn()).rejects.toMatchObject({ name: "MalformedAnswerError", flaw: "garbled" });
    expect(server.tokenRequests).toHaveLength(1);
  });

  it.each([
    ["", true],
    ["OK", true],
    ["{}", true],
    ["<html>Sign in</html>", false],
  ])("is success where the answer says nothing, unless it is somebody else's: %j", async (body, isSuccess) => {
    const server = (await FakeServer.start()).on(RULES, { body });
    const outcome = await server
      .client()
      .certificates.trust(rule)
      .catch((error: unknown) => failureOf(error));
    expect(outcome).toEqual(isSuccess ? undefined : expect.objectContaining({ kind: "garbled", effect: "unknown" }));
    expect(server.received).toHaveLength(1);
  });
});

describe("an answer that is malformed otherwise", () => {
  it("is not asked for again", async () => {
    const server = (await FakeServer.start()).on(TASK, { body: [] }, task);
    await expect(server.client().tasks.get("t")).rejects.toMatchObject({ flaw: "shape" });
    expect(server.received).toHaveLength(1);
  });

  it("is asked for again when it is about another object", async () => {
    const server = (await FakeServer.start()).on(TASK, { body: { id: "other", state: "Running" } }, task);
    expect(await server.client().tasks.get("t")).toMatchObject({ id: "t" });
    expect(server.received).toHaveLength(2);
  });

  it("is never taken for the object when it stays about another one", async () => {
    const server = (await FakeServer.start()).on(TASK, { body: { id: "other", state: "Running" } });
    await expect(server.client().tasks.get("t")).rejects.toThrow(
      'tasks/t: malformed answer: expected "t" at id, got the id of another object',
    );
  });

  it("may write the letters of an id otherwise, which then stays as it was asked for", async () => {
    const server = (await FakeServer.start()).on(TASK, { body: { id: "T", state: "Running" } });
    expect(await server.client().tasks.get("t")).toMatchObject({ id: "t" });
  });

  it("may have a number for an id, however long", async () => {
    const call = "GET /api/3.0/virtualization/tasks/9007199254740993";
    const server = (await FakeServer.start()).on(call, { body: '{"id":9007199254740993,"state":"Running"}' });
    expect(await server.client().tasks.get("9007199254740993")).toMatchObject({ id: "9007199254740993" });
  });

  it("does not make an id of a number that is rounded", async () => {
    const server = (await FakeServer.start()).on(TASK, { body: '{"id":1e300,"state":"Running"}' });
    await expect(server.client().tasks.get("t")).rejects.toThrow("expected a text at id, got a number");
  });
});

describe("what is not found", () => {
  it("is believed when it is said again two seconds later", async () => {
    const server = (await FakeServer.start()).on(TASK, { status: 404 });
    const clock = FakeClock.skipping();
    await expect(server.client({ clock }).tasks.get("t")).rejects.toMatchObject({ status: 404 });
    expect([server.received.length, clock.now()]).toEqual([2, 2_000]);
  });

  it("is there after all when it is found then", async () => {
    const server = (await FakeServer.start()).on(TASK, { status: 404 }, task);
    expect(await server.client().tasks.get("t")).toMatchObject({ id: "t" });
  });

  it("is looked for once more for all who ask at that time, and anew for those who ask later", async () => {
    const server = (await FakeServer.start()).on(TASK, { status: 404 });
    const clock = new FakeClock();
    let answers = 0;
    const debug = (): void => {
      answers += 1;
      // The token, and all three: whoever asks in this test is told at the same time.
      if (answers === 4) clock.skip(2_000);
    };
    const { tasks } = server.client({ clock, log: { ...quietLog(), debug } });
    const asked = Promise.allSettled([tasks.get("t"), tasks.get("t"), tasks.get("t")]);
    expect((await asked).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(server.received).toHaveLength(4);
    await expect(tasks.get("t")).rejects.toMatchObject({ status: 404 });
    expect(server.received).toHaveLength(6);
  });

  it("is not what a failing second look says", async () => {
    const server = (await FakeServer.start()).on(TASK, { status: 404 }, { status: 403 });
    await expect(server.client().tasks.get("t")).rejects.toMatchObject({ status: 403 });
  });

  it("is believed at once by a request that changes something", async () => {
    const server = (await FakeServer.start()).on(RULES, { status: 404 });
    await expect(server.client().certificates.trust(rule)).rejects.toMatchObject({ status: 404 });
    expect(server.received).toHaveLength(1);
  });
});
