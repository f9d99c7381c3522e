import { type Inventory, type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient, hypervisorRequest } from "./support/api-client";

const INVENTORY: Inventory = {
  infrastructures: [
    {
      type: "VMWARE",
      address: "vc.site.test:8443",
      version: "8.0.3",
      connected: true,
      id: "7a0e4f7e-0000-4000-a000-000000000001",
      hosts: [
        {
          name: "esx-1",
          id: "host-1",
          networks: [{ name: "Servers" }, { name: "Management", id: "network-7" }],
          storages: [{ name: "ds1", freeSpace: 12 }],
          svms: [
            { name: "svm-1", version: "6.2.0.1000", networks: ["Management"], klconfigPassword: "Other-Passw0rd" },
          ],
          vms: [{ name: "web-1", state: "Disabled" }],
        },
      ],
    },
    { type: "LIBVIRT", address: "kvm.site.test", outage: "SERVER_ERROR" },
    {
      type: "OPENSTACK",
      address: "keystone.site.test",
      connected: true,
      projects: [
        { name: "security", domain: "Operations", networks: [{ name: "Servers" }], flavors: [{ name: "svm.medium" }] },
      ],
    },
  ],
  images: [{ manifestPath: "/images/svm.xml", svmVersion: "6.2.1.1" }],
  servers: [{ address: "reserve.site.test:7271" }],
};

let simulator: Simulator;
let client: ApiClient;
beforeEach(async () => {
  simulator = await startSimulator({ timeScale: 0.01, inventory: INVENTORY });
  client = await ApiClient.loggedIn(simulator);
});
afterEach(() => simulator.stop());

const ID = "7a0e4f7e-0000-4000-a000-000000000001";
const objects = async (id: string, query: string) =>
  (await client.get(`/infrastructures/${id}/objects${query}`)).json();

test("there is what the inventory has, and nothing else", () => {
  const { platforms, imageFiles, cluster } = simulator.world;
  expect([...platforms.keys()]).toEqual(["vc.site.test", "kvm.site.test", "keystone.site.test"]);
  expect([...imageFiles.keys()]).toEqual(["/images/svm.xml"]);
  expect([...cluster.servers.values()]).toEqual([
    { address: "reserve.site.test:7271", password: "Reserve-Passw0rd", role: "Standalone" },
  ]);
});

test("a connection is there from the start, under its id, and shows what there is with the ids that were given", async () => {
  const { status, json } = await client.get(`/infrastructures/${ID}`);
  expect(status).toBe(200);
  expect(json()).toMatchObject({
    address: "vc.site.test:8443",
    version: "8.0.3",
    accounts: { admin: { name: "admin" }, readOnly: { name: "viewer" } },
    connectionInfo: { admin: { status: "CONNECTED" } },
  });
  const { locations, vms } = await objects(ID, "?objectTypes=Host+VM+SVM&outputType=DetailedInfo");
  expect(locations).toMatchObject([
    {
      id: "host-1",
      name: "esx-1",
      state: "Started",
      resources: { networks: [{ name: "Servers" }, { id: "network-7" }], storages: [{ name: "ds1", freeSpace: 12 }] },
    },
  ]);
  expect(vms).toMatchObject([
    {
      name: "svm-1",
      parentId: "host-1",
      isSvm: true,
      svmVersion: "6.2.0.1000",
      networkAdapters: [{ id: "network-7" }],
    },
    { name: "web-1", state: "Disabled", isSvm: false },
  ]);
  expect(simulator.world.svms.named("svm-1").settings.klconfigPassword).toBe("Other-Passw0rd");
});

test("one that is not connected waits for somebody who connects it, and its outage is seen then", async () => {
  const { connectionInfo } = await client.connect(hypervisorRequest("LIBVIRT", "kvm.site.test"));
  expect(connectionInfo.admin).toMatchObject({ status: "DISCONNECTED", connectionError: "SERVER_ERROR" });
});

test("domains that only projects name are there, and every microservice answers", async () => {
  const [id = ""] = [...simulator.world.infrastructures.values()]
    .filter(({ type }) => type === "OPENSTACK")
    .map((each) => each.id);
  const { locations } = await objects(id, "?objectTypes=OpenstackDomain+OpenstackProject");
  expect(locations.map(({ name }: { name: string }) => name)).toEqual(["Default", "Operations", "security"]);
  const { connectionInfo } = (await client.get(`/infrastructures/${id}`)).json();
  const [region] = connectionInfo.admin.details.regions;
  expect([region.id, region.endpoints.compute[0].status, region.cinder[0].status]).toEqual([
    "RegionOne",
    "CONNECTED",
    "CONNECTED",
  ]);
});

test("what does not fit together is an error that names it", async () => {
  const [site] = INVENTORY.infrastructures;
  const hosts = [{ name: "esx-1", networks: [], svms: [{ name: "svm-1", networks: ["Servers"] }] }];
  await expect(
    startSimulator({ inventory: { infrastructures: [{ ...site, type: "VMWARE", address: "vc", hosts }] } }),
  ).rejects.toThrow(new RangeError("svm-1 is on the network Servers, which esx-1 does not have."));
});

test("the same seed gives the same ids, another one others", async () => {
  const idsOf = async (seed: string) => {
    const other = await startSimulator({ seed, inventory: INVENTORY });
    await other.stop();
    return other.world.svms.all.map(({ vm }) => vm.id);
  };
  const ids = await idsOf("ksvla");
  expect([await idsOf("ksvla"), await idsOf("another")]).toEqual([ids, expect.not.arrayContaining(ids)]);
});
