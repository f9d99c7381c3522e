import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, infrastructure, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

const KEYSTONE = "openstack.example.test";

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  const { world } = simulator;
  world.trust(`${VCENTER}:443`, `${KEYSTONE}:5000`);
  for (const { address, protocol } of world.endpoints.values()) if (protocol === "https") world.trust(address);
});
afterAll(() => simulator.stop());

describe("of a connected vSphere", () => {
  let workspace: Workspace;
  const values = (address: string) => workspace.values(`data.${address}`);

  beforeAll(async () => {
    workspace = await Workspace.with(
      `${PROVIDER}${infrastructure()}
data "ksvla_certificate" "it" {
  address = "${VCENTER}"
}
data "ksvla_infrastructure" "it" {
  id = ksvla_infrastructure.it.id
}
data "ksvla_infrastructure_objects" "it" {
  infrastructure_id = ksvla_infrastructure.it.id
  types             = ["Host", "SVM"]
}
data "ksvla_host" "it" {
  infrastructure_id = ksvla_infrastructure.it.id
  name              = "esx-01"
  refresh           = true
}`,
      { env: environmentOf(simulator) },
    );
    await workspace.apply();
  });
  afterAll(() => workspace.dispose());

  test("ksvla_certificate shows what is presented", async () => {
    expect(await values("ksvla_certificate.it")).toMatchObject({
      thumbprint: simulator.world.endpoint(`${VCENTER}:443`).certificate?.thumbprint,
      accepted: true,
    });
  });

  test("ksvla_infrastructure shows the connection", async () => {
    expect(await values("ksvla_infrastructure.it")).toMatchObject({
      type: "VMWARE",
      address: VCENTER,
      status: "CONNECTED",
      admin: { name: "admin" },
    });
  });

  test("ksvla_infrastructure_objects lists the types that were asked for", async () => {
    const { locations, vms } = await values("ksvla_infrastructure_objects.it");

    expect(locations).toContainEqual(expect.objectContaining({ name: "esx-02", state: "Started" }));
    expect(vms).toMatchObject([{ name: "svm-old", is_svm: true }]);
  });

  test("ksvla_host gives the ids of networks and storages by name", async () => {
    const esx01 = simulator.world.hypervisor(VCENTER).hosts.find(({ name }) => name === "esx-01");

    const { id, network_ids, storage_ids } = await values("ksvla_host.it");

    expect(id).toBe(esx01?.id);
    expect(network_ids).toHaveProperty("Servers", esx01?.networks.find(({ name }) => name === "Servers")?.id);
    expect(storage_ids).toHaveProperty("ds1", esx01?.storages.find(({ name }) => name === "ds1")?.id);
  });

  test("the plan after it is empty", async () => {
    expect((await workspace.plan()).code).toBe(0);
  });

  test.each([
    ["host", 'name = "esx-99"', /name "esx-99".*Did you mean "esx-0.*There are: "esx-01"/],
    [
      "network that is required",
      'name = "esx-01"\nrequire = { networks = ["Serverz"] }',
      /name "Serverz" in the hypervisor esx-01\. Did you mean "Servers"\? There are: "Backup"/,
    ],
  ])("a %s that does not exist is an error that lists what there is", async (_, wanted, said) => {
    const elsewhere = await Workspace.with(
      `${PROVIDER}
data "ksvla_host" "it" {
  infrastructure_id = "${[...simulator.world.infrastructures.keys()][0]}"
  ${wanted}
}`,
      { env: environmentOf(simulator) },
    );

    const { code, output } = await elsewhere.plan();
    elsewhere.dispose();

    expect(code).toBe(1);
    expect(flatten(output)).toMatch(said);
  });
});

describe("of a connected OpenStack", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.with(
      `${PROVIDER}${infrastructure({
        type: "OPENSTACK",
        address: KEYSTONE,
        account: 'domain = "Default"',
        extra: 'openstack = { protocol = "https", region = "RegionOne" }',
      })}
data "ksvla_openstack_connection_test" "it" {
  type      = "OPENSTACK"
  address   = "${KEYSTONE}"
  openstack = { protocol = "https", region = "RegionOne" }
  admin     = { domain = "Default", name = "admin", password = "Admin-Passw0rd" }
}
data "ksvla_openstack_project" "it" {
  infrastructure_id = ksvla_infrastructure.it.id
  name              = "security"
  domain            = "Default"
}`,
      { env: environmentOf(simulator) },
    );
    await workspace.apply();
  });
  afterAll(() => workspace.dispose());

  test("ksvla_openstack_connection_test says that it would connect", async () => {
    expect(await workspace.values("data.ksvla_openstack_connection_test.it")).toMatchObject({ connected: true });
  });

  test("ksvla_openstack_project gives the ids of what an SVM can use by name", async () => {
    const values = await workspace.values("data.ksvla_openstack_project.it");

    expect(Object.keys(values["network_ids"] as object)).toEqual(["Management", "Servers"]);
    expect(Object.keys(values["flavor_ids"] as object)).toContain("svm.medium");
    expect(values["availability_zones"]).toEqual(["az-2", "nova"]);
  });

  test("the plan after it is empty", async () => {
    expect((await workspace.plan()).code).toBe(0);
  });
});
