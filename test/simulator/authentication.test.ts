import { setTimeout as delay } from "node:timers/promises";
import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient } from "./support/api-client";
import { differences, tokens } from "./support/documented-shapes";

let simulator: Simulator;
afterEach(() => simulator.stop());

test("a login answers with the documented tokens and session", async () => {
  simulator = await startSimulator();
  const answer = await new ApiClient(simulator).logIn();
  expect(answer.status).toBe(200);
  expect(differences(answer.json(), tokens)).toEqual([]);
});

test("nobody who knows the seed knows a token", async () => {
  simulator = await startSimulator({ seed: "same" });
  const other = await startSimulator({ seed: "same" });
  const tokenOf = async (each: Simulator) => (await new ApiClient(each).logIn()).json().accessToken.value;
  expect(await tokenOf(simulator)).not.toBe(await tokenOf(other));
  await other.stop();
});

test("a token can end before the session does", async () => {
  simulator = await startSimulator({ tokenLifetime: 2000, habits: { sessionEnd: "activeTo" } });
  const client = await ApiClient.loggedIn(simulator);
  const { session } = (await client.logIn()).json();
  expect(Date.parse(session.validTo) - Date.parse(session.activeTo)).toBe(1000);
  expect((await client.get("/virtualization/tasks/1")).status).toBe(404);
  await delay(Date.parse(session.activeTo) - Date.now());
  expect((await client.get("/virtualization/tasks/1")).status).toBe(401);
});

test.each([
  ["a wrong password", "wrong", "admin"],
  ["another user name", "integration-server", "root"],
])("%s gives 401", async (_case, password, username) => {
  simulator = await startSimulator();
  expect((await new ApiClient(simulator).logIn(password, username)).status).toBe(401);
});

test("five wrong passwords lock the account, also for the right one", async () => {
  simulator = await startSimulator();
  const client = new ApiClient(simulator);
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    expect((await client.logIn("wrong")).status).toBe(401);
  }
  const answer = await client.logIn();
  expect([answer.status, answer.json().error]).toEqual([403, "AccountLocked"]);
});

test("a right password forgives the wrong ones before it", async () => {
  simulator = await startSimulator();
  const client = new ApiClient(simulator);
  const statuses: number[] = [];
  for (const password of ["a", "b", "c", "d", undefined, "a", "b", "c", "d", undefined]) {
    statuses.push((await client.logIn(password)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 200, 401, 401, 401, 401, 200]);
});

test.each([
  ["no token", {}],
  ["a token that was never issued", { authorization: "Bearer made-up" }],
  ["Basic credentials", { authorization: `Basic ${Buffer.from("admin:integration-server").toString("base64")}` }],
])("%s gives 401 with a Bearer challenge", async (_case, headers) => {
  simulator = await startSimulator();
  const answer = await new ApiClient(simulator).send({
    path: "/api/3.0/virtualization/tasks/1",
    headers: { accept: "application/json", ...headers },
  });
  expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
});

test("a token is refused once its lifetime is over", async () => {
  simulator = await startSimulator({ tokenLifetime: 0 });
  const client = await ApiClient.loggedIn(simulator);
  expect((await client.get("/virtualization/tasks/1")).status).toBe(401);
});

test("validTo is the lifetime after the login", async () => {
  simulator = await startSimulator({ tokenLifetime: 90_000 });
  const { session } = (await new ApiClient(simulator).logIn()).json();
  expect(Date.parse(session.validTo) - Date.parse(session.createdAt)).toBe(90_000);
});

test("expireTokens ends every token at once", async () => {
  simulator = await startSimulator();
  const client = await ApiClient.loggedIn(simulator);
  simulator.expireTokens();
  expect((await client.get("/virtualization/tasks/1")).status).toBe(401);
});

test("the password is the one that was asked for", async () => {
  simulator = await startSimulator({ password: "another: one" });
  expect((await new ApiClient(simulator).logIn("another: one")).status).toBe(200);
});
