import { AuthenticationError, TokenRefusedError } from "../../../src/integration-server";
import { FakeClock } from "../../support/fake-clock";
import { type Answer, FakeServer, PASSWORD, tokenAnswer } from "../fake-server";

const TASK = "/api/3.0/virtualization/tasks/t";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const task: Answer = { body: { id: "t", state: "Running" } };

async function serverWithTask(): Promise<FakeServer> {
  return (await FakeServer.start()).on(`GET ${TASK}`, task);
}

it("signs in as admin with Basic, the password in UTF-8", async () => {
  const server = await serverWithTask();
  await server.client().signIn();
  const [request] = server.tokenRequests;
  expect(request?.method).toBe("GET");
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from(`admin:${PASSWORD}`).toString("base64")}`);
});

it("signs in as another user", async () => {
  const server = await serverWithTask();
  await server.client({ username: "operator" }).signIn();
  expect(server.tokenRequests[0]?.headers.authorization).toBe(
    `Basic ${Buffer.from(`operator:${PASSWORD}`).toString("base64")}`,
  );
});

it("sends the token with every call", async () => {
  const server = await serverWithTask();
  await server.client().tasks.get("t");
  expect(server.received[0]?.headers.authorization).toBe("Bearer the-access-token");
});

it("gets one token for many calls at a time", async () => {
  const server = await serverWithTask();
  const client = server.client();
  await Promise.all(Array.from({ length: 20 }, () => client.tasks.get("t")));
  expect(server.tokenRequests).toHaveLength(1);
});

it("keeps a token whose session lasts", async () => {
  const server = await serverWithTask();
  const client = server.client();
  await client.tasks.get("t");
  await client.tasks.get("t");
  expect(server.tokenRequests).toHaveLength(1);
});

it("renews a token before its session ends", async () => {
  const server = await serverWithTask();
  server.signIn = () => ({ body: tokenAnswer("token", HOUR) });
  const clock = new FakeClock();
  const client = server.client({ clock });
  const tokensAfter = async (pause: number): Promise<number> => {
    await clock.advance(pause);
    await client.tasks.get("t");
    return server.tokenRequests.length;
  };
  expect([await tokensAfter(0), await tokensAfter(HOUR - MINUTE - 1), await tokensAfter(1)]).toEqual([1, 1, 2]);
});

it("keeps a token of a short session for nine tenths of it", async () => {
  const server = await serverWithTask();
  server.signIn = () => ({ body: tokenAnswer("short", MINUTE) });
  const clock = new FakeClock();
  const client = server.client({ clock });
  await client.tasks.get("t");
  await clock.advance(0.9 * MINUTE - 1);
  await client.tasks.get("t");
  expect(server.tokenRequests).toHaveLength(1);
  await clock.advance(1);
  await client.tasks.get("t");
  expect(server.tokenRequests).toHaveLength(2);
});

it.each([
  ["ahead", 10 * HOUR],
  ["behind", -10 * HOUR],
])("reads a session's life on the server's clock, though that is %s", async (_, offset) => {
  const server = await serverWithTask();
  server.signIn = () => ({ body: tokenAnswer("token", HOUR, Date.now() + offset) });
  const client = server.client();
  await client.tasks.get("t");
  await client.tasks.get("t");
  expect(server.tokenRequests).toHaveLength(1);
});

it("reads a session's life from the Date header where the session does not say when it began", async () => {
  const server = await serverWithTask();
  const serverTime = Date.now() - 10 * HOUR;
  server.signIn = () => ({
    headers: { date: new Date(serverTime).toUTCString() },
    body: { accessToken: { value: "t" }, session: { validTo: new Date(serverTime + HOUR).toISOString() } },
  });
  const client = server.client();
  await client.tasks.get("t");
  await client.tasks.get("t");
  expect(server.tokenRequests).toHaveLength(1);
});

it("keeps a token of a session without times", async () => {
  const server = await serverWithTask();
  server.signIn = () => ({ body: { accessToken: { value: "t" } } });
  const client = server.client();
  await client.tasks.get("t");
  await client.tasks.get("t");
  expect(server.tokenRequests).toHaveLength(1);
});

describe("when the server does not know a token any longer", () => {
  it("gets another one as often as somebody else's sign-in may have ended the session, three times at most", async () => {
    const refused = { status: 401 };
    const server = (await FakeServer.start()).on(`GET ${TASK}`, refused, refused, refused, task);
    await server.client().tasks.get("t");
    expect(server.tokenRequests).toHaveLength(4);
  });

  it("gets a new one and sends the call again", async () => {
    const server = (await FakeServer.start()).on(`GET ${TASK}`, { status: 401 }, task);
    let sessions = 0;
    server.signIn = () => {
      sessions += 1;
      return { body: tokenAnswer(`token-${sessions}`) };
    };
    await server.client().tasks.get("t");
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  it("sends a POST again, too: it was refused unread", async () => {
    const rules = "POST /api/3.0/sslConfig/certificateValidator/rules";
    const server = (await FakeServer.start()).on(rules, { status: 401 }, { status: 201 });
    await server.client().certificates.trust({ address: { host: "vc", port: 443 }, thumbprint: "AA" });
    expect(server.received).toHaveLength(2);
  });

  it("gives up when it refuses the new ones as well", async () => {
    const server = (await FakeServer.start()).on(`GET ${TASK}`, { status: 401, body: { message: "no such token" } });
    await expect(server.client().tasks.get("t")).rejects.toThrow(TokenRefusedError);
    expect(server.received).toHaveLength(4);
  });

  it("gets one new token for many calls at a time", async () => {
    const server = await FakeServer.start();
    let sessions = 0;
    server.signIn = () => {
      sessions += 1;
      return { body: tokenAnswer(`token-${sessions}`) };
    };
    server.on(`GET ${TASK}`, ({ headers }) => (headers.authorization === "Bearer token-1" ? { status: 401 } : task));
    const client = server.client();
    await Promise.all(Array.from({ length: 10 }, () => client.tasks.get("t")));
    expect(server.tokenRequests).toHaveLength(2);
  });
});

describe.each([401, 403])("a wrong password (%i)", (status) => {
  it("fails at once, and no later call asks again", async () => {
    const server = await serverWithTask();
    server.signIn = () => ({ status, headers: { "retry-after": "0" }, body: { message: "bad credentials" } });
    const client = server.client();
    const calls = await Promise.allSettled([client.signIn(), client.tasks.get("t"), client.tasks.get("t")]);
    await expect(client.tasks.get("t")).rejects.toThrow(AuthenticationError);
    expect(calls.map((call) => call.status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(server.tokenRequests).toHaveLength(1);
    expect(server.received).toHaveLength(0);
  });
});

it("tries again when the server is busy while signing in, which says nothing about the password", async () => {
  const server = await serverWithTask();
  const answers: Answer[] = [{ status: 503, headers: { "retry-after": "0" } }, { body: tokenAnswer() }];
  server.signIn = () => answers.shift();
  await server.client().signIn();
  expect(server.tokenRequests).toHaveLength(2);
});

describe("a server that asks to come again later with a password", () => {
  const busy: Answer = { status: 429, body: { message: "too many attempts" } };

  it("is not asked before", async () => {
    const server = await serverWithTask();
    server.signIn = () => ({ ...busy, headers: { "retry-after": "900" } });
    const clock = new FakeClock();
    const client = server.client({ clock });
    for (const _ of [1, 2]) await expect(client.signIn()).rejects.toMatchObject({ status: 429 });
    await clock.advance(899_000);
    await expect(client.tasks.get("t")).rejects.toMatchObject({ status: 429 });
    expect(server.tokenRequests).toHaveLength(1);

    server.signIn = () => ({ body: tokenAnswer() });
    await clock.advance(1_000);
    await client.tasks.get("t");
    expect(server.tokenRequests).toHaveLength(2);
  });

  it("is asked seldom where it does not say when", async () => {
    const server = await serverWithTask();
    server.signIn = () => busy;
    const clock = FakeClock.skipping();
    const before = clock.now();
    await expect(server.client({ clock }).signIn()).rejects.toMatchObject({ status: 429 });
    expect(server.tokenRequests.length).toBeLessThanOrEqual(5);
    expect(clock.now() - before).toBeGreaterThanOrEqual(10_000 * (server.tokenRequests.length - 1));
  });
});

it("lets one caller leave while others wait for the same token", async () => {
  const server = await serverWithTask();
  const leaving = new AbortController();
  server.signIn = () => {
    leaving.abort(new Error("left"));
    return { body: tokenAnswer() };
  };
  const client = server.client();
  const left = client.signIn({ signal: leaving.signal });
  const stayed = client.signIn();
  await expect(left).rejects.toThrow("left");
  await expect(stayed).resolves.toBeUndefined();
});

it("names the call when an answer holds no token", async () => {
  const server = await serverWithTask();
  server.signIn = () => ({ body: { session: {} } });
  await expect(server.client().signIn()).rejects.toThrow(
    "GET /api/3.0/auth/tokens: malformed answer: expected a text at accessToken.value, got nothing",
  );
});
