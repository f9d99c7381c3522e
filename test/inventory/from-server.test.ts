/** What one simulator shows is saved and given to another one, which then has to show the same. */
import type { IntegrationServer } from "../../src/integration-server";
import { Secret } from "../../src/integration-server/http/secret";
import { formatInventory, inventoryFromServer, parseInventory } from "../../src/inventory";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator";
import { clientOf } from "../support/integration-server";

const PASSWORD = "Admin-Passw0rd";
const admin = { name: "admin", password: new Secret(PASSWORD) };
const readOnly = { name: "viewer", password: new Secret("Viewer-Passw0rd") };

const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.stop();
});

async function start(options: SimulatorOptions = {}): Promise<{ simulator: Simulator; client: IntegrationServer }> {
  const simulator = await startSimulator({ timeScale: 0.001, ...options });
  running.push(simulator);
  return { simulator, client: clientOf(simulator) };
}

/** What can be seen of an infrastructure, other virtual machines apart. */
async function seen(
  client: IntegrationServer,
  id: string,
  places: readonly ("Host" | "OpenstackDomain" | "OpenstackProject")[],
) {
  const { microservices, ...infrastructure } = await client.infrastructures.get(id);
  const objects = await client.infrastructures.objects(id, { types: [...places, "SVM"], detailed: true });
  const services = microservices.map(({ region, service, address, status }) => ({ region, service, address, status }));
  return { ...infrastructure, services, ...objects };
}

async function copied(client: IntegrationServer, ids: readonly string[]) {
  const text = formatInventory(await inventoryFromServer(client, ids), ["What production looks like."]);
  return { text, ...(await start({ seed: "another", inventory: parseInventory(text, "saved.yaml") })) };
}

test("a vSphere is the same again, with its ids, SVMs and thumbprints", async () => {
  const { simulator, client } = await start();
  simulator.world.trust("vcenter.example.test:443");
  const { id } = await client.infrastructures.create({
    type: "VMWARE",
    address: "vcenter.example.test",
    admin,
    readOnly,
  });
  await client.infrastructures.waitForConnection(id);

  const copy = await copied(client, [id]);

  expect(await seen(copy.client, id, ["Host"])).toEqual(await seen(client, id, ["Host"]));
  const [thumbprint] = [simulator, copy.simulator].map(
    ({ world }) => world.endpoint("vcenter.example.test:443").certificate?.thumbprint,
  );
  expect(copy.text).toContain(thumbprint);
  expect(copy.text).not.toMatch(/Passw0rd/);
});

test.each(["project", "hypervisor"] as const)(
  "an OpenStack is, too, whose SVMs have a %s as parent",
  async (openstackSvmParent) => {
    const { simulator, client } = await start({ habits: { openstackSvmParent } });
    simulator.world.trust(...simulator.world.endpoints.keys());
    const { id } = await client.infrastructures.create({
      type: "OPENSTACK",
      address: "openstack.example.test",
      openstack: { protocol: "https", region: "RegionOne" },
      admin: { ...admin, domain: "Default" },
    });
    await client.infrastructures.waitForConnection(id);

    const copy = await copied(client, [id]);

    const places = ["OpenstackDomain", "OpenstackProject"] as const;
    const original = await seen(client, id, places);
    const vms = original.vms.map((vm) => ({ ...vm, parentId: simulator.world.svms.get(vm.id).vm.parentId }));
    expect(await seen(copy.client, id, places)).toEqual({ ...original, vms });
  },
);

test("a connection that is down is down again", async () => {
  const { simulator, client } = await start();
  simulator.world.trust("vcenter.example.test:443");
  const { id } = await client.infrastructures.create({ type: "VMWARE", address: "vcenter.example.test", admin });
  simulator.world.endpoint("vcenter.example.test:443").outage = "NETWORK_ERROR";
  await client.infrastructures.waitForConnection(id);

  const copy = await copied(client, [id]);

  const { connection } = await copy.client.infrastructures.get(id);
  expect(connection.admin).toMatchObject({ status: "DISCONNECTED", error: "NETWORK_ERROR" });
});

test("two connections to one address are refused, since the simulator has one at each", async () => {
  const { simulator, client } = await start({ habits: { secondConnection: "accepted" } });
  simulator.world.trust("vcenter.example.test:443");
  const connection = { type: "VMWARE", address: "vcenter.example.test", admin } as const;
  const ids = [
    (await client.infrastructures.create(connection)).id,
    (await client.infrastructures.create(connection)).id,
  ];

  await expect(inventoryFromServer(client, ids)).rejects.toThrow(
    `The infrastructures ${ids[0]} and ${ids[1]} are both at vcenter.example.test`,
  );
});
