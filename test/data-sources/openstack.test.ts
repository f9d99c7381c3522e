import { host } from "../../src/data-sources/host/read";
import { infrastructureData } from "../../src/data-sources/infrastructure/read";
import { infrastructureObjects } from "../../src/data-sources/infrastructure-objects/read";
import { openstackConnectionTest } from "../../src/data-sources/openstack-connection-test/read";
import { openstackProject } from "../../src/data-sources/openstack-project/read";
import type { IntegrationServer } from "../../src/integration-server";
import { Secret } from "../../src/integration-server/http/secret";
import type { Client } from "../../src/resources/shared/client";
import { type Simulator, startSimulator } from "../../src/simulator";
import { clientFor, clientOf, TIME_SCALE } from "../support/integration-server";
import { DataSourceDriver } from "../support/life-cycle";

const KEYSTONE = "openstack.example.test";
const ADMIN = { name: "admin", password: "Admin-Passw0rd", domain: "Default" };
const VIEWER = { name: "viewer", password: "Viewer-Passw0rd", domain: "Default" };
const OPENSTACK = { protocol: "https", region: "RegionTwo" } as const;

let simulator: Simulator;
let client: IntegrationServer;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.trust(`${KEYSTONE}:5000`);
  client = clientOf(simulator);
});
afterEach(() => simulator.stop());

describe("of a connected infrastructure", () => {
  let infrastructureId: string;
  let driver: DataSourceDriver<(typeof openstackProject)["schema"]["attributes"], Client>;

  beforeEach(async () => {
    const admin = { ...ADMIN, password: new Secret(ADMIN.password) };
    const connection = { type: "OPENSTACK", address: KEYSTONE, openstack: OPENSTACK, admin } as const;
    infrastructureId = (await client.infrastructures.create(connection)).id;
    driver = new DataSourceDriver(openstackProject, clientFor(client));
  });

  const cloud = () => simulator.world.openstack(KEYSTONE);
  const projectIn = (domain: string, name: string) => {
    const domainId = cloud().domains.find((each) => each.name === domain)!.id;
    return cloud().projects.find((each) => each.domainId === domainId && each.name === name)!;
  };
  const ids = (things: readonly { readonly id: string; readonly name: string }[]) =>
    Object.fromEntries(things.map(({ name, id }) => [name, id]));

  test("ksvla_openstack_project tells projects of one name apart by their domain", async () => {
    const project = projectIn("Default", "security");

    expect(await driver.read({ infrastructureId, name: "security", domain: "Default" })).toMatchObject({
      id: project.id,
      domain: "Default",
      domainId: project.domainId,
      networkIds: ids(project.networks),
      flavorIds: ids(project.flavors),
      volumeTypeIds: ids(project.volumeTypes),
      securityGroupIds: ids(project.securityGroups),
      serverGroupIds: ids(project.serverGroups),
      availabilityZones: ["az-2", "nova"],
      flavors: [...project.flavors].sort((one, other) => (one.name < other.name ? -1 : 1)),
    });
    expect(driver.warnings).toEqual([]);
  });

  test("ksvla_openstack_project finds a project by id and says its domain", async () => {
    const { id } = projectIn("Production", "security");

    expect(await driver.read({ infrastructureId, id })).toMatchObject({ name: "security", domain: "Production" });
  });

  test("ksvla_openstack_project finds a project by an id in capital letters, and keeps those", async () => {
    const id = projectIn("Production", "security").id.toUpperCase();

    expect(await driver.read({ infrastructureId, id })).toMatchObject({ id, name: "security", domain: "Production" });
  });

  test("ksvla_openstack_project names the domains when a name is ambiguous", async () => {
    await expect(driver.read({ infrastructureId, name: "security" })).rejects.toMatchObject({
      detail: expect.stringMatching(/in the domain "Default".*in the domain "Production".*Set domain/),
      path: ["name"],
    });
  });

  test.each([
    ["project", { name: "nowhere" }, /"security", "web"/, ["name"]],
    ["project of the domain", { name: "web", domain: "Default" }, /in the domain "Default".*"security"/, ["name"]],
    ["domain", { name: "web", domain: "Nowhere" }, /"Default", "Production"/, ["domain"]],
    ["id", { id: "4711" }, /"security", "web"/, ["id"]],
  ])("ksvla_openstack_project lists what there is when the %s is missing", async (_, wanted, detail, path) => {
    await expect(driver.read({ infrastructureId, ...wanted })).rejects.toMatchObject({
      detail: expect.stringMatching(detail),
      path,
    });
  });

  test("ksvla_openstack_project does not take a domain for a project", async () => {
    await expect(driver.read({ infrastructureId, id: cloud().domains[0]!.id })).rejects.toMatchObject({ path: ["id"] });
  });

  test("ksvla_openstack_project leaves names that are not unique out of the maps", async () => {
    const { networkIds } = await driver.read({ infrastructureId, name: "web" });

    expect(Object.keys(networkIds ?? {})).toEqual(["Backup"]);
    expect(driver.warnings.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/"Servers" \(networks with the ids "[^"]+", "[^"]+"\)\./),
    ]);
  });

  test("ksvla_openstack_project finds everything that is required", async () => {
    const project = projectIn("Default", "security");
    const require = {
      networks: project.networks.map(({ name }) => name),
      flavors: project.flavors.map(({ name }) => name),
      volumeTypes: project.volumeTypes.map(({ name }) => name),
      securityGroups: project.securityGroups.map(({ name }) => name),
      serverGroups: project.serverGroups.map(({ name }) => name),
      availabilityZones: ["nova"],
    };

    expect(await driver.read({ infrastructureId, name: "security", domain: "Default", require })).toMatchObject({
      require,
    });
  });

  test.each([
    ["networks", "network"],
    ["flavors", "flavor"],
    ["volumeTypes", "volume type"],
    ["securityGroups", "security group"],
    ["serverGroups", "server group"],
    ["availabilityZones", "availability zone"],
  ])("ksvla_openstack_project says what there is when one of the required %s is missing", async (kind, thing) => {
    const read = driver.read({ infrastructureId, name: "security", domain: "Default", require: { [kind]: ["gone"] } });

    await expect(read).rejects.toMatchObject({
      summary: `No such ${thing}`,
      detail: expect.stringMatching(/"gone" in the project security\..* There are: "/),
      path: ["require", kind],
    });
  });

  test("ksvla_host names the data source for projects", async () => {
    await expect(
      new DataSourceDriver(host, clientFor(client)).read({ infrastructureId, name: "x" }),
    ).rejects.toMatchObject({
      detail: expect.stringContaining("ksvla_openstack_project"),
    });
  });

  test("ksvla_infrastructure_objects refuses hypervisors and names the types that there are", async () => {
    const objects = new DataSourceDriver(infrastructureObjects, clientFor(client));

    await expect(objects.read({ infrastructureId, types: ["Host"] })).rejects.toMatchObject({
      detail: expect.stringContaining("OpenstackProject"),
    });
  });

  test("ksvla_infrastructure_objects lists domains and projects when nothing else is asked for", async () => {
    const { locations } = await new DataSourceDriver(infrastructureObjects, clientFor(client)).read({
      infrastructureId,
    });

    expect(locations?.map(({ name }) => name)).toEqual(["Default", "Production", "security", "security", "web"]);
  });

  test("ksvla_infrastructure shows how Keystone is reached", async () => {
    const state = await new DataSourceDriver(infrastructureData, clientFor(client)).read({ id: infrastructureId });

    expect(state).toMatchObject({ openstack: OPENSTACK, admin: null, edition: "Zed" });
  });
});

describe("ksvla_openstack_connection_test", () => {
  const TEST = { type: "OPENSTACK", address: KEYSTONE, openstack: OPENSTACK, admin: ADMIN };
  const read = (configuration: Readonly<Record<string, unknown>>) =>
    new DataSourceDriver(openstackConnectionTest, clientFor(client)).read(configuration);

  test("says that everything would be connected, and adds nothing", async () => {
    const state = await read({ ...TEST, readOnly: VIEWER });

    expect(state).toMatchObject({ connected: true, status: "CONNECTED", readOnlyStatus: "CONNECTED", edition: "Zed" });
    expect(state.microservices).toHaveLength(4);
    expect(simulator.world.infrastructures.size).toBe(0);
  });

  test("keeps no password in the state", async () => {
    const state = await read({ ...TEST, readOnly: VIEWER });

    expect(state.admin).toEqual({ name: "admin", domain: "Default", password: null });
    expect(JSON.stringify(state)).not.toMatch(/Passw0rd/);
  });

  test("shows a microservice that is not trusted, without an error", async () => {
    const state = await read({ ...TEST, openstack: { protocol: "https", region: "RegionOne" } });

    expect(state).toMatchObject({ connected: false, status: "CONNECTED" });
    expect(state.microservices?.map(({ error }) => error)).toEqual(Array(4).fill("INVALID_CERTIFICATE"));
  });

  test("shows an account that is refused, without an error", async () => {
    const state = await read({ ...TEST, admin: { ...ADMIN, password: "wrong" } });

    expect(state).toMatchObject({ connected: false, status: "DISCONNECTED", connectionError: "UNAUTHORIZED" });
  });
});
