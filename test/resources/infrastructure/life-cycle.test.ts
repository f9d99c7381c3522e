import { infrastructure } from "../../../src/resources/infrastructure";
import type { Client } from "../../../src/resources/shared/client";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf, restlessClientOf, TIME_SCALE } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";
import { until } from "../../support/until";

const VCENTER = "vcenter.example.test";
const KEYSTONE = "openstack.example.test";
const POSTED = { method: "POST", path: "/api/3.0/infrastructures" };
const TESTED = { method: "POST", path: "*/testConnection" };
const ADMIN = { name: "admin", passwordWo: "Admin-Passw0rd" };
const VIEWER = { name: "viewer", passwordWo: "Viewer-Passw0rd" };
const VMWARE = { type: "VMWARE", address: VCENTER, admin: ADMIN };
const OPENSTACK = {
  type: "OPENSTACK",
  address: KEYSTONE,
  openstack: { protocol: "https", region: "RegionTwo" },
  admin: { ...ADMIN, domain: "Default" },
};

let simulator: Simulator;
let driver: ResourceDriver<(typeof infrastructure)["schema"]["attributes"], Client>;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  simulator.world.trust(`${VCENTER}:443`, `${KEYSTONE}:5000`);
  driver = new ResourceDriver(infrastructure, clientFor(clientOf(simulator)));
});
afterEach(() => simulator.stop());

const connections = () => [...simulator.world.infrastructures.values()];

describe("create", () => {
  test("waits until the connection is made", async () => {
    const state = await driver.create(VMWARE);

    expect(state).toEqual({
      type: "VMWARE",
      address: VCENTER,
      admin: { name: "admin", domain: null, passwordWoVersion: null },
      readOnly: null,
      openstack: null,
      timeouts: null,
      id: connections()[0]!.id,
      name: "vcenter",
      displayName: "vcenter",
      version: "8.0.2",
      edition: null,
      status: "CONNECTED",
      connectionError: "NO_ERROR",
      readOnlyStatus: null,
      readOnlyConnectionError: null,
      microservices: [],
    });
  });

  test("sends the passwords and nothing of a read-only account that is not configured", async () => {
    await driver.create(VMWARE);

    expect(simulator.requests.filter(POSTED)[0]?.body).toMatchObject({
      accounts: { admin: { name: "admin", password: Buffer.from("Admin-Passw0rd").toString("base64") } },
    });
    expect(simulator.requests.filter(POSTED)[0]?.body).not.toHaveProperty("accounts.readOnly");
  });

  test("connects as it was planned, where that is not what is configured", async () => {
    const other = { type: "XEN", address: "xen.example.test", admin: { name: "root", passwordWo: "Admin-Passw0rd" } };

    await driver.create({ ...other, readOnly: VIEWER }, VMWARE);

    expect(connections()).toMatchObject([{ type: "VMWARE", address: VCENTER, accounts: { admin: { name: "admin" } } }]);
    expect(connections()[0]?.accounts.readOnly).toBeUndefined();
  });

  test("needs the password of an account that was planned, but is configured no more", async () => {
    await expect(driver.create(VMWARE, { ...VMWARE, readOnly: VIEWER })).rejects.toMatchObject({
      summary: "The password of the account viewer is missing",
      path: ["readOnly", "passwordWo"],
    });
    expect(connections()).toEqual([]);
  });

  test("waits for the read-only account, too", async () => {
    const state = await driver.create({ ...VMWARE, readOnly: VIEWER });

    expect(state).toMatchObject({
      readOnly: { name: "viewer", domain: null, passwordWoVersion: null },
      readOnlyStatus: "CONNECTED",
      readOnlyConnectionError: "NO_ERROR",
    });
  });

  test("saves the id before the connection is made", async () => {
    await simulator.stop();
    // At its own pace, so that it is still connecting when it is looked at.
    simulator = await startSimulator({ timeScale: 1 });
    simulator.world.trust(`${VCENTER}:443`);
    const interrupted = new AbortController();
    const impatient = new ResourceDriver(infrastructure, clientFor(clientOf(simulator)), interrupted.signal);
    impatient.onSave = () => interrupted.abort(new Error("interrupted"));

    await expect(impatient.create(VMWARE)).rejects.toThrow("interrupted");
    expect(impatient.saved).toMatchObject({ id: connections()[0]!.id, address: VCENTER, status: "CONNECTING" });
  });

  test("keeps a connection that failed, so that it is replaced and not duplicated", async () => {
    simulator.world.trustRules.length = 0;

    await expect(driver.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("tainted") });

    expect(driver.saved).toMatchObject({
      id: connections()[0]!.id,
      status: "DISCONNECTED",
      connectionError: "INVALID_CERTIFICATE",
    });
  });

  test.each(["dropAfter", "truncated"] as const)(
    "never posts twice after %s, and says what to look for",
    async (kind) => {
      simulator.faults.add({ ...POSTED, fault: { kind } });

      await expect(driver.create(VMWARE)).rejects.toMatchObject({
        summary: `Unable to connect to VMware vSphere at ${VCENTER}`,
        detail: expect.stringMatching(/may have been added.*terraform import/s),
      });
      expect(simulator.requests.count(POSTED)).toBe(1);
      expect(driver.saved).toBeUndefined();
    },
  );

  describe.each([
    ["of another kind", { type: "NUTANIXPRISM", address: "nutanix.example.test" }],
    ["of the same kind", { type: "VMWARE", address: "vcenter-2.example.test" }],
  ] as const)("with an answer that names a connection %s", (_, { type, address }) => {
    const other = {
      id: "another-id",
      type,
      address,
      accounts: { admin: { name: "admin", password: "Admin-Passw0rd" } },
    };
    beforeEach(() => {
      simulator.world.infrastructures.set(other.id, { ...other, connectingUntil: new Date(0) });
      simulator.faults.add({ ...POSTED, fault: { kind: "anotherObject" } });
    });

    test("takes nothing over", async () => {
      await expect(driver.create(VMWARE)).rejects.toMatchObject({
        detail: expect.stringMatching(/another-id.*journal forget/s),
      });

      expect(driver.saved).toBeUndefined();
      expect(simulator.requests.count(POSTED)).toBe(1);
      expect(connections().map(({ id }) => id)).toContain(other.id);
    });
  });

  test.each(["anotherObject", "wrongId", "html", "empty", "truncated", "dropDuring"] as const)(
    "outlasts looks that go wrong (%s)",
    async (kind) => {
      simulator.world.infrastructures.set("other", {
        ...{
          id: "other",
          type: "XEN",
          address: "xen.example.test",
          accounts: { admin: { name: "root", password: "x" } },
        },
        connectingUntil: new Date(0),
      });
      simulator.faults.add({ method: "GET", path: "*/infrastructures/*", times: 3, fault: { kind } });

      const state = await driver.create(VMWARE);

      expect(state).toMatchObject({ status: "CONNECTED", name: "vcenter" });
      expect(simulator.world.infrastructures.get(state.id!)).toMatchObject({ address: VCENTER });
    },
  );

  test("of a connection that shows another address once it has been seen keeps the planned one: that is drift", async () => {
    const rewrite = (body: string) => body.replace(`"address":"${VCENTER}"`, '"address":"vcenter-2.example.test"');
    const looks = { method: "GET", path: "*/infrastructures/*" };
    simulator.faults.add({ ...looks, skip: 1, times: Number.POSITIVE_INFINITY, fault: { kind: "rewrite", rewrite } });

    const state = await driver.create(VMWARE);

    expect(state).toMatchObject({ address: VCENTER, status: "CONNECTED" });
    expect(await driver.read(state)).toMatchObject({ address: "vcenter-2.example.test" });
  });

  test.each([
    ["an IP address for the name", /"address":"[^"]*"/g, '"address":"192.0.2.7"'],
    ["a short name for the full one", /"address":"[^"]*"/g, '"address":"vcenter:443"'],
    ["an account with its domain", /"name":"admin"/g, '"name":"LAB\\\\ADMIN"'],
    ["no read-only account", /,"readOnly":\{[^}]*\}/g, ""],
  ])("keeps what is configured where the server shows %s, and sees no drift in it", async (_, shown, instead) => {
    const fault = { kind: "rewrite", rewrite: (body: string) => body.replaceAll(shown, instead) } as const;
    simulator.faults.add({ path: "*/infrastructures*", times: Number.POSITIVE_INFINITY, fault });
    const configuration = { ...VMWARE, readOnly: VIEWER };

    const state = await driver.create(configuration);

    expect(state).toMatchObject({ address: VCENTER, admin: { name: "admin" }, readOnly: { name: VIEWER.name } });
    expect(await driver.read(state)).toEqual(state);
    expect(await driver.plan(configuration, state)).toMatchObject({ action: "no-op" });
  });

  test("keeps the id when no look at it succeeds", async () => {
    simulator.faults.add({ method: "GET", path: "*/infrastructures/*", fault: { kind: "status", status: 403 } });

    await expect(driver.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("403") });
    expect(driver.saved).toMatchObject({ id: connections()[0]!.id, status: "CONNECTING" });
  });

  test("of a connection that stays down without an error says so after a minute", async () => {
    simulator.faults.add({
      method: "GET",
      path: "*/infrastructures/*",
      times: Number.POSITIVE_INFINITY,
      fault: { kind: "rewrite", rewrite: (body) => body.replaceAll(/"CONNECT(ING|ED)"/g, '"DISCONNECTED"') },
    });

    await expect(driver.create(VMWARE)).rejects.toMatchObject({
      summary: `Unable to connect to VMware vSphere at ${VCENTER}`,
      detail: expect.stringMatching(/DISCONNECTED and no error for the admin account "admin".*tainted/s),
    });
  });

  test("of what is connected already says how to import it", async () => {
    await driver.create(VMWARE);

    await expect(driver.create(VMWARE)).rejects.toMatchObject({ detail: expect.stringContaining("terraform import") });
  });
});

describe("create of an OpenStack infrastructure", () => {
  test("tests the connection, then waits for every microservice", async () => {
    const state = await driver.create(OPENSTACK);

    expect(simulator.requests.count(TESTED)).toBe(1);
    expect(state).toMatchObject({
      admin: { name: "admin", domain: "Default" },
      openstack: { protocol: "https", region: "RegionTwo" },
      edition: "Zed",
      status: "CONNECTED",
    });
    expect(state.microservices?.map(({ service, region, status }) => [service, region, status])).toEqual(
      ["compute", "glance", "neutron", "cinder"].map((service) => [service, "RegionTwo", "CONNECTED"]),
    );
  });

  test("adds nothing when the test fails", async () => {
    simulator.world.trustRules.length = 0;

    await expect(driver.create(OPENSTACK)).rejects.toMatchObject({
      detail: expect.stringMatching(/INVALID_CERTIFICATE.*address {2}= "openstack\.example\.test:5000"/s),
    });
    expect(simulator.requests.count(POSTED)).toBe(0);
    expect(driver.saved).toBeUndefined();
  });

  test("names every microservice whose certificate is not trusted", async () => {
    const services = simulator.world.openstack(KEYSTONE).regions[0]!.services;
    const addresses = Object.values(services).flatMap((all) => all.map(({ address }) => address));

    const openstack = { protocol: "https", region: "RegionOne" };
    const errors = await driver.create({ ...OPENSTACK, openstack }).then(
      () => [],
      (thrown: AggregateError) => thrown.errors,
    );

    expect(errors.map(({ detail }) => /address {2}= "(.*)"/.exec(detail)?.[1])).toEqual(addresses);
  });
});

describe("read", () => {
  test("of an unchanged connection is the same state", async () => {
    const state = await driver.create({ ...VMWARE, readOnly: VIEWER });

    expect(await driver.read(state)).toEqual(state);
    expect(driver.warnings).toEqual([]);
  });

  test("of a removed connection says that it is gone", async () => {
    const state = await driver.create(VMWARE);
    simulator.world.infrastructures.clear();

    expect(await driver.read(state)).toBeNull();
  });

  test("of an id that has been given to another connection warns and says that ours is gone", async () => {
    const state = await driver.create(VMWARE);
    const other = { type: "NUTANIXPRISM", address: "nutanix.example.test" } as const;
    simulator.world.infrastructures.set(state.id!, { ...connections()[0]!, ...other });

    expect(await driver.read(state)).toBeNull();
    expect(driver.warnings).toEqual([
      {
        summary: `The connection to VMware vSphere at ${VCENTER} is gone`,
        detail: expect.stringContaining(`${state.id}`),
      },
    ]);
  });

  test("of an answer about another connection says nothing of ours", async () => {
    const state = await driver.create(VMWARE);
    simulator.world.infrastructures.set("other", { ...connections()[0]!, id: "other" });
    simulator.faults.add({ method: "GET", path: "*/infrastructures/*", fault: { kind: "anotherObject" } });

    expect(await driver.read(state)).toEqual(state);
  });

  test.each([
    ["is down without an error", /"CONNECTED"/g, '"DISCONNECTED"', 1, "DISCONNECTED"],
    ["is spelled otherwise", /"CONNECTED"/g, '"Connected"', 0, "CONNECTED"],
  ] as const)("of a connection that %s", async (_, spelled, otherwise, warnings, status) => {
    const state = await driver.create(VMWARE);
    const rewrite = (body: string) => body.replaceAll(spelled, otherwise);
    simulator.faults.add({ method: "GET", path: "*/infrastructures/*", fault: { kind: "rewrite", rewrite } });

    expect(await driver.read(state)).toEqual({ ...state, status });
    expect(driver.warnings).toHaveLength(warnings);
  });

  test("that fails is an error and never says that the connection is gone", async () => {
    const state = await driver.create(VMWARE);
    simulator.faults.add({ method: "GET", path: "*/infrastructures/*", fault: { kind: "status", status: 403 } });

    await expect(driver.read(state)).rejects.toMatchObject({
      summary: `Unable to read the infrastructure "${state.id}"`,
    });
  });

  test("of a lost connection is its state and one warning", async () => {
    const state = await driver.create({ ...VMWARE, readOnly: VIEWER });
    simulator.world.rotateCertificate(`${VCENTER}:443`);

    expect(await driver.read(state)).toMatchObject({ status: "DISCONNECTED", connectionError: "INVALID_CERTIFICATE" });
    expect(driver.warnings).toHaveLength(1);
  });

  test.each(["lowerCase", "upperCase", "withPort"] as const)(
    "keeps the configured spelling of the address, however the server writes it (%s)",
    async (addresses) => {
      const state = await driver.create({ ...VMWARE, address: "Vcenter.Example.TEST" });
      simulator.habits.addresses = addresses;

      expect(await driver.read(state)).toMatchObject({ address: "Vcenter.Example.TEST" });
    },
  );

  test("sees an account that was changed behind Terraform's back", async () => {
    const state = await driver.create(VMWARE);
    const [connection] = connections();
    const admin = { name: "viewer", password: "Viewer-Passw0rd" };
    simulator.world.infrastructures.set(connection!.id, { ...connection!, accounts: { admin } });

    expect(await driver.read(state)).toMatchObject({ admin: { name: "viewer" } });
  });
});

describe("plan", () => {
  const versioned = { ...VMWARE, admin: { ...ADMIN, passwordWoVersion: "1" } };

  test.each([
    ["the same", VMWARE, VMWARE, "no-op", []],
    ["another type", VMWARE, { ...VMWARE, type: "XEN" }, "replace", ["type"]],
    ["another address", VMWARE, { ...VMWARE, address: "other" }, "replace", ["address"]],
    ["another port", VMWARE, { ...VMWARE, address: `${VCENTER}:8443` }, "replace", ["address"]],
    ["the usual port", VMWARE, { ...VMWARE, address: `${VCENTER}:443` }, "no-op", []],
    ["the address in another spelling", VMWARE, { ...VMWARE, address: `${VCENTER.toUpperCase()}.` }, "no-op", []],
    ["Keystone's usual port", OPENSTACK, { ...OPENSTACK, address: `${KEYSTONE}:5000` }, "no-op", []],
    ["another account", VMWARE, { ...VMWARE, admin: VIEWER }, "replace", ["admin.name"]],
    ["a read-only account more", VMWARE, { ...VMWARE, readOnly: VIEWER }, "replace", ["read_only"]],
    ["a read-only account less", { ...VMWARE, readOnly: VIEWER }, VMWARE, "replace", ["read_only"]],
    ["a first password version", VMWARE, versioned, "update", []],
    ["a password version less", versioned, VMWARE, "update", []],
    [
      "another password version",
      versioned,
      { ...VMWARE, admin: { ...ADMIN, passwordWoVersion: "2" } },
      "replace",
      ["admin.password_wo_version"],
    ],
    ["other timeouts", VMWARE, { ...VMWARE, timeouts: { create: "1h" } }, "update", []],
    ["the same OpenStack", OPENSTACK, OPENSTACK, "no-op", []],
    [
      "another region",
      OPENSTACK,
      { ...OPENSTACK, openstack: { protocol: "https", region: "RegionOne" } },
      "replace",
      ["openstack.region"],
    ],
    ["no region any more", OPENSTACK, { ...OPENSTACK, openstack: { protocol: "https" } }, "no-op", []],
  ])("with %s", async (_, before, after, action, replacing) => {
    const state = await driver.create(before);

    expect(await driver.plan(after, state)).toMatchObject({ action, replacing });
  });
});

test("update asks the server nothing", async () => {
  const state = await driver.create({ ...VMWARE, admin: { ...ADMIN, passwordWoVersion: "1" } });
  simulator.requests.clear();

  expect(await driver.update(VMWARE, state)).toEqual({ ...state, admin: { ...state.admin, passwordWoVersion: null } });
  expect(simulator.requests.all).toEqual([]);
});

describe("delete", () => {
  test("removes the connection", async () => {
    await driver.delete(await driver.create(VMWARE));

    expect(connections()).toEqual([]);
  });

  test("of a connection that is gone succeeds", async () => {
    const state = await driver.create(VMWARE);
    simulator.world.infrastructures.clear();

    await expect(driver.delete(state)).resolves.toBeUndefined();
  });

  test("of an id that has been given to another connection is refused", async () => {
    const state = await driver.create(VMWARE);
    const other = { type: "NUTANIXPRISM", address: "nutanix.example.test" } as const;
    simulator.world.infrastructures.set(state.id!, { ...connections()[0]!, ...other });

    await expect(driver.delete(state)).rejects.toMatchObject({
      summary: `Unable to remove the connection to VMware vSphere at ${VCENTER}`,
      detail: expect.stringContaining("nutanix.example.test"),
    });
    expect(connections()).toHaveLength(1);
  });

  test("whose answer is lost succeeds when the connection is gone", async () => {
    const state = await driver.create(VMWARE);
    simulator.faults.add({ method: "DELETE", path: "*/infrastructures/*", fault: { kind: "dropAfter" } });

    await expect(driver.delete(state)).resolves.toBeUndefined();
  });

  test("whose answer is lost succeeds when the connection goes later", async () => {
    const state = await driver.create(VMWARE);
    simulator.faults.add({ method: "DELETE", path: "*/infrastructures/*", fault: { kind: "status", status: 504 } });
    simulator.requests.clear();

    const deleting = driver.delete(state);
    await until(() => simulator.requests.count({ method: "GET", path: "*/infrastructures/*" }) > 3);
    simulator.world.infrastructures.clear();

    await expect(deleting).resolves.toBeUndefined();
    expect(simulator.requests.count({ method: "DELETE" })).toBe(1);
  });

  test("whose answer is lost fails when the connection is still there after ten minutes", async () => {
    const state = await driver.create(VMWARE);
    simulator.faults.add({ method: "DELETE", path: "*/infrastructures/*", fault: { kind: "dropBefore" } });

    const restless = new ResourceDriver(infrastructure, clientFor(restlessClientOf(simulator)));
    await expect(restless.delete(state)).rejects.toMatchObject({
      summary: `Unable to remove the connection to VMware vSphere at ${VCENTER}`,
    });
  });
});

describe("import", () => {
  test.each([
    ["a connection", VMWARE],
    ["a connection with a read-only account", { ...VMWARE, readOnly: VIEWER }],
  ])("of %s is what create made", async (_, configuration) => {
    const created = await driver.create(configuration);

    expect(await driver.import(created.id!)).toEqual(created);
  });

  test.each([
    ["OpenStack", OPENSTACK],
    ["OpenStack with a read-only account", { ...OPENSTACK, readOnly: { ...VIEWER, domain: "Default" } }],
    ["a connection with password versions", { ...VMWARE, admin: { ...ADMIN, passwordWoVersion: "7" } }],
  ])("of %s is adopted in place by the configuration", async (_, configuration) => {
    const created = await driver.create(configuration);
    const imported = (await driver.read(await driver.import(created.id!)))!;

    expect(await driver.plan(configuration, imported)).toMatchObject({ action: "update", replacing: [] });
    const adopted = await driver.update(configuration, imported);
    expect(await driver.plan(configuration, (await driver.read(adopted))!)).toMatchObject({ action: "no-op" });
  });

  test.each(["lowerCase", "upperCase", "withPort"] as const)(
    "of a connection whose address the server writes otherwise (%s) is followed by an empty plan",
    async (addresses) => {
      const configuration = { ...VMWARE, address: "Vcenter.Example.TEST" };
      const { id } = await driver.create(configuration);
      simulator.habits.addresses = addresses;
      const imported = (await driver.read(await driver.import(id!)))!;
      simulator.requests.clear();

      expect(await driver.plan(configuration, imported)).toMatchObject({ action: "no-op" });
      expect(simulator.requests.all).toEqual([]);
    },
  );

  test("of an account that is not reported and not configured is forgotten in place", async () => {
    const created = await driver.create({ ...OPENSTACK, readOnly: { ...VIEWER, domain: "Default" } });
    const imported = await driver.import(created.id!);

    expect(await driver.plan(OPENSTACK, imported)).toMatchObject({ action: "update", replacing: [] });
    expect(await driver.update(OPENSTACK, imported)).toMatchObject({ readOnly: null });
  });

  test("of an id that does not exist is refused", async () => {
    await expect(driver.import("4711")).rejects.toMatchObject({
      summary: 'Unable to import the infrastructure "4711"',
    });
  });
});
