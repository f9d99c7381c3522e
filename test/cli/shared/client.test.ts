import { connect } from "../../../src/cli/shared/client";
import { type Simulator, startSimulator } from "../../../src/simulator";

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ timeScale: 0.01 });
});
afterAll(() => simulator.stop());

const environment = (others: NodeJS.ProcessEnv = {}) => ({
  KSVLA_ADDRESS: simulator.address,
  KSVLA_PASSWORD: simulator.password,
  ...others,
});

test.each([
  ["by its authority", () => ({ KSVLA_CA_CERTIFICATE: simulator.caCertificate })],
  ["by its thumbprint", () => ({ KSVLA_THUMBPRINT: simulator.thumbprints.sha256 })],
])("reaches a server that is verified %s", async (_, trust) => {
  const server = await connect(environment(trust()));
  expect(`${server.address.host}:${server.address.port}`).toBe(simulator.address);
});

test("one that is not verified at all is warned of", async () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  await connect(environment({ KSVLA_INSECURE: "true" }));

  expect(write.mock.calls.join("")).toMatch(/^warning: The server's certificate is not verified/);
  write.mockRestore();
});

test.each([
  ["nothing is set", {}, /^KSVLA_ADDRESS and KSVLA_PASSWORD are not set\./],
  ["a variable is empty", { KSVLA_ADDRESS: "viis", KSVLA_PASSWORD: "" }, /^KSVLA_PASSWORD is not set\./],
  ["a variable is wrong", { KSVLA_ADDRESS: "http://viis", KSVLA_PASSWORD: "x" }, /KSVLA_ADDRESS/],
])("says what is missing when %s", async (_, env, message) => {
  await expect(connect(env)).rejects.toThrow(message);
});

test("a server that cannot be verified gets nothing, and one that refuses is told with its advice", async () => {
  await expect(connect(environment())).rejects.toThrow(/Unable to sign in .*was not trusted.*thumbprint/s);
  const wrong = environment({ KSVLA_PASSWORD: "wrong-Passw0rd", KSVLA_CA_CERTIFICATE: simulator.caCertificate });
  const message = await connect(wrong).then(String, String);
  expect(message).toMatch(/does not accept the username and password/);
  expect(message).not.toContain("wrong-Passw0rd");
});
