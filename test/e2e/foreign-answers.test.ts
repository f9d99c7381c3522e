/** Answers about another connection, reserve server or certificate than the one that was asked for, or about none. */
import { type Fault, type Simulator, startSimulator } from "../../src/simulator";
import { certificate, environmentOf, infrastructure, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

const CONNECTION = "ksvla_infrastructure.it";
const RESERVE = "ksvla_reserve_server.it";
const INFRASTRUCTURES = "/api/3.0/infrastructures";
const OTHER = { id: "the-other-one", type: "VMWARE", address: "vcenter-2.example.test" } as const;

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  const { world } = simulator;
  world.cluster.role = "Primary";
  world.trust(...world.endpoints.keys());
  const accounts = { admin: { name: "admin", password: "Admin-Passw0rd" } };
  world.infrastructures.set(OTHER.id, { ...OTHER, accounts, connectingUntil: new Date(0) });
  workspace = await Workspace.with(PROVIDER + infrastructure(), { env: environmentOf(simulator) });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

const connections = () => [...simulator.world.infrastructures.values()].map(({ address }) => address);

test("a connection that an answer names wrongly is not taken over, and not removed", async () => {
  simulator.faults.add({ method: "POST", path: INFRASTRUCTURES, fault: { kind: "anotherObject" } });

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toContain(`answered with the id "${OTHER.id}"`);
  expect(await workspace.state()).toEqual({});
  await workspace.destroy();
  expect(connections()).toContain(OTHER.address);
});

test("answers about another connection neither reach the state nor cost anybody a connection", async () => {
  await workspace.apply();
  const { id } = await workspace.values(CONNECTION);
  const wrong = { method: "GET", path: `${INFRASTRUCTURES}/*`, fault: { kind: "anotherObject" } } as const;

  simulator.faults.add(wrong);
  expect((await workspace.plan()).code).toBe(0);
  simulator.faults.add({ ...wrong, times: 2 });
  await workspace.apply("-refresh-only");
  expect(await workspace.values(CONNECTION)).toMatchObject({ id, address: VCENTER });
  simulator.faults.add(wrong);
  await workspace.destroy();

  expect(connections()).toEqual([OTHER.address]);
});

test("an id that was given to a connection of another kind is not ours any more", async () => {
  await workspace.apply();
  const { id } = await workspace.values(CONNECTION);
  const [mine] = [...simulator.world.infrastructures.values()].filter((each) => each.id === id);
  simulator.world.infrastructures.set(String(id), { ...mine!, type: "XEN", address: "xen.example.test" });

  const { code, output } = await workspace.run(["destroy", "-auto-approve", "-refresh=false"]);

  expect(code).toBe(1);
  expect(flatten(output)).toContain("has given its id");
  await workspace.destroy();
  expect(connections()).toEqual([OTHER.address, "xen.example.test"]);
});

const FAILURES: readonly Fault[] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 404 },
  { kind: "html" },
  { kind: "html", status: 502 },
  { kind: "truncated" },
  { kind: "dropDuring" },
];

test("looks at a connection that is being made go wrong in every way, and it is made all the same", async () => {
  for (const fault of FAILURES) simulator.faults.add({ method: "GET", path: `${INFRASTRUCTURES}/*`, fault });

  await workspace.apply();

  expect(await workspace.values(CONNECTION)).toMatchObject({ status: "CONNECTED", name: "vcenter" });
  expect(connections()).toEqual([OTHER.address, VCENTER]);
  expect((await workspace.plan()).code).toBe(0);
});

test("a reserve server that an answer names wrongly is found, and outlasts looks that go wrong", async () => {
  workspace.write(`${PROVIDER}
resource "ksvla_reserve_server" "it" {
  address     = "viis-reserve.example.test"
  password_wo = "Reserve-Passw0rd"
}`);
  simulator.faults.add({ method: "POST", path: "*/ha/instances", fault: { kind: "wrongId" } });
  for (const fault of FAILURES) simulator.faults.add({ method: "GET", path: "*/ha/instances/*", skip: 2, fault });

  await workspace.apply();

  const [registered] = simulator.world.cluster.instances.values();
  expect(await workspace.values(RESERVE)).toMatchObject({ id: registered?.id, status: "Connected" });
  expect(simulator.requests.count({ method: "POST", path: "*/ha/instances" })).toBe(1);
  simulator.faults.add({ method: "GET", path: "*/ha/instances/*", fault: { kind: "wrongId" } });
  expect((await workspace.plan()).code).toBe(0);
});

test("the certificate of another server is never trusted", async () => {
  workspace.write(PROVIDER + certificate());
  simulator.world.trustRules.length = 0;
  const nutanix = simulator.world.endpoint("nutanix.example.test:9440").certificate;
  const theirs = { address: "nutanix.example.test:9440", thumbprint: nutanix?.thumbprint };
  simulator.faults.add({
    method: "GET",
    path: "*/getCertificate",
    fault: { kind: "rewrite", rewrite: (body) => JSON.stringify({ ...JSON.parse(body), ...theirs }) },
  });

  await workspace.apply();

  const { thumbprint } = simulator.world.endpoint(`${VCENTER}:443`).certificate!;
  expect(simulator.world.trustRules).toEqual([{ address: `${VCENTER}:443`, thumbprint }]);
});
