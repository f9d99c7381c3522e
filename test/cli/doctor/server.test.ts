import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { ok, problem, warning, worst } from "../../../src/cli/doctor/check";
import {
  checkAddress,
  checkClock,
  checkCredentials,
  checkRole,
  checkTls,
  type Looked,
  look,
} from "../../../src/cli/doctor/server";
import { type Simulator, startSimulator } from "../../../src/simulator";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 24 * 60 * 60 * 1000;
const ADDRESS = { host: "viis.example.test", port: 7271 };

function shown(validTo: number, refusal?: undefined): Looked {
  const certificate = { subject: "CN=viis", issuer: "CN=ca", sha1: "AA:BB", sha256: "CC:DD" };
  const chain = [{ ...certificate, validFrom: new Date(NOW - DAY), validTo: new Date(validTo) }];
  return { address: ADDRESS, seen: { chain, refusal, clockDifference: 0 }, server: undefined };
}

test("a certificate that is trusted is shown with its chain, its dates and its thumbprints", () => {
  const { status, message } = checkTls(shown(NOW + 100 * DAY), {}, NOW);
  expect(status).toBe("ok");
  expect(message).toBe(
    "CN=viis; valid from 2025-12-31 to 2026-04-11. Its thumbprints:\n  SHA-256 CC:DD\n  SHA-1   AA:BB",
  );
});

test("one that ends soon, or has ended, is a warning", () => {
  expect(checkTls(shown(NOW + 3 * DAY), {}, NOW)).toMatchObject({
    status: "warning",
    message: expect.stringContaining("expires in 3 days"),
  });
  expect(checkTls(shown(NOW - 1), {}, NOW)).toMatchObject({
    status: "warning",
    message: expect.stringContaining("It has expired"),
  });
});

test("one that nobody verifies is a warning, with the line that pins it", () => {
  const { status, advice } = checkTls(shown(NOW + 100 * DAY), { KSVLA_INSECURE: "true" }, NOW);
  expect([status, advice]).toEqual(["warning", expect.stringContaining("export KSVLA_THUMBPRINT=CC:DD")]);
});

test.each([
  [0, "ok", "0 s apart"],
  [-299_000, "ok", "299 s apart"],
  [600_000, "warning", "600 s ahead of this one"],
  [-600_000, "warning", "600 s behind this one"],
])("a clock that differs by %d ms is %s", (clockDifference, status, words) => {
  const seen = { chain: [], refusal: undefined, clockDifference };
  expect(checkClock({ address: ADDRESS, seen, server: undefined })).toMatchObject({
    status,
    message: expect.stringContaining(words),
  });
});

describe("with a server", () => {
  let simulator: Simulator;
  let environment: Record<string, string>;
  beforeEach(async () => {
    simulator = await startSimulator();
    const { address, password, caCertificate } = simulator;
    environment = { KSVLA_ADDRESS: address, KSVLA_PASSWORD: password, KSVLA_CA_CERTIFICATE: caCertificate };
  });
  afterEach(() => simulator.stop());

  test("nothing is sent that says who asks, but to sign in once", async () => {
    const looked = await look(environment);
    expect(checkAddress(looked, environment).status).toBe("ok");
    expect(simulator.requests.all.map(({ path, headers }) => [path, headers.authorization?.split(" ")[0]])).toEqual([
      ["/", undefined],
      ["/api/3.0/auth/tokens", "Basic"],
    ]);
  });

  test("a wrong password is tried once", async () => {
    const looked = await look({ ...environment, KSVLA_PASSWORD: "wrong" });
    expect(checkCredentials(looked, environment)).toMatchObject({
      status: "problem",
      message: expect.stringMatching(/^admin cannot sign in: /),
    });
    expect(simulator.requests.count({ path: "/api/3.0/auth/tokens" })).toBe(1);
    expect(await checkRole(looked)).toMatchObject({ status: "warning" });
  });

  test("the role is what its list of reserve servers tells", async () => {
    expect((await checkRole(await look(environment))).message).toContain("tells of no cluster of its own");
    simulator.world.cluster.role = "Primary";
    expect(await checkRole(await look(environment))).toEqual({
      status: "ok",
      message: "A primary server without a reserve server.",
    });
  });

  test("a setting that cannot be right is said, and is no fault of the server", async () => {
    const wrong = { ...environment, KSVLA_CA_CERTIFICATE: "/nowhere/ca.pem" };
    const looked = await look(wrong);
    expect(checkAddress(looked, wrong).status).toBe("ok");
    expect(checkTls(looked, wrong, NOW)).toMatchObject({
      status: "problem",
      message: expect.stringContaining("/nowhere/ca.pem"),
    });
  });
});

test("an address at which nobody listens, or somebody who speaks something else, is a problem with what to look at", async () => {
  const server = createServer((socket) =>
    socket
      .resume()
      .on("error", () => {})
      .end("HTTP/1.1 400 Bad Request\r\n\r\n"),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const environment = {
    KSVLA_ADDRESS: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    HTTPS_PROXY: "http://proxy",
  };
  const looked = await look(environment);
  expect(checkAddress(looked, environment)).toMatchObject({
    status: "problem",
    advice: expect.stringContaining("through no proxy"),
  });
  await new Promise((resolve) => server.close(resolve));
  expect(checkAddress(await look(environment), environment)).toMatchObject({
    status: "problem",
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

test("no address is a warning, a wrong one a problem", async () => {
  expect(checkAddress(await look({}), {})).toMatchObject({ status: "warning" });
  const wrong = { KSVLA_ADDRESS: "http://viis" };
  expect(checkAddress(await look(wrong), wrong)).toMatchObject({ status: "problem" });
});

test("of several findings the worst counts, and none of its kind is left out", () => {
  expect(worst([ok("a"), ok("b")])).toEqual(ok("a\nb"));
  expect(worst([ok("a"), warning("b", "do"), problem("c")])).toEqual(problem("c\nb", "do"));
});
