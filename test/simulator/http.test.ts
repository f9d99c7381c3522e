import { connect } from "node:tls";
import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient, hypervisorRequest } from "./support/api-client";

let simulator: Simulator;
let client: ApiClient;
beforeEach(async () => {
  simulator = await startSimulator();
  client = await ApiClient.loggedIn(simulator);
});
afterEach(() => simulator.stop());

const withBasic = (accept: string | undefined) =>
  client.send({
    path: "/api/3.0/auth/tokens",
    headers: {
      authorization: `Basic ${Buffer.from("admin:integration-server").toString("base64")}`,
      ...(accept === undefined ? {} : { accept }),
    },
  });

test.each([undefined, "*/*", "application/xml"])("Accept: %s is answered in XML", async (accept) => {
  const answer = await withBasic(accept);
  expect(answer.headers["content-type"]).toBe("application/xml; charset=utf-8");
  expect(answer.text).toMatch(/^<\?xml .*<accessToken><value>[\w-]+<\/value><\/accessToken>/);
});

test("Accept: application/json is answered in JSON", async () => {
  expect((await withBasic("text/plain, application/json; q=0.9")).headers["content-type"]).toBe(
    "application/json; charset=utf-8",
  );
});

test("Accept: text/plain gives 406", async () => {
  expect((await withBasic("text/plain")).status).toBe(406);
});

test.each([
  ["GET", "/infrastructures"],
  ["PUT", "/infrastructures/1"],
  ["GET", "/infrastructures/testConnection"],
  ["POST", "/sslConfig/getCertificate"],
  ["GET", "/sslConfig/certificateValidator/rules"],
  ["DELETE", "/virtualization/tasks/1"],
])("%s %s gives 405 with what is allowed", async (method, path) => {
  const answer = await client.call(method, path);
  expect(answer.status).toBe(405);
  expect(answer.headers.allow).toMatch(/^(GET|POST|PUT|DELETE)/);
});

test.each(["/infrastructure", "/infrastructures/", "/auth/tokens/", "/virtualization/tasks"])(
  "%s gives 404",
  async (path) => {
    expect((await client.get(path)).status).toBe(404);
  },
);

test.each(["text/plain", "application/x-www-form-urlencoded", ""])(
  "a body with Content-Type %s gives 415",
  async (contentType) => {
    const body = hypervisorRequest("HYPERV", "hyperv.example.test");
    const answer = await client.call("POST", "/infrastructures", body, { "content-type": contentType });
    expect(answer.status).toBe(415);
  },
);

test.each([
  ["a body that is no JSON", "{"],
  ["no body", ""],
])("%s gives 400", async (_case, body) => {
  const token = (await client.logIn()).json().accessToken.value;
  const answer = await client.send({
    method: "POST",
    path: "/api/3.0/infrastructures",
    headers: { accept: "application/json", "content-type": "application/json", authorization: `Bearer ${token}` },
    body,
  });
  expect(answer.status).toBe(400);
});

test("a body where the documents show none gives 400", async () => {
  expect((await client.call("DELETE", "/infrastructures/1", {})).status).toBe(400);
});

test("a query where the documents show none gives 400", async () => {
  expect((await client.get("/virtualization/tasks/1?verbose=true")).status).toBe(400);
});

test.each(["127.0.0.1", "localhost"])(
  "its certificate is valid for %s and is its own authority",
  async (servername) => {
    const [host, port] = simulator.address.split(":");
    const name = servername === host ? {} : { servername };
    const socket = connect({ host: host!, port: Number(port), ca: simulator.caCertificate, ...name });
    await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
    const { fingerprint, fingerprint256, subjectaltname } = socket.getPeerCertificate();
    socket.destroy();
    expect(fingerprint.replaceAll(":", "")).toBe(simulator.thumbprints.sha1);
    expect(fingerprint256.replaceAll(":", "")).toBe(simulator.thumbprints.sha256);
    expect(subjectaltname).toContain(servername);
    expect(subjectaltname).toContain("IP Address:0:0:0:0:0:0:0:1");
  },
);

test.each(["evil.example.test", "evil.example.test:443", "127.0.0.1.evil.example.test"])(
  "a request that names the host %s is refused before anything else",
  async (host) => {
    simulator.requests.clear();
    expect((await client.call("GET", "/infrastructures/1", undefined, { host })).status).toBe(421);
    expect(simulator.requests.all).toEqual([]);
  },
);

test.each(["localhost:1", "127.0.0.1", "[::1]:7"])("the host %s is this one", async (host) => {
  expect((await client.call("GET", "/infrastructures/1", undefined, { host })).status).toBe(404);
});

test("who has not logged in sends no large body", async () => {
  const send = (authorization: string) =>
    client.call("POST", "/infrastructures", { padding: "x".repeat(100_000) }, { authorization });
  expect((await send("Bearer unknown")).status).toBe(413);
  expect((await send(client.authorization)).status).toBe(400);
});

test("every request is recorded with what was sent and how it was answered", async () => {
  simulator.requests.clear();
  const body = hypervisorRequest("HYPERV", "hyperv.example.test");
  await client.post("/infrastructures", body);
  await client.get("/infrastructures/unknown/objects?objectTypes=Host+SVM");
  expect(simulator.requests.all).toMatchObject([
    { method: "POST", path: "/api/3.0/infrastructures", query: "", body, status: 200 },
    { method: "GET", path: "/api/3.0/infrastructures/unknown/objects", query: "objectTypes=Host+SVM", status: 404 },
  ]);
  expect(simulator.requests.last?.headers.authorization).toMatch(/^Bearer /);
  expect(simulator.requests.last?.body).toBeUndefined();
});

test("requests can be counted by method, path pattern and status", async () => {
  simulator.requests.clear();
  await client.get("/infrastructures/1");
  await client.get("/infrastructures/2/objects");
  expect(simulator.requests.count({ path: "/api/3.0/infrastructures/*" })).toBe(2);
  expect(simulator.requests.count({ path: /\/objects$/, method: "get", status: 404 })).toBe(1);
  expect(simulator.requests.count({ method: "POST" })).toBe(0);
});

test("stop ends also what is still being answered", async () => {
  const pending = client.post("/infrastructures/testConnection", {
    type: "OPENSTACK",
    address: "openstack.example.test",
    specificSettings: { protocol: "https" },
    accounts: { admin: { domain: "Default", name: "admin", password: "YQ==" } },
  });
  const outcome = pending.then(
    () => "answered",
    () => "dropped",
  );
  await new Promise<void>((resolve) => {
    const look = () => (simulator.requests.count({ path: "*/testConnection" }) > 0 ? resolve() : setImmediate(look));
    look();
  });
  await simulator.stop();
  expect(await outcome).not.toBe("answered");
});
