import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator";
import { ApiClient, accounts, hypervisorRequest, openstackRequest } from "./support/api-client";
import { differences, openstackBeside, openstackInside, testedOpenstack } from "./support/documented-shapes";

const clouds: readonly [type: string, host: string, protocol: string][] = [
  ["OPENSTACK", "openstack.example.test", "https"],
  ["TIONIXOPENSTACK", "tionix.example.test", "http"],
  ["VKCLOUDOPENSTACK", "vkcloud.example.test", "https"],
];
const keystone = "openstack.example.test:5000";
const openstack = openstackRequest("OPENSTACK", "openstack.example.test");
const inRegion = (region: string) =>
  openstackRequest("OPENSTACK", "openstack.example.test", { protocol: "https", region });

let simulator: Simulator;
let client: ApiClient;
async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ timeScale: 0.001, ...options });
  client = await ApiClient.loggedIn(simulator);
}
afterEach(() => simulator.stop());

/** Every microservice's status and error, as one account sees it. */
function verdicts(connection: { details: { regions: readonly object[] } }): string[] {
  const found = JSON.stringify(connection.details).matchAll(/"status":"(\w+)","error":"(\w+)"/g);
  return [...found].map(([, status, error]) => `${status} ${error}`);
}

function trustEverything(host: string): void {
  const { world } = simulator;
  const services = world.openstack(host).regions.flatMap((region) => Object.values(region.services).flat());
  world.trust(`${host}:5000`, ...services.map((service) => service.address));
}

test.each(clouds)("%s connects with every microservice once everything is trusted", async (type, host, protocol) => {
  await start();
  trustEverything(host);
  const infrastructure = await client.connect(openstackRequest(type, host, { protocol }));
  expect(differences(infrastructure, openstackBeside)).toEqual([]);
  const { admin, readonly } = infrastructure.connectionInfo;
  expect([admin.status, readonly.status]).toEqual(["CONNECTED", "CONNECTED"]);
  expect(new Set([...verdicts(admin), ...verdicts(readonly)])).toEqual(new Set(["CONNECTED NO_ERROR"]));
});

test("Keystone over plain http needs no trust", async () => {
  await start();
  const tionix = openstackRequest("TIONIXOPENSTACK", "tionix.example.test", { protocol: "http" });
  expect((await client.connect(tionix)).connectionInfo.admin.status).toBe("CONNECTED");
});

test("the connection request is answered with the documented shape while connecting", async () => {
  await start({ timeScale: 1 });
  const answer = await client.post("/infrastructures", openstack);
  expect(differences(answer.json(), openstackBeside)).toEqual([]);
  expect(new Set(verdicts(answer.json().connectionInfo.admin))).toEqual(new Set(["CONNECTING NO_ERROR"]));
});

test("testConnection answers in the documented shape and adds nothing", async () => {
  await start();
  trustEverything("openstack.example.test");
  const answer = await client.post("/infrastructures/testConnection", openstack);
  expect(answer.status).toBe(200);
  expect(differences(answer.json(), testedOpenstack)).toEqual([]);
  expect(simulator.world.infrastructures.size).toBe(0);
});

test("the other reading puts every microservice inside endpoints and a text into the read-only details", async () => {
  await start({ habits: { microservices: "inside", readOnlyDetails: "text" } });
  trustEverything("openstack.example.test");
  expect(differences(await client.connect(openstack), openstackInside)).toEqual([]);
});

test("microservices over https are INVALID_CERTIFICATE while only Keystone is trusted", async () => {
  await start();
  simulator.world.trust(keystone);
  const { admin } = (await client.post("/infrastructures/testConnection", inRegion("RegionOne"))).json().connectionInfo;
  expect([admin.status, admin.connectionError]).toEqual(["CONNECTED", "NO_ERROR"]);
  expect(verdicts(admin)).toEqual(Array(4).fill("DISCONNECTED INVALID_CERTIFICATE"));
});

test("an untrusted Keystone is INVALID_CERTIFICATE and shows no region", async () => {
  await start();
  const { admin } = (await client.post("/infrastructures/testConnection", openstack)).json().connectionInfo;
  expect(admin).toMatchObject({ connectionError: "INVALID_CERTIFICATE", details: { regions: [] } });
});

test.each(["SERVER_ERROR", "NETWORK_ERROR"] as const)("one microservice can be %s by itself", async (outage) => {
  await start();
  trustEverything("openstack.example.test");
  const [glance] = simulator.world.openstack("openstack.example.test").regions[0]!.services.glance;
  simulator.world.endpoint(glance!.address).outage = outage;
  const { admin } = (await client.connect(inRegion("RegionOne"))).connectionInfo;
  expect(verdicts(admin).sort()).toEqual([...Array(3).fill("CONNECTED NO_ERROR"), `DISCONNECTED ${outage}`]);
});

test("all regions are listed without a region, one with it", async () => {
  await start();
  trustEverything("openstack.example.test");
  const regionsOf = async (request: object) =>
    (await client.post("/infrastructures/testConnection", request))
      .json()
      .connectionInfo.admin.details.regions.map((region: { id: string }) => region.id);
  expect(await regionsOf(openstack)).toEqual(["RegionOne", "RegionTwo"]);
  expect(await regionsOf(inRegion("RegionTwo"))).toEqual(["RegionTwo"]);
});

test.each([
  ["SERVER_ERROR", "a region that Keystone does not know", inRegion("RegionNine")],
  ["NETWORK_ERROR", "http where Keystone speaks https", { ...openstack, specificSettings: { protocol: "http" } }],
  ["NETWORK_ERROR", "an address where nothing is", { ...openstack, address: "nowhere.example.test" }],
  [
    "UNAUTHORIZED",
    "an account of another domain",
    { ...openstack, accounts: { admin: { ...accounts.admin, domain: "Production" } } },
  ],
  [
    "ACCESS_DENIED",
    "an account that may only look",
    { ...openstack, accounts: { admin: { ...accounts.viewer, domain: "Default" } } },
  ],
])("%s for %s", async (error, _case, request) => {
  await start();
  trustEverything("openstack.example.test");
  const { admin } = (await client.connect(request)).connectionInfo;
  expect([admin.status, admin.connectionError]).toEqual(["DISCONNECTED", error]);
});

const { specificSettings: _settings, ...withoutSettings } = openstack;
test.each([
  ["no specificSettings", withoutSettings, "body.specificSettings is missing"],
  ["another protocol", { ...openstack, specificSettings: { protocol: "HTTPS" } }, "body.specificSettings.protocol"],
  ["an empty region", { ...openstack, specificSettings: { protocol: "https", region: "" } }, "region"],
  ["an account without domain", { ...openstack, accounts: { admin: accounts.admin } }, "domain is missing"],
])("%s gives 400 that names it", async (_case, body, named) => {
  await start();
  for (const path of ["/infrastructures", "/infrastructures/testConnection"]) {
    const answer = await client.post(path, body);
    expect(answer.status).toBe(400);
    expect(answer.json().message).toContain(named);
  }
});

test("testConnection is refused for a platform that is no OpenStack", async () => {
  await start();
  const answer = await client.post(
    "/infrastructures/testConnection",
    hypervisorRequest("VMWARE", "vcenter.example.test"),
  );
  expect(answer.status).toBe(400);
});
