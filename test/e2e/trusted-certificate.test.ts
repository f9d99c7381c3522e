import { type Simulator, startSimulator } from "../../src/simulator";
import { certificate, environmentOf, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { Workspace } from "./support/workspace";

const RESOURCE = "ksvla_trusted_certificate.it";
const ENDPOINT = `${VCENTER}:443`;
const RULES = { method: "POST", path: "*/certificateValidator/rules" };

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  workspace = await Workspace.with(PROVIDER + certificate(), { env: environmentOf(simulator) });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

const presented = () => simulator.world.endpoint(ENDPOINT).certificate?.thumbprint;

test("apply trusts what is presented, and the plan after it is empty", async () => {
  await workspace.apply();

  expect(simulator.world.trustRules).toEqual([{ address: ENDPOINT, thumbprint: presented() }]);
  expect(await workspace.values(RESOURCE)).toMatchObject({
    id: `https://${ENDPOINT}`,
    protocol: "https",
    thumbprint: presented(),
    accepted: true,
  });
  expect((await workspace.plan()).code).toBe(0);
});

test("a thumbprint other than the expected one is refused before anything is trusted", async () => {
  workspace.write(PROVIDER + certificate(`thumbprint = "${"AB".repeat(20)}"`));

  const { output } = await workspace.failingApply();

  expect(output).toMatch(/is not the expected one/);
  expect(output).toContain(presented());
  expect(simulator.requests.count(RULES)).toBe(0);
});

test("another spelling of the thumbprint changes nothing on the server", async () => {
  await workspace.apply();
  const spelled = (presented() ?? "").toLowerCase().match(/../g)?.join(":");
  workspace.write(PROVIDER + certificate(`thumbprint = "${spelled}"`));

  expect((await workspace.plan()).code).toBe(0);
  expect(simulator.requests.count(RULES)).toBe(1);
});

test("another address replaces the resource", async () => {
  await workspace.apply();
  workspace.write(`${PROVIDER}
resource "ksvla_trusted_certificate" "it" {
  address = "nutanix.example.test:9440"
}`);

  expect(await workspace.plannedActions()).toEqual({ [RESOURCE]: ["delete", "create"] });
  await workspace.apply();

  expect(simulator.world.isTrusted("nutanix.example.test:9440")).toBe(true);
});

test("a certificate that changes later is not trusted silently: a warning shows both thumbprints", async () => {
  await workspace.apply();
  const before = presented();
  simulator.world.rotateCertificate(ENDPOINT);

  const { output } = await workspace.plan();

  expect(output).toContain(before);
  expect(output).toContain(presented());
  expect(simulator.requests.count(RULES)).toBe(1);
});

test("a changed certificate is trusted when the resource is replaced on purpose", async () => {
  await workspace.apply();
  simulator.world.rotateCertificate(ENDPOINT);

  await workspace.apply(`-replace=${RESOURCE}`);

  expect(simulator.world.isTrusted(ENDPOINT)).toBe(true);
  expect(await workspace.values(RESOURCE)).toMatchObject({ accepted: true, thumbprint: presented() });
});

test("destroy says that the rule stays on the server", async () => {
  await workspace.apply();

  const { output } = await workspace.destroy();

  expect(output).toMatch(/still trusts https:\/\/vcenter\.example\.test:443/);
  expect(await workspace.state()).toEqual({});
});

test("import of a trusted certificate is followed by an empty plan", async () => {
  simulator.world.trust(ENDPOINT);

  await workspace.import(RESOURCE, `https://${ENDPOINT}`);

  expect((await workspace.plan()).code).toBe(0);
});

test("import of a certificate that is not trusted is refused", async () => {
  const { code, output } = await workspace.run(["import", RESOURCE, `https://${ENDPOINT}`]);

  expect(code).toBe(1);
  expect(output).toMatch(/does not trust/);
});

test("an SSH key is trusted for what connects by SSH", async () => {
  workspace.write(`${PROVIDER}
resource "ksvla_trusted_certificate" "it" {
  address  = "kvm.example.test"
  protocol = "ssh"
}`);

  await workspace.apply();

  expect(simulator.world.isTrusted("kvm.example.test:22")).toBe(true);
  expect(await workspace.values(RESOURCE)).toMatchObject({ id: "ssh://kvm.example.test:22" });
});
