/** The client's side of the documents against the simulator's: two readings that share no code. */
import type { HostPlacement, OpenStackPlacement, SvmDeployment } from "../../../src/integration-server";
import { IntegrationServer } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { TIME_SCALE } from "../../support/integration-server";
import { quietLog } from "../../support/quiet-log";

const VCENTER = "vcenter.example.test";
const KEYSTONE = "openstack.example.test";
const PATH = "/api/3.0/management/deployment/svm/";
const ADMIN = { name: "admin", password: new Secret("Admin-Passw0rd") };
/** Only with such an account does a server tell how often it looks at an infrastructure. */
const READ_ONLY = { name: "viewer", password: new Secret("Viewer-Passw0rd") };
const STATIC = { mask: "255.255.255.0", gateway: "10.0.0.1" };

let simulator: Simulator;
let client: IntegrationServer;
let imageId: string;

beforeEach(async () => {
  simulator = await startSimulator({
    timeScale: TIME_SCALE,
    generated: { hosts: 10 },
    habits: { reportedUpdatePeriod: "onOpenStackToo" },
  });
  const { address, password, caCertificate } = simulator;
  const batchTiming = { quiet: 50, longest: 500, grace: 100 };
  client = new IntegrationServer({
    address,
    password: new Secret(password),
    caCertificate,
    pollInterval: 10,
    batchTiming,
    log: quietLog(),
  });
  const types = ["VMWARE", "OPENSTACK", "NUMAVSERVER"] as const;
  imageId = (await client.images.register({ manifestPath: "/opt/svm/svm-6.2.xml", infrastructureTypes: types })).id;
});
afterEach(() => simulator.stop());

const settings = {
  ksc: { address: "ksc.example.test", port: 14_000, sslPort: 13_000, language: "en" },
  dns: { main: "10.0.0.2", alternative: "10.0.0.3" },
  root: { allowSsh: true, password: new Secret("Root-Passw0rd") },
  klconfig: { password: new Secret("Klconfig-Passw0rd") },
};
const deployment = (name: string, placement: SvmDeployment["placement"]): SvmDeployment => ({
  name,
  image: { id: imageId, localization: "en", skipIntegrityCheck: false },
  placement,
  ...settings,
});

/** What the server shows of it. */
const svm = (infrastructureId: string, svmId: string) => client.judge.identify(infrastructureId, svmId);

async function onHosts(): Promise<HostPlacement[]> {
  simulator.world.trust(`${VCENTER}:443`);
  const { id } = await client.infrastructures.create({
    type: "VMWARE",
    address: VCENTER,
    admin: ADMIN,
    readOnly: READ_ONLY,
  });
  await client.infrastructures.waitForConnection(id);
  const hosts = simulator.world.hypervisor(VCENTER).hosts.filter(({ storages }) => storages.length > 0);
  return hosts.slice(-10).map(({ id: locationId, networks, storages }, index) => ({
    type: "host",
    infrastructureId: id,
    locationId,
    storageId: storages[0]!.id,
    networks: [{ id: networks[0]!.id, primary: true, static: { address: `10.0.0.${index + 10}`, ...STATIC } }],
  }));
}

async function inProject(): Promise<OpenStackPlacement> {
  simulator.world.trust(`${KEYSTONE}:5000`);
  const { id } = await client.infrastructures.create({
    type: "OPENSTACK",
    address: KEYSTONE,
    openstack: { protocol: "https", region: "RegionTwo" },
    admin: { ...ADMIN, domain: "Default" },
    readOnly: { ...READ_ONLY, domain: "Default" },
  });
  await client.infrastructures.waitForConnection(id);
  const project = simulator.world.openstack(KEYSTONE).projects.find(({ serverGroups }) => serverGroups.length > 0)!;
  const port = {
    static: { addresses: ["10.0.0.10"], ...STATIC },
    vlanId: 100,
    portSecurityEnabled: true,
    securityGroupIds: [project.securityGroups[0]!.id],
  };
  return {
    type: "openstackProject",
    infrastructureId: id,
    locationId: project.id,
    flavorId: project.flavors.find(({ suitableForSvmVersions }) => suitableForSvmVersions.includes("6.2"))!.id,
    volumeTypeId: project.volumeTypes[0]!.id,
    availabilityZone: project.availabilityZones[0]!.name,
    serverGroupId: project.serverGroups[0]!.id,
    networks: [{ id: project.networks[0]!.id, ports: [{ ...port, primary: true }] }],
  };
}

it("an image is verified", async () => {
  await expect(client.images.verify(imageId)).resolves.toBeUndefined();
});

it("an image that was tampered with is not", async () => {
  const manifestPath = "/opt/svm/svm-6.2-tampered.xml";
  const { id } = await client.images.register({ manifestPath, infrastructureTypes: ["VMWARE"] });
  await expect(client.images.verify(id)).rejects.toMatchObject({ name: "TaskFailedError" });
});

it("an SVM on a hypervisor is deployed, reconfigured and removed", async () => {
  const [placement] = await onHosts();
  const { infrastructureId } = placement!;
  const { svmId } = await client.svms.deploy(deployment("svm-01", placement!));
  expect(await svm(infrastructureId, svmId)).toMatchObject({
    vm: {
      name: "svm-01",
      parentId: placement!.locationId,
      networkAdapters: [{ id: placement!.networks[0]!.id }],
    },
  });
  const target = { ...placement!, svmId };
  const { networks } = simulator.world.hypervisor(VCENTER).hosts.find(({ id }) => id === target.locationId)!;
  await client.svms.reconfigure({
    target: { ...target, networks: [{ id: networks[1]!.id, primary: true }] },
    currentPassword: settings.klconfig.password,
    klconfig: { password: new Secret("New-Passw0rd") },
  });
  expect(await svm(infrastructureId, svmId)).toMatchObject({
    vm: {
      networkAdapters: [{ id: networks[1]!.id }],
    },
  });
  await client.svms.remove({ target });
  expect(await svm(infrastructureId, svmId)).toMatchObject({ is: "gone" });
});

it("an SVM in an OpenStack project is deployed, reconfigured and removed", async () => {
  const placement = await inProject();
  const { infrastructureId } = placement;
  const { svmId } = await client.svms.deploy(deployment("svm-01", placement));
  const target = { ...placement, svmId };
  await client.svms.reconfigure({
    target: { ...target, networks: undefined },
    currentPassword: settings.klconfig.password,
    dns: { main: "10.0.0.4" },
  });
  expect(await svm(infrastructureId, svmId)).toMatchObject({
    vm: {
      parentId: placement.locationId,
      networkAdapters: [{ id: placement.networks[0]!.id, securityGroups: [{}] }],
    },
  });
  await client.svms.remove({ target });
  expect(await svm(infrastructureId, svmId)).toMatchObject({ is: "gone" });
});

it("ten SVMs on ten hypervisors are one deployment and one removal", async () => {
  const placements = await onHosts();
  const deployed = await Promise.all(
    placements.map((placement, index) => client.svms.deploy(deployment(`svm-${index}`, placement))),
  );
  expect(new Set(deployed.map(({ svmId }) => svmId)).size).toBe(10);
  await Promise.all(
    placements.map((placement, index) =>
      client.svms.remove({ target: { ...placement, svmId: deployed[index]!.svmId } }),
    ),
  );
  const count = (method: string) => simulator.requests.count({ method, path: PATH });
  expect([count("POST"), count("DELETE")]).toEqual([1, 1]);
});

it("of ten SVMs, one of which the server refuses, nine are deployed", async () => {
  const placements = await onHosts();
  const results = await Promise.allSettled(
    placements.map((placement, index) =>
      client.svms.deploy(deployment(`svm-${index}`, index === 3 ? { ...placement, storageId: "none" } : placement)),
    ),
  );
  expect(results.map(({ status }) => status === "fulfilled")).toEqual(placements.map((_, index) => index !== 3));
  expect(results[3]).toMatchObject({ reason: { name: "ApiError", message: expect.stringContaining("none") } });
});

it("of ten SVMs, one of which fails on the way, nine are deployed", async () => {
  simulator.world.tasks.failNext({
    parameters: { deployStepName: "UploadSvmImage", svmName: "svm-3" },
    message: "no space left",
  });
  const placements = await onHosts();
  const results = await Promise.allSettled(
    placements.map((placement, index) => client.svms.deploy(deployment(`svm-${index}`, placement))),
  );
  expect(results.map(({ status }) => status === "fulfilled")).toEqual(placements.map((_, index) => index !== 3));
  expect(results[3]).toMatchObject({ reason: { message: expect.stringMatching(/at UploadSvmImage: no space left$/) } });
});

it("an SVM whose deployment's answer was lost is found by its name", async () => {
  const [placement] = await onHosts();
  simulator.faults.add({ method: "POST", path: PATH, fault: { kind: "dropAfter" } });
  await expect(client.svms.deploy(deployment("svm-01", placement!))).rejects.toMatchObject({ name: "AnswerLostError" });
  expect(await client.judge.appearance({ ...placement!, name: "svm-01" })).toMatchObject({ name: "svm-01" });
});
