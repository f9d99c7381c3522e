import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient, accounts, hypervisorRequest } from "./support/api-client";
import { addedHypervisor, differences, hypervisor } from "./support/documented-shapes";

/** The platforms that are no OpenStack, with everything that has to be trusted first. */
const platforms: readonly [type: string, host: string, trust: readonly string[]][] = [
  ["HYPERV", "hyperv.example.test", []],
  ["XEN", "xen-primary.example.test", ["xen-primary.example.test:443"]],
  ["NUMAVSERVER", "numa-primary.example.test", ["numa-primary.example.test:443"]],
  ["LIBVIRT", "kvm.example.test", ["kvm.example.test:22"]],
  ["PROXMOX", "proxmox.example.test", ["proxmox.example.test:8006", "proxmox.example.test:22"]],
  ["VMWARE", "vcenter.example.test", ["vcenter.example.test:443"]],
  ["ROSPLATFORMA", "skala-r.example.test", ["skala-r.example.test:443"]],
  ["BASISVCONTROL", "basis.example.test", ["basis.example.test:443"]],
  ["FUSIONCOMPUTE", "fusionsphere.example.test", ["fusionsphere.example.test:7443"]],
  ["NUTANIXPRISM", "nutanix.example.test", ["nutanix.example.test:9440"]],
  ["ALTVIRTUALIZATIONSERVER", "alt.example.test", ["alt.example.test:22"]],
  ["ASTRALINUX", "astra.example.test", ["astra.example.test:22"]],
];
const vcenter = "vcenter.example.test:443";
const vcenterRequest = hypervisorRequest("VMWARE", "vcenter.example.test");
const connected = { status: "CONNECTED", connectionError: "NO_ERROR", errorMessage: "" };

/** Real seconds per simulated second. */
const simulated = 0.001;

let simulator: Simulator;
let client: ApiClient;
async function start(timeScale = simulated): Promise<void> {
  simulator = await startSimulator({ timeScale });
  client = await ApiClient.loggedIn(simulator);
}
afterEach(() => simulator.stop());

test.each(platforms)("%s connects with both accounts once its certificates are trusted", async (type, host, trust) => {
  await start();
  simulator.world.trust(...trust);
  const infrastructure = await client.connect(hypervisorRequest(type, host));
  expect(infrastructure.connectionInfo).toEqual({
    admin: connected,
    readOnly: { ...connected, updatePeriodSeconds: 10 * simulated },
  });
  expect(differences(infrastructure, hypervisor)).toEqual([]);
});

test.each(platforms.flatMap(([type, host, trust]) => trust.map((left) => [type, left, host, trust] as const)))(
  "%s is INVALID_CERTIFICATE while %s is not trusted",
  async (type, left, host, trust) => {
    await start();
    simulator.world.trust(...trust.filter((address) => address !== left));
    const { connectionInfo } = await client.connect(hypervisorRequest(type, host));
    expect([connectionInfo.admin.status, connectionInfo.admin.connectionError]).toEqual([
      "DISCONNECTED",
      "INVALID_CERTIFICATE",
    ]);
  },
);

test("the connection request is answered with the documented shape while connecting", async () => {
  await start(1);
  const answer = await client.post("/infrastructures", vcenterRequest);
  expect(answer.status).toBe(200);
  expect(differences(answer.json(), addedHypervisor)).toEqual([]);
  expect(answer.json().connectionInfo.admin.status).toBe("CONNECTING");
});

test("a connection takes about three seconds, during which every account is CONNECTING", async () => {
  await start(1);
  const { infrastructureId } = (await client.post("/infrastructures", vcenterRequest)).json();
  const { connectionInfo } = (await client.get(`/infrastructures/${infrastructureId}`)).json();
  expect([connectionInfo.admin.status, connectionInfo.readOnly.status]).toEqual(["CONNECTING", "CONNECTING"]);
  const [posted] = simulator.requests.filter({ method: "POST" });
  const until = simulator.world.infrastructures.get(infrastructureId)!.connectingUntil;
  expect(until.getTime() - posted!.time.getTime()).toBeGreaterThanOrEqual(2500);
});

test("a read-only account that was not given is in no answer", async () => {
  await start();
  simulator.world.trust(vcenter);
  const infrastructure = await client.connect(
    hypervisorRequest("VMWARE", "vcenter.example.test", { admin: accounts.admin }),
  );
  expect(Object.keys(infrastructure.accounts)).toEqual(["admin"]);
  expect(Object.keys(infrastructure.connectionInfo)).toEqual(["admin"]);
});

test("no answer holds a password", async () => {
  await start();
  const infrastructure = await client.connect(vcenterRequest);
  expect(JSON.stringify(infrastructure)).not.toMatch(/password/i);
});

test.each([
  ["UNAUTHORIZED", "a wrong password", { name: "admin", password: "d3Jvbmc=" }],
  ["UNAUTHORIZED", "an unknown account", { name: "nobody", password: "d3Jvbmc=" }],
  ["ACCESS_DENIED", "an account that may only look", accounts.viewer],
  ["ACCESS_DENIED", "an account without rights", accounts.guest],
])("the administrator is %s with %s, and the read-only account connects", async (error, _case, admin) => {
  await start();
  simulator.world.trust(vcenter);
  const { connectionInfo } = await client.connect(
    hypervisorRequest("VMWARE", "vcenter.example.test", { admin, readOnly: accounts.viewer }),
  );
  expect([connectionInfo.admin.status, connectionInfo.admin.connectionError]).toEqual(["DISCONNECTED", error]);
  expect(connectionInfo.readOnly.status).toBe("CONNECTED");
});

test.each([
  ["UNAUTHORIZED", { name: "viewer", password: "d3Jvbmc=" }],
  ["ACCESS_DENIED", accounts.guest],
])("the read-only account can be %s by itself", async (error, readOnly) => {
  await start();
  simulator.world.trust(vcenter);
  const { connectionInfo } = await client.connect(
    hypervisorRequest("VMWARE", "vcenter.example.test", { admin: accounts.admin, readOnly }),
  );
  expect(connectionInfo.admin.status).toBe("CONNECTED");
  expect([connectionInfo.readOnly.status, connectionInfo.readOnly.connectionError]).toEqual(["DISCONNECTED", error]);
});

test.each([
  ["an address where nothing is", "nowhere.example.test"],
  ["a port where nothing listens", "vcenter.example.test:8443"],
])("%s is NETWORK_ERROR", async (_case, address) => {
  await start();
  const { connectionInfo } = await client.connect(hypervisorRequest("VMWARE", address));
  expect(connectionInfo.admin.connectionError).toBe("NETWORK_ERROR");
});

test("another platform than the one asked for is SERVER_ERROR", async () => {
  await start();
  simulator.world.trust(vcenter);
  const { connectionInfo } = await client.connect(hypervisorRequest("NUTANIXPRISM", vcenter));
  expect(connectionInfo.admin.connectionError).toBe("SERVER_ERROR");
});

test.each(["SERVER_ERROR", "NETWORK_ERROR"] as const)(
  "an outage of the platform is %s until it is over",
  async (outage) => {
    await start();
    simulator.world.trust(vcenter);
    const { infrastructureId } = await client.connect(vcenterRequest);
    simulator.world.endpoint(vcenter).outage = outage;
    expect((await client.settle(infrastructureId)).connectionInfo.admin).toMatchObject({
      status: "DISCONNECTED",
      connectionError: outage,
    });
    delete simulator.world.endpoint(vcenter).outage;
    expect((await client.settle(infrastructureId)).connectionInfo.admin.status).toBe("CONNECTED");
  },
);

test("a rotated certificate breaks a connection until it is trusted", async () => {
  await start();
  simulator.world.trust(vcenter);
  const { infrastructureId } = await client.connect(vcenterRequest);
  simulator.world.rotateCertificate(vcenter);
  expect((await client.settle(infrastructureId)).connectionInfo.admin.connectionError).toBe("INVALID_CERTIFICATE");
  simulator.world.trust(vcenter);
  expect((await client.settle(infrastructureId)).connectionInfo.admin.connectionError).toBe("NO_ERROR");
});

test.each([
  ["XEN", "xen"],
  ["NUMAVSERVER", "numa"],
])("a secondary %s server names its primary for both accounts", async (type, prefix) => {
  await start();
  simulator.world.trust(`${prefix}-secondary.example.test:443`);
  const infrastructure = await client.connect(hypervisorRequest(type, `${prefix}-secondary.example.test`));
  const expected = {
    status: "DISCONNECTED",
    connectionError: "NETWORK_ERROR",
    errorMessage: "",
    details: { primaryServerAddress: `${prefix}-primary.example.test` },
  };
  expect(infrastructure.connectionInfo).toEqual({
    admin: expected,
    readOnly: { ...expected, updatePeriodSeconds: 10 * simulated },
  });
  expect(differences(infrastructure, hypervisor)).toEqual([]);
});

test("the same platform at the same address is refused with 409 that names the first one", async () => {
  await start();
  const { infrastructureId } = (await client.post("/infrastructures", vcenterRequest)).json();
  const again = await client.post("/infrastructures", hypervisorRequest("VMWARE", "VCENTER.example.test:443"));
  expect(again.status).toBe(409);
  expect(again.json().message).toContain(infrastructureId);
});

test("a refresh connects anew", async () => {
  await start(1);
  const { infrastructureId } = (await client.post("/infrastructures", vcenterRequest)).json();
  const infrastructure = simulator.world.infrastructures.get(infrastructureId)!;
  infrastructure.connectingUntil = new Date(0);
  const answer = await client.post(`/infrastructures/${infrastructureId}/refresh`);
  expect([answer.status, answer.text]).toEqual([200, ""]);
  expect((await client.get(`/infrastructures/${infrastructureId}`)).json().connectionInfo.admin.status).toBe(
    "CONNECTING",
  );
});

test("a deleted infrastructure is gone, and its address can be connected again", async () => {
  await start();
  const { infrastructureId } = (await client.post("/infrastructures", vcenterRequest)).json();
  const answer = await client.delete(`/infrastructures/${infrastructureId}`);
  expect([answer.status, answer.text]).toEqual([200, ""]);
  expect((await client.get(`/infrastructures/${infrastructureId}`)).status).toBe(404);
  expect((await client.post("/infrastructures", vcenterRequest)).json().infrastructureId).not.toBe(infrastructureId);
});

test.each([
  ["GET", ""],
  ["DELETE", ""],
  ["POST", "/refresh"],
  ["GET", "/objects"],
  ["GET", "/objects/1"],
])("%s of an unknown infrastructure%s gives 404", async (method, suffix) => {
  await start();
  expect((await client.call(method, `/infrastructures/unknown${suffix}`)).status).toBe(404);
});

const { admin } = accounts;
test.each([
  ["an unknown type", { ...vcenterRequest, type: "QEMU" }, "body.type"],
  ["the type as the image registration spells it", { ...vcenterRequest, type: "NUMAVERSER" }, "body.type"],
  ["no address", { type: "VMWARE", accounts: { admin } }, "body.address is missing"],
  ["a URL as address", { ...vcenterRequest, address: "https://vcenter.example.test" }, "body.address"],
  ["no administrator", { ...vcenterRequest, accounts: { readOnly: admin } }, "body.accounts.admin is missing"],
  [
    "null for the read-only account",
    { ...vcenterRequest, accounts: { admin, readOnly: null } },
    "body.accounts.readOnly",
  ],
  ["readonly in lower case", { ...vcenterRequest, accounts: { admin, readonly: admin } }, "readonly"],
  ["a domain", { ...vcenterRequest, accounts: { admin: { ...admin, domain: "Default" } } }, "domain"],
  ["OpenStack settings", { ...vcenterRequest, specificSettings: { protocol: "https" } }, "specificSettings"],
  [
    "a plain password",
    { ...vcenterRequest, accounts: { admin: { name: "admin", password: "Admin-Passw0rd" } } },
    "Base64",
  ],
  [
    "a password without padding",
    { ...vcenterRequest, accounts: { admin: { name: "admin", password: "d3Jvbmc" } } },
    "Base64",
  ],
  ["a number as name", { ...vcenterRequest, accounts: { admin: { ...admin, name: 1 } } }, "body.accounts.admin.name"],
  ["a list as body", [vcenterRequest], "body.type"],
])("%s gives 400 that names it", async (_case, body, named) => {
  await start();
  const answer = await client.post("/infrastructures", body);
  expect(answer.status).toBe(400);
  expect(answer.json().message).toContain(named);
});

test("a refused password is not repeated", async () => {
  await start();
  const password = "Admin-Passw0rd!";
  const answer = await client.post("/infrastructures", {
    ...vcenterRequest,
    accounts: { admin: { name: "a", password } },
  });
  expect(answer.text).not.toContain(password);
});
