/** A hypervisor's password that is rotated: its connection is replaced, and its SVMs follow to the new one. */
import { type Simulator, startSimulator } from "../../src/simulator";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "./support/configuration";
import { planned, stateOf } from "./support/quick";
import { flatten } from "./support/screen";
import { DEPLOYED, RECONFIGURED, REMOVED } from "./support/svms";
import { Workspace } from "./support/workspace";

const ROTATED = "Rotated-Passw0rd";
const ADDRESS = "ksvla_svm.it";

interface Site {
  readonly password?: string;
  /** An index of the host's storages. */
  readonly storage?: number;
}

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  const habits = { listsAfterConnecting: "empty", listsCompleteAfterSeconds: 150, updatePeriodSeconds: 200 } as const;
  simulator = await startSimulator({ timeScale: TIME_SCALE, habits });
  workspace = await Workspace.with(site(), { env: environmentOf(simulator) });
  await workspace.apply();
  simulator.requests.clear();
  simulator.world.hypervisor(VCENTER).accounts[0]!.password = ROTATED;
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

const host = () => simulator.world.hypervisor(VCENTER).hosts[0]!;
const counts = () => [DEPLOYED, REMOVED, RECONFIGURED].map((filter) => simulator.requests.count(filter));
const connection = () => [...simulator.world.infrastructures.keys()].at(-1)!;
const values = () => stateOf(workspace)[ADDRESS]!.values;

function site({ password = ADMIN_PASSWORD, storage = 0 }: Site = {}): string {
  const { name, networks, storages } = host();
  return `
provider "ksvla" {
  poll_interval = "50ms"
}
resource "ksvla_trusted_certificate" "it" {
  address = "${VCENTER}:443"
}
resource "ksvla_infrastructure" "it" {
  type      = "VMWARE"
  address   = "${VCENTER}"
  admin     = { name = "admin", password_wo = "${password}", password_wo_version = "${password.length}" }
  read_only = { name = "viewer", password_wo = "Viewer-Passw0rd" }
  depends_on = [ksvla_trusted_certificate.it]
}
resource "ksvla_svm_image" "it" {
  manifest_path        = "/opt/svm/svm-6.2.xml"
  infrastructure_types = ["VMWARE"]
}
data "ksvla_host" "it" {
  infrastructure_id = ksvla_infrastructure.it.id
  name              = "${name}"
}
resource "ksvla_svm" "it" {
  name              = "svm"
  infrastructure_id = ksvla_infrastructure.it.id
  image_id          = ksvla_svm_image.it.id
  host = {
    id         = data.ksvla_host.it.id
    storage_id = data.ksvla_host.it.storage_ids["${storages[storage]!.name}"]
    networks   = [{ id = data.ksvla_host.it.network_ids["${networks[0]!.name}"] }]
  }
  ksc      = { address = "ksc.example.test" }
  root     = { allow_ssh = false, password_wo = "Root-1" }
  klconfig = { password_wo = "Klconfig-1" }
}
`;
}

test.each(["nothing", "hosts", "hostsAndMachines", "everything"] as const)(
  "the SVM is found where the new connection lists nothing at first and numbers %s anew",
  async (newIds) => {
    simulator.habits.newIds = newIds;
    workspace.write(site({ password: ROTATED }));

    expect(await planned(workspace)).toEqual({ "ksvla_infrastructure.it": "replace", [ADDRESS]: "update" });
    const { output } = await workspace.apply("plan.bin");
    expect(flatten(output)).toContain("SVMs follow to another connection, and none of them is touched");

    expect(counts()).toEqual([0, 0, 0]);
    expect(values()).toMatchObject({ infrastructure_id: connection(), running_on: { name: host().name } });
    expect(await planned(workspace)).toEqual({});

    await workspace.destroy();
    expect(simulator.world.svms.allNamed("svm")).toEqual([]);
  },
);

test("another storage in the same apply changes nothing, and is planned as a replacement then", async () => {
  workspace.write(site({ password: ROTATED, storage: 1 }));

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toContain("Plan again: the SVM will be replaced.");
  expect(counts()).toEqual([0, 0, 0]);
  expect(values()).toMatchObject({ infrastructure_id: connection(), host: { storage_id: host().storages[0]!.id } });
  expect(await planned(workspace)).toEqual({ [ADDRESS]: "replace" });
});
