import { certificateData } from "../../src/data-sources/certificate/read";
import { host } from "../../src/data-sources/host/read";
import { infrastructureData } from "../../src/data-sources/infrastructure/read";
import { infrastructureObjects } from "../../src/data-sources/infrastructure-objects/read";
import { openstackProject } from "../../src/data-sources/openstack-project/read";
import type { IntegrationServer } from "../../src/integration-server";
import { Secret } from "../../src/integration-server/http/secret";
import type { Client } from "../../src/resources/shared/client";
import { type Simulator, startSimulator } from "../../src/simulator";
import { clientFor, clientOf, TIME_SCALE } from "../support/integration-server";
import { DataSourceDriver } from "../support/life-cycle";

const VCENTER = "vcenter.example.test";

let simulator: Simulator;
let client: IntegrationServer;
let infrastructureId: string;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.trust(`${VCENTER}:443`);
  client = clientOf(simulator);
  const credentials = { name: "admin", password: new Secret("Admin-Passw0rd") };
  infrastructureId = (await client.infrastructures.create({ type: "VMWARE", address: VCENTER, admin: credentials })).id;
});
afterEach(() => simulator.stop());

const hostNamed = (name: string) => simulator.world.hypervisor(VCENTER).hosts.find((each) => each.name === name)!;
const inNameOrder = <T extends { readonly name: string }>(things: readonly T[]): T[] =>
  [...things].sort((one, other) => (one.name < other.name ? -1 : 1));

describe("ksvla_host", () => {
  let driver: DataSourceDriver<(typeof host)["schema"]["attributes"], Client>;
  beforeEach(() => {
    driver = new DataSourceDriver(host, clientFor(client));
  });

  test("waits while the connection is being made and finds a hypervisor by name", async () => {
    const { id, networks, storages } = hostNamed("esx-01");

    expect(await driver.read({ infrastructureId, name: "esx-01" })).toEqual({
      infrastructureId,
      name: "esx-01",
      id,
      require: null,
      refresh: false,
      timeouts: null,
      state: "Started",
      networkIds: Object.fromEntries(networks.map(({ name, id }) => [name, id])),
      storageIds: Object.fromEntries(storages.map(({ name, id }) => [name, id])),
      networks: inNameOrder(networks),
      storages: inNameOrder(storages),
    });
  });

  test("tells the same whatever order the server lists things in", async () => {
    const query = { infrastructureId, types: ["Host", "SVM"], detailed: true };
    const objects = new DataSourceDriver(infrastructureObjects, clientFor(client));
    const read = async () => [await driver.read({ infrastructureId, name: "esx-01" }), await objects.read(query)];
    const before = await read();
    const { hosts } = simulator.world.hypervisor(VCENTER);
    for (const { networks, storages } of hosts) for (const list of [networks, storages]) (list as unknown[]).reverse();
    (hosts as unknown[]).reverse();

    expect(await read()).toEqual(before);
  });

  test("asks for brief information about all and for full information about one", async () => {
    await driver.read({ infrastructureId, name: "esx-01" });

    const asked = simulator.requests
      .filter({ path: "*/objects*" })
      .map(({ path, query }) => [path.split("/").at(-1), query]);
    expect(asked).toEqual([
      ["objects", "objectTypes=Host&outputType=GeneralInfo"],
      [hostNamed("esx-01").id, ""],
    ]);
  });

  test("finds one by id with a single request for objects", async () => {
    const { id } = hostNamed("esx-lab");

    expect(await driver.read({ infrastructureId, id })).toMatchObject({ id, name: "esx-lab" });
    expect(simulator.requests.count({ path: "*/objects*" })).toBe(1);
  });

  test("leaves names that are not unique out of the maps, with one warning that names them", async () => {
    const { networkIds, storageIds, networks, storages } = await driver.read({ infrastructureId, name: "esx-03" });
    const idsOf = (name: string, objects: typeof networks) =>
      objects?.flatMap((each) => (each.name === name ? [`"${each.id}"`] : [])).join(", ");

    expect(Object.keys(networkIds ?? {})).toEqual(["Management"]);
    expect(storageIds).toEqual({});
    expect(networks).toHaveLength(3);
    expect(driver.warnings.map(({ detail }) => detail)).toEqual([
      `More than one object has the name "Servers" (networks with the ids ${idsOf("Servers", networks)}), "ds1" (storages with the ids ${idsOf("ds1", storages as typeof networks)}). These names are left out of the maps from name to id: configure the id of the one that is meant. Where require says which names are needed (by {}, none), nothing is said of others.`,
    ]);
  });

  test("says nothing of such names where require says which ones are needed", async () => {
    await driver.read({ infrastructureId, name: "esx-03", require: {} });
    await driver.read({ infrastructureId, name: "esx-03", require: { networks: ["Management"] } });
    expect(driver.warnings).toEqual([]);
  });

  test("lists what there is when the name is missing", async () => {
    await expect(driver.read({ infrastructureId, name: "esx-99" })).rejects.toMatchObject({
      detail: expect.stringMatching(/"esx-99".*"esx-01", "esx-02", "esx-03", "esx-lab"\./),
      path: ["name"],
    });
  });

  test("lists the ids when the name is ambiguous", async () => {
    const ids = simulator.world.hypervisor(VCENTER).hosts.filter(({ name }) => name === "esx-lab");

    await expect(driver.read({ infrastructureId, name: "esx-lab" })).rejects.toMatchObject({
      detail: expect.stringContaining(ids.map(({ id }) => id).join(", ")),
    });
  });

  test("does not take a virtual machine for a hypervisor", async () => {
    const [vm] = simulator.world.hypervisor(VCENTER).vms;

    await expect(driver.read({ infrastructureId, id: vm!.id })).rejects.toMatchObject({ path: ["id"] });
  });

  test("sees what is new after a refresh", async () => {
    await driver.read({ infrastructureId, name: "esx-01" });
    hostNamed("esx-01").name = "esx-renamed";

    expect(await driver.read({ infrastructureId, name: "esx-renamed", refresh: true })).toMatchObject({
      refresh: true,
    });
  });

  test("says why an infrastructure is not connected, and how to go on elsewhere", async () => {
    await driver.read({ infrastructureId, name: "esx-01" });
    simulator.world.rotateCertificate(`${VCENTER}:443`);
    const later = new DataSourceDriver(host, clientFor(clientOf(simulator)));

    await expect(later.read({ infrastructureId, name: "esx-01" })).rejects.toMatchObject({
      detail: expect.stringMatching(/INVALID_CERTIFICATE.*-target/s),
      path: ["infrastructureId"],
    });
  });

  test("finds what is required", async () => {
    const require = { networks: ["Servers"], storages: ["ds1"] };

    expect(await driver.read({ infrastructureId, name: "esx-01", require })).toMatchObject({ name: "esx-01", require });
  });

  test("says what there is when something is missing that is required, and what may have been meant", async () => {
    const require = { networks: ["Serverz", "Servers"], storages: ["nowhere"] };

    await expect(driver.read({ infrastructureId, name: "esx-01", require })).rejects.toMatchObject({
      errors: [
        {
          summary: "No such network",
          detail: expect.stringMatching(
            /"Serverz" in the hypervisor esx-01\. Did you mean "Servers"\? There are: "Backup", "Management", "Servers"\./,
          ),
          path: ["require", "networks"],
        },
        { summary: "No such storage", path: ["require", "storages"] },
      ],
    });
  });

  test("lists the ids when a name is not unique that is required", async () => {
    const ids = hostNamed("esx-03").networks.filter(({ name }) => name === "Servers");

    await expect(
      driver.read({ infrastructureId, name: "esx-03", require: { networks: ["Servers"] } }),
    ).rejects.toMatchObject({
      summary: 'The name "Servers" is not unique',
      detail: expect.stringContaining(ids.map(({ id }) => id).join(", ")),
    });
  });
});

test("ksvla_openstack_project names the data source for hypervisors", async () => {
  const driver = new DataSourceDriver(openstackProject, clientFor(client));

  await expect(driver.read({ infrastructureId, name: "security" })).rejects.toMatchObject({
    detail: expect.stringContaining("ksvla_host"),
  });
});

describe("ksvla_infrastructure", () => {
  test("waits for the connection and shows it without passwords", async () => {
    const state = await new DataSourceDriver(infrastructureData, clientFor(client)).read({ id: infrastructureId });

    expect(state).toMatchObject({
      id: infrastructureId,
      type: "VMWARE",
      address: VCENTER,
      admin: { name: "admin" },
      readOnly: null,
      openstack: null,
      name: "vcenter",
      status: "CONNECTED",
      readOnlyStatus: null,
    });
  });

  test("of a connection that failed is its state and no error", async () => {
    simulator.world.trustRules.length = 0;

    const state = await new DataSourceDriver(infrastructureData, clientFor(client)).read({ id: infrastructureId });

    expect(state).toMatchObject({ status: "DISCONNECTED", connectionError: "INVALID_CERTIFICATE" });
  });

  test("of an id that does not exist is an error", async () => {
    await expect(
      new DataSourceDriver(infrastructureData, clientFor(client)).read({ id: "4711" }),
    ).rejects.toMatchObject({
      summary: 'Unable to read the infrastructure "4711"',
    });
  });
});

describe("ksvla_infrastructure_objects", () => {
  let driver: DataSourceDriver<(typeof infrastructureObjects)["schema"]["attributes"], Client>;
  beforeEach(() => {
    driver = new DataSourceDriver(infrastructureObjects, clientFor(client));
  });

  test("lists hypervisors in brief when nothing else is asked for", async () => {
    const { locations, vms } = await driver.read({ infrastructureId });

    expect(locations).toHaveLength(simulator.world.hypervisor(VCENTER).hosts.length);
    expect(locations?.[0]).toMatchObject({ name: "esx-01", state: "Started", networks: null, storages: null });
    expect(vms).toEqual([]);
  });

  test("lists what is asked for with full information", async () => {
    const { locations, vms } = await driver.read({ infrastructureId, types: ["Host", "SVM"], detailed: true });

    expect(locations?.[0]).toMatchObject({ networks: inNameOrder(hostNamed("esx-01").networks) });
    expect(vms).toMatchObject([{ name: "svm-old", isSvm: true, networkAdapters: [{ name: "Servers" }] }]);
  });

  test("lists what is inside a hypervisor", async () => {
    const { id } = hostNamed("esx-01");

    const { vms } = await driver.read({ infrastructureId, types: ["VM"], parentId: id });

    expect(vms?.map(({ name, parentId }) => [name, parentId])).toEqual([
      ["web-01", id],
      ["web-02", id],
    ]);
  });

  test("leaves out what has no id, and names it in a warning", async () => {
    simulator.habits.svmsWithoutId = ["*"];
    const { id } = simulator.world.hypervisor(VCENTER).hosts.find(({ name }) => name === "esx-02")!;

    expect(await driver.read({ infrastructureId, types: ["SVM"] })).toMatchObject({ vms: [] });
    expect(driver.warnings).toEqual([
      {
        summary: `The Integration Server lists objects of vcenter.example.test ("${infrastructureId}") without an id`,
        detail: expect.stringContaining(`: the virtual machine "svm-old" of ${id}. Look`),
      },
    ]);
  });

  test("refuses OpenStack's types", async () => {
    await expect(driver.read({ infrastructureId, types: ["OpenstackProject"] })).rejects.toMatchObject({
      detail: expect.stringContaining("Use the type Host"),
    });
  });
});

describe("ksvla_certificate", () => {
  test("shows what is presented and trusts nothing", async () => {
    const address = "nutanix.example.test:9440";

    expect(await new DataSourceDriver(certificateData, clientFor(client)).read({ address })).toMatchObject({
      id: `https://${address}`,
      protocol: "https",
      ...simulator.world.endpoint(address).certificate,
      accepted: false,
    });
    expect(simulator.world.isTrusted(address)).toBe(false);
  });

  test("shows an SSH key", async () => {
    const read = new DataSourceDriver(certificateData, clientFor(client)).read({
      address: "kvm.example.test",
      protocol: "ssh",
    });

    expect(await read).toMatchObject({ id: "ssh://kvm.example.test:22" });
  });
});
