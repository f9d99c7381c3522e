import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient, base64, hypervisorRequest } from "./support/api-client";
import {
  connectCloud,
  connectVcenter,
  deployment,
  existing,
  hostSvm,
  projectSvm,
  register,
  svmPath,
} from "./support/svm-requests";

let simulator: Simulator;
let client: ApiClient;
let imageId: string;
let vsphereId: string;
let cloudId: string;
beforeAll(async () => {
  simulator = await startSimulator({ timeScale: 0.001 });
  client = await ApiClient.loggedIn(simulator);
  imageId = await register(client);
  vsphereId = await connectVcenter(client);
  cloudId = await connectCloud(client);
});
afterAll(() => simulator.stop());

const good = () => hostSvm(simulator, vsphereId, "svm-good");
const goodProject = () => projectSvm(simulator, cloudId, "svm-good");

async function refusal(method: string, body: unknown): Promise<string> {
  const tasks = () => simulator.world.tasks.all.filter((task) => task.parentId === undefined).length;
  const before = tasks();
  const answer = await client.call(method, svmPath, body);
  expect([answer.status, tasks()]).toEqual([400, before]);
  return answer.json().message;
}

type Path = readonly (string | number)[];

/** The value with one part replaced, or left out if there is nothing in its place. */
function edited(value: unknown, [name, ...rest]: Path, part: unknown): unknown {
  if (name === undefined) {
    return part;
  }
  const isList = Array.isArray(value);
  const entries = new Map(Object.entries(value as object));
  const replaced = edited(entries.get(String(name)), rest, part);
  if (replaced === undefined) {
    entries.delete(String(name));
  } else {
    entries.set(String(name), replaced);
  }
  return isList ? [...entries.values()] : Object.fromEntries(entries);
}

const target = ["deploymentInfo", "target"] as const;
const network = ["settings", "networks", 0] as const;
const port = [...network, "ports", 0] as const;

test.each<[string, Path, unknown, string]>([
  ["threadsCount as a number", ["threadsCount"], 10, "body.threadsCount"],
  ["no threadsCount", ["threadsCount"], undefined, "body.threadsCount is missing"],
  ["skipCheckIntegrity as a boolean", ["image", "skipCheckIntegrity"], true, "body.image.skipCheckIntegrity"],
  ["no localization", ["image", "localization"], undefined, "body.image.localization"],
  ["an unknown image", ["image", "id"], "unknown", "there is no image unknown"],
  ["no SVMs", ["svms"], [], "body.svms must be a list that is not empty"],
  ["a property of no document", ["retry"], true, "retry"],
])("a deployment with %s is refused", async (_case, path, part, named) => {
  expect(await refusal("POST", edited(deployment(imageId, [good()]), path, part))).toContain(named);
});

test.each<[string, Path, unknown, string]>([
  ["no name", ["svmSettings", "name"], undefined, "svmSettings.name is missing"],
  ["an empty name", ["svmSettings", "name"], "", "svmSettings.name"],
  ["null for what is left out", ["svmSettings", "dns"], null, "svmSettings.dns"],
  ["no KSC", ["svmSettings", "ksc"], undefined, "svmSettings.ksc is missing"],
  ["no users", ["svmSettings", "users"], undefined, "svmSettings.users is missing"],
  ["no root", ["svmSettings", "users", "root"], undefined, "users.root is missing"],
  [
    "root without SSH access",
    ["svmSettings", "users", "root", "allowSshAccess"],
    undefined,
    "allowSshAccess is missing",
  ],
  ["no klconfig", ["svmSettings", "users", "klconfig"], undefined, "users.klconfig is missing"],
  ["a port as a number", ["svmSettings", "ksc", "port"], 14000, "ksc.port"],
  ["a port out of range", ["svmSettings", "ksc", "sslPort"], "70000", "ksc.sslPort"],
  ["allowSshAccess as a boolean", ["svmSettings", "users", "root", "allowSshAccess"], true, "root.allowSshAccess"],
  ["a plain password", ["svmSettings", "users", "root", "password"], "Root-Passw0rd", "Base64-encoded"],
  ["a password too long", ["svmSettings", "users", "klconfig", "password"], base64("x".repeat(61)), "60 characters"],
  ["a Cyrillic password", ["svmSettings", "users", "klconfig", "password"], base64("пароль"), "60 characters"],
  ["DNS by name", ["svmSettings", "dns", "main"], "dns.example.test", "dns.main must be an IPv4 address"],
  ["static addressing without DNS", ["svmSettings", "dns"], undefined, "svmSettings.dns is missing"],
  ["isPrimary as a string", [...network, "isPrimary"], "true", "isPrimary must be true or false, without quotes"],
  ["no primary network", [...network, "isPrimary"], false, "exactly one network"],
  ["two primary networks", ["settings", "networks", 1, "isPrimary"], true, "exactly one network"],
  ["vlanId as a number", [...network, "vlanId"], 100, "vlanId"],
  ["a VLAN out of range", [...network, "vlanId"], "4095", "vlanId"],
  ["static without mask", [...network, "mask"], undefined, "needs ipAddress, mask and gateway"],
  ["dynamic with an address", [...network, "type"], "dynamic", "not of dynamic"],
  ["a mask with a hole", [...network, "mask"], "255.0.255.0", "subnet mask"],
  ["a list of addresses", [...network, "ipAddresses"], ["192.0.2.1"], "ipAddresses"],
  ["no settings", ["settings"], undefined, "settings is missing"],
  ["a svmId", [...target, "svmId"], "1", "svmId"],
  ["an unknown infrastructure", [...target, "infrastructureId"], "unknown", "there is no infrastructure unknown"],
  ["an unknown host", [...target, "location", "id"], "unknown", "has no hypervisor unknown"],
  ["an unknown storage", ["settings", "storageId"], "unknown", "has no storage unknown"],
  ["an unknown network", [...network, "id"], "unknown", "has no network unknown"],
])("an SVM with %s is refused, and named by its index", async (_case, path, part, named) => {
  const message = await refusal("POST", deployment(imageId, [good(), edited(good(), path, part) as object]));
  expect(message).toContain(named);
  expect(message).toContain("body.svms[1]");
});

test.each<[string, Path, unknown, string]>([
  ["an unknown flavor", ["settings", "flavorId"], "unknown", "has no flavor unknown"],
  ["an unknown volume type", ["settings", "volumeTypeId"], "unknown", "has no volume type unknown"],
  ["an unknown availability zone", ["settings", "availabilityZoneName"], "unknown", "has no availability zone unknown"],
  ["an unknown server group", ["settings", "serverGroupId"], "unknown", "has no server group unknown"],
  ["an unknown network", [...network, "id"], "unknown", "has no network unknown"],
  ["an unknown security group", [...port, "securityGroupIds"], ["unknown"], "has no security group unknown"],
  ["an unknown project", [...target, "location", "id"], "unknown", "has no project unknown"],
  ["groups without port security", [...port, "portSecurityEnabled"], undefined, '"portSecurityEnabled": true'],
  ["groups with port security off", [...port, "portSecurityEnabled"], false, '"portSecurityEnabled": true'],
  ["port security as a string", [...port, "portSecurityEnabled"], "true", "portSecurityEnabled"],
  ["two primary ports", [...network, "ports", 1, "isPrimary"], true, "exactly one network"],
  ["static without addresses", [...port, "ipAddresses"], undefined, "needs ipAddresses, mask and gateway"],
  ["one address that is no list", [...port, "ipAddresses"], "192.0.2.20", "ipAddresses"],
  ["a storage", ["settings", "storageId"], "ds1", "storageId"],
])("an SVM for OpenStack with %s is refused, and named by its index", async (_case, path, part, named) => {
  const svm = edited(goodProject(), path, part) as object;
  const message = await refusal("POST", deployment(imageId, [goodProject(), svm]));
  expect(message).toContain(named);
  expect(message).toContain("body.svms[1]");
});

test("hosts and projects in one request are refused", async () => {
  const message = await refusal("POST", deployment(imageId, [good(), goodProject()]));
  expect(message).toContain("body.svms[1].deploymentInfo.type must be host");
});

test("a project's SVM on a hypervisor's infrastructure is refused", async () => {
  const svm = edited(goodProject(), [...target, "infrastructureId"], vsphereId) as object;
  expect(await refusal("POST", deployment(imageId, [svm]))).toContain("must be host for VMWARE");
});

test("an image that is not registered for the kind of infrastructure is refused", async () => {
  const message = await refusal("POST", deployment(await register(client, ["XEN"]), [good()]));
  expect(message).toContain("is registered for XEN, not for VMWARE");
});

test("an infrastructure that is not connected is refused", async () => {
  const admin = { name: "admin", password: base64("wrong") };
  const { infrastructureId } = await client.connect(hypervisorRequest("XEN", "xen-primary.example.test", { admin }));
  const svm = edited(good(), [...target, "infrastructureId"], infrastructureId) as object;
  const message = await refusal("POST", deployment(await register(client, ["XEN"]), [svm]));
  expect(message).toContain("is not connected (DISCONNECTED, UNAUTHORIZED)");
});

test("settings inside of deploymentInfo are the same as beside it, but not both at once", async () => {
  const { settings, deploymentInfo, svmSettings } = good();
  const inside = { svmSettings, deploymentInfo: { ...deploymentInfo, settings } };
  expect((await client.post(svmPath, deployment(imageId, [inside]))).status).toBe(200);
  const message = await refusal("POST", deployment(imageId, [{ ...inside, settings }]));
  expect(message).toContain("both beside and inside");
});

test("KSC's language, root's password, DNS with DHCP and OpenStack's optional settings may be left out", async () => {
  const svmSettings = {
    name: "svm-1",
    ksc: { address: "ksc.example.test", port: "14000", sslPort: "13000" },
    users: { root: { allowSshAccess: "false" }, klconfig: { password: base64("Klconfig-1") } },
  };
  const host = edited(
    edited(good(), ["svmSettings"], svmSettings),
    ["settings", "networks"],
    [{ id: good().settings.networks[0]!.id, isPrimary: true, type: "dynamic" }],
  ) as object;
  expect((await client.post(svmPath, deployment(imageId, [host]))).status).toBe(200);
  const { flavorId, networks } = goodProject().settings;
  const settings = { flavorId, networks: [{ id: networks[0]!.id, ports: [{ isPrimary: true, type: "dynamic" }] }] };
  const project = { ...goodProject(), svmSettings, settings };
  expect((await client.post(svmPath, deployment(imageId, [project]))).status).toBe(200);
});

const reconfiguration = () => ({
  threadsCount: "10",
  svms: [{ ...existing(simulator, vsphereId, "svm-old"), svmSettings: { password: base64("Klconfig-1") } }],
});

test.each<[string, Path, unknown, string]>([
  ["no current password", ["svms", 0, "svmSettings"], {}, "svmSettings.password is missing"],
  ["a name", ["svms", 0, "svmSettings", "name"], "svm-2", "name"],
  ["an image", ["image"], { id: "1" }, "image"],
  ["no svmId", ["svms", 0, ...target, "svmId"], undefined, "svmId is missing"],
  ["a storage", ["svms", 0, "settings"], { storageId: "1" }, "storageId"],
  ["an unknown host", ["svms", 0, ...target, "location", "id"], "unknown", "has no hypervisor unknown"],
  [
    "an unknown network",
    ["svms", 0, "settings"],
    { networks: [{ id: "x", isPrimary: true, type: "dynamic" }] },
    "no network x",
  ],
])("a reconfiguration with %s is refused", async (_case, path, part, named) => {
  expect(await refusal("PUT", edited(reconfiguration(), path, part))).toContain(named);
});

test("a reconfiguration to static addressing is refused without DNS", async () => {
  const networks = hostSvm(simulator, vsphereId, "any").settings.networks.slice(0, 1);
  const message = await refusal("PUT", edited(reconfiguration(), ["svms", 0, "settings"], { networks }));
  expect(message).toContain("svmSettings.dns is missing");
});

const removal = () => ({ svms: [existing(simulator, vsphereId, "svm-old")] });

test.each<[string, Path, unknown, string]>([
  ["threadsCount", ["threadsCount"], "10", "threadsCount"],
  ["SVM settings", ["svms", 0, "svmSettings"], { name: "svm-1" }, "svmSettings"],
  ["no svmId", ["svms", 0, ...target, "svmId"], undefined, "svmId is missing"],
  ["an unknown infrastructure", ["svms", 0, ...target, "infrastructureId"], "unknown", "no infrastructure unknown"],
])("a removal with %s is refused", async (_case, path, part, named) => {
  expect(await refusal("DELETE", edited(removal(), path, part))).toContain(named);
});

test("the path without its trailing slash is unknown", async () => {
  expect((await client.post(svmPath.slice(0, -1), deployment(imageId, [good()]))).status).toBe(404);
});

test("a refused password is not repeated", async () => {
  const password = base64("п".repeat(20));
  const svm = edited(good(), ["svmSettings", "users", "root", "password"], password) as object;
  expect(await refusal("POST", deployment(imageId, [svm]))).not.toContain(password);
});
