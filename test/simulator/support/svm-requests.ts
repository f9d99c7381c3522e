/** Valid bodies of the requests about SVMs, typed as the documents show them. */
import type { HypervisorPlatform, OpenstackPlatform, Simulator } from "../../../src/simulator";
import { type ApiClient, base64, hypervisorRequest, openstackRequest } from "./api-client";

export const svmPath = "/management/deployment/svm/";
export const registrationPath = "/management/deployment/svm/images/register/manifest";

export const vcenter = (simulator: Simulator): HypervisorPlatform => simulator.world.hypervisor("vcenter.example.test");
export const cloud = (simulator: Simulator): OpenstackPlatform => simulator.world.openstack("openstack.example.test");

/** Registers an image and gives its id. */
export async function register(
  client: ApiClient,
  types: readonly string[] = ["VMWARE", "OPENSTACK"],
  manifestUrl = "/opt/svm/svm-6.2.xml",
): Promise<string> {
  const hypervisors = types.map((type) => ({ type }));
  return (await client.post(registrationPath, { manifestUrl, hypervisors })).json().id;
}

/** Connects vSphere and gives the infrastructure's id. */
export async function connectVcenter(client: ApiClient): Promise<string> {
  client.simulator.world.trust("vcenter.example.test:443");
  const body = hypervisorRequest("VMWARE", "vcenter.example.test");
  return (await client.connect(body)).infrastructureId;
}

/** Connects OpenStack with all its microservices and gives the infrastructure's id. */
export async function connectCloud(client: ApiClient): Promise<string> {
  const { world } = client.simulator;
  world.trust(...world.endpoints.keys());
  const body = openstackRequest("OPENSTACK", "openstack.example.test", { protocol: "https", region: "RegionOne" });
  return (await client.connect(body)).infrastructureId;
}

export const svmSettings = (name: string) => ({
  name,
  ksc: { address: "ksc.example.test", port: "14000", sslPort: "13000", language: "en" },
  users: {
    root: { allowSshAccess: "true", password: base64("Root-Passw0rd") },
    klconfig: { password: base64("Klconfig-1") },
  },
  dns: { main: "192.0.2.53", alternative: "192.0.2.54" },
});

/** "SVM deployment request": one SVM on esx-01. */
export function hostSvm(simulator: Simulator, infrastructureId: string, name: string) {
  const [host] = vcenter(simulator).hosts;
  return {
    svmSettings: svmSettings(name),
    deploymentInfo: { type: "host", target: { infrastructureId, location: { id: host!.id } } },
    settings: {
      storageId: host!.storages[0]!.id,
      networks: [
        {
          id: host!.networks[0]!.id,
          vlanId: "100",
          isPrimary: true,
          type: "static",
          ipAddress: "192.0.2.10",
          mask: "255.255.255.0",
          gateway: "192.0.2.1",
        },
        { id: host!.networks[1]!.id, isPrimary: false, type: "dynamic" },
      ],
    },
  };
}

/** "SVM deployment request (OpenStack infrastructures)": one SVM in the project "security". */
export function projectSvm(simulator: Simulator, infrastructureId: string, name: string) {
  const [project] = cloud(simulator).projects;
  return {
    svmSettings: svmSettings(name),
    deploymentInfo: { type: "openstackProject", target: { infrastructureId, location: { id: project!.id } } },
    settings: {
      flavorId: project!.flavors[1]!.id,
      volumeTypeId: project!.volumeTypes[0]!.id,
      availabilityZoneName: "nova",
      serverGroupId: project!.serverGroups[0]!.id,
      networks: [
        {
          id: project!.networks[0]!.id,
          ports: [
            {
              isPrimary: true,
              type: "static",
              ipAddresses: ["192.0.2.20", "192.0.2.21"],
              mask: "255.255.255.0",
              gateway: "192.0.2.1",
              vlanId: "100",
              portSecurityEnabled: true,
              securityGroupIds: [project!.securityGroups[1]!.id],
            },
            { isPrimary: false, type: "dynamic" },
          ],
        },
      ],
    },
  };
}

export function deployment(imageId: string, svms: readonly object[], threadsCount = "10") {
  return { threadsCount, image: { id: imageId, skipCheckIntegrity: "true", localization: "en" }, svms };
}

/** Where a deployed SVM is, for its reconfiguration and removal. */
export function existing(simulator: Simulator, infrastructureId: string, name: string) {
  const { vm, platform } = simulator.world.svms.named(name);
  const type = platform.kind === "openstack" ? "openstackProject" : "host";
  return {
    deploymentInfo: { type, target: { infrastructureId, svmId: vm.id, location: { id: vm.parentId } } },
  };
}

/** Sends a request that starts a task, and gives the task when it has ended. */
// biome-ignore lint/suspicious/noExplicitAny: see Answer.json
export async function ended(client: ApiClient, method: string, body: unknown): Promise<any> {
  const answer = await client.call(method, svmPath, body);
  if (answer.status !== 200) {
    throw new Error(`${answer.status} ${answer.text}`);
  }
  const { id } = answer.json();
  await client.simulator.world.tasks.settled(id);
  return (await client.get(`/virtualization/tasks/${id}`)).json();
}
