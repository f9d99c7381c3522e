import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, infrastructure, PROVIDER, TIME_SCALE } from "./support/configuration";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

test("a wrong password is one login attempt and one error, with several resources", async () => {
  const certificates = ["vcenter.example.test", "nutanix.example.test:9440"].map(
    (address, index) => `resource "ksvla_trusted_certificate" "c${index}" {\n  address = "${address}"\n}`,
  );
  workspace = await Workspace.with([PROVIDER, ...certificates, infrastructure()].join("\n"), {
    env: { ...environmentOf(simulator), KSVLA_PASSWORD: "wrong" },
  });

  const { output } = await workspace.failingApply();

  expect(simulator.requests.count({ path: "/api/3.0/auth/tokens" })).toBe(1);
  expect(output.match(/^(│ )?Error:/gm)).toHaveLength(1);
  expect(flatten(output)).toMatch(/does not accept the username and password/);
});

test("a server whose certificate is not verified gets no credentials", async () => {
  workspace = await Workspace.with(PROVIDER + infrastructure(), {
    env: { KSVLA_ADDRESS: simulator.address, KSVLA_PASSWORD: simulator.password },
  });

  const { output } = await workspace.failingApply();

  expect(simulator.requests.all).toEqual([]);
  expect(flatten(output)).toMatch(/was not trusted/);
  expect(flatten(output)).toContain(colons(simulator.thumbprints.sha256));
});

test("a pinned thumbprint is enough to verify the server", async () => {
  workspace = await Workspace.with(`${PROVIDER}data "ksvla_certificate" "it" { address = "vcenter.example.test" }`, {
    env: {
      KSVLA_ADDRESS: simulator.address,
      KSVLA_PASSWORD: simulator.password,
      KSVLA_THUMBPRINT: simulator.thumbprints.sha256,
    },
  });

  await workspace.apply();

  expect(simulator.requests.count({ path: "*/getCertificate" })).toBeGreaterThan(0);
});

test("a missing address is an error that names both ways to give it", async () => {
  workspace = await Workspace.with(PROVIDER + infrastructure(), {});

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toMatch(/address/);
  expect(flatten(output)).toMatch(/KSVLA_ADDRESS/);
});

test("a token that expires in the middle of a run is renewed unseen", async () => {
  simulator.world.trust("vcenter.example.test:443");
  simulator.faults.add({ path: "/api/3.0/infrastructures/*", method: "GET", fault: { kind: "expireTokens" } });
  workspace = await Workspace.with(PROVIDER + infrastructure(), { env: environmentOf(simulator) });

  await workspace.apply();

  expect(simulator.requests.count({ status: 401 })).toBe(1);
});

/** As the provider writes thumbprints. */
function colons(thumbprint: string): string {
  return thumbprint.match(/../g)?.join(":") ?? thumbprint;
}
