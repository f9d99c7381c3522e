import type { Client } from "../../../src/resources/shared/client";
import { trustedCertificate } from "../../../src/resources/trusted-certificate";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf, restlessClientOf, TIME_SCALE } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";
import { until } from "../../support/until";

const VCENTER = "vcenter.example.test";
const ENDPOINT = `${VCENTER}:443`;
const OTHER_THUMBPRINT = "AB".repeat(20);
const RULES = { method: "POST", path: "*/certificateValidator/rules" };

let simulator: Simulator;
let driver: ResourceDriver<(typeof trustedCertificate)["schema"]["attributes"], Client>;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  driver = new ResourceDriver(trustedCertificate, clientFor(clientOf(simulator)));
});
afterEach(() => simulator.stop());

const presented = () => simulator.world.endpoint(ENDPOINT).certificate!.thumbprint;
const colons = (thumbprint: string) => thumbprint.toLowerCase().match(/../g)!.join(":");

describe("create", () => {
  test("trusts what is presented", async () => {
    const state = await driver.create({ address: VCENTER });

    expect(simulator.world.trustRules).toEqual([{ address: ENDPOINT, thumbprint: presented() }]);
    expect(state).toEqual({
      address: VCENTER,
      protocol: "https",
      thumbprint: presented(),
      id: `https://${ENDPOINT}`,
      data: simulator.world.endpoint(ENDPOINT).certificate!.data,
      accepted: true,
      validationWarnings: [],
      validationErrors: [],
    });
  });

  test("trusts the expected thumbprint and keeps its spelling", async () => {
    const { thumbprint, accepted } = await driver.create({ address: VCENTER, thumbprint: colons(presented()) });

    expect({ thumbprint, accepted }).toEqual({ thumbprint: colons(presented()), accepted: true });
  });

  test("refuses another thumbprint than the expected one before anything is trusted, and shows both", async () => {
    const creating = driver.create({ address: VCENTER, thumbprint: OTHER_THUMBPRINT });

    await expect(creating).rejects.toMatchObject({
      path: ["thumbprint"],
      detail: expect.stringMatching(new RegExp(`${OTHER_THUMBPRINT}.*${presented()}`)),
    });
    expect(simulator.requests.count(RULES)).toBe(0);
    expect(driver.saved).toBeUndefined();
  });

  test("expects the thumbprint that was planned, not an ignored one that is configured", async () => {
    const { thumbprint } = await driver.create(
      { address: VCENTER, thumbprint: OTHER_THUMBPRINT },
      { address: VCENTER, thumbprint: presented() },
    );

    expect(thumbprint).toBe(presented());
  });

  test.each([
    ["https", "nutanix.example.test:9440", "https://nutanix.example.test:9440"],
    ["ssh", "kvm.example.test", "ssh://kvm.example.test:22"],
    ["ssh", "KVM.Example.test:22", "ssh://kvm.example.test:22"],
  ])("over %s at %s has the id %s", async (protocol, address, id) => {
    expect(await driver.create({ protocol, address })).toMatchObject({ id, accepted: true });
  });

  test("finds out that a rule whose answer is lost took effect", async () => {
    simulator.faults.add({ ...RULES, fault: { kind: "dropAfter" } });

    await expect(driver.create({ address: VCENTER })).resolves.toMatchObject({ accepted: true });
    expect(simulator.requests.count(RULES)).toBe(1);
  });

  test("finds out that a rule whose answer is lost takes effect later", async () => {
    simulator.faults.add({ ...RULES, fault: { kind: "status", status: 504 } });

    const creating = driver.create({ address: VCENTER });
    await until(() => simulator.requests.count({ method: "GET", path: "*/getCertificate" }) > 3);
    simulator.world.trust(ENDPOINT);

    await expect(creating).resolves.toMatchObject({ accepted: true });
    expect(simulator.requests.count(RULES)).toBe(1);
  });

  test("fails when a rule whose answer is lost took no effect for ten minutes", async () => {
    simulator.faults.add({ ...RULES, fault: { kind: "dropBefore" } });

    const restless = new ResourceDriver(trustedCertificate, clientFor(restlessClientOf(simulator)));
    await expect(restless.create({ address: VCENTER })).rejects.toMatchObject({
      summary: `Unable to trust the certificate of https://${ENDPOINT}`,
    });
  });

  test("names the call when nothing answers at the address", async () => {
    await expect(driver.create({ address: "nobody.example.test" })).rejects.toMatchObject({
      summary: "Unable to get the certificate of https://nobody.example.test:443",
      detail: expect.stringContaining("nobody.example.test:443 cannot be reached"),
    });
  });
});

describe("read", () => {
  test("of an unchanged certificate is the same state", async () => {
    const state = await driver.create({ address: VCENTER });

    expect(await driver.read(state)).toEqual(state);
    expect(driver.warnings).toEqual([]);
  });

  test("of a changed certificate keeps what was trusted, and warns with both thumbprints", async () => {
    const state = await driver.create({ address: VCENTER });
    const trusted = presented();
    simulator.world.rotateCertificate(ENDPOINT);

    const read = await driver.read(state);

    expect(read).toMatchObject({ thumbprint: trusted, data: state.data, accepted: false });
    expect(driver.warnings).toHaveLength(1);
    expect(driver.warnings[0]?.detail).toMatch(new RegExp(`${trusted}.*${presented()}`));
    expect(simulator.requests.count(RULES)).toBe(1);
  });

  test("of a certificate that is back is accepted again", async () => {
    const state = await driver.create({ address: VCENTER });

    expect(await driver.read({ ...state, accepted: false })).toMatchObject({ accepted: true });
  });

  test("keeps the state with a warning when the server does not answer", async () => {
    const state = await driver.create({ address: VCENTER });
    simulator.world.endpoint(ENDPOINT).outage = "NETWORK_ERROR";

    expect(await driver.read(state)).toEqual(state);
    expect(driver.warnings.map(({ summary }) => summary)).toEqual([
      `The certificate of https://${ENDPOINT} cannot be checked`,
    ]);
  });

  test.each(["html", "empty", "truncated", "wrongTypes"] as const)(
    "keeps the state with a warning when no look makes sense (%s)",
    async (kind) => {
      const state = await driver.create({ address: VCENTER });
      simulator.faults.add({
        method: "GET",
        path: "*/getCertificate",
        times: Number.POSITIVE_INFINITY,
        fault: { kind },
      });

      expect(await driver.read(state)).toEqual(state);
      expect(driver.warnings.map(({ summary }) => summary)).toEqual([
        `The certificate of https://${ENDPOINT} cannot be checked`,
      ]);
    },
  );

  test("fails when the Integration Server itself does not answer", async () => {
    const state = await driver.create({ address: VCENTER });
    await simulator.stop();

    await expect(driver.read(state)).rejects.toMatchObject({ detail: expect.stringContaining("no answer from") });
  });
});

describe("plan", () => {
  test.each([
    ["the same configuration", {}, "no-op", []],
    ["a changed address", { address: "nutanix.example.test:9440" }, "replace", ["address"]],
    ["the default port written out", { address: ENDPOINT }, "no-op", []],
    ["the address in another spelling", { address: `${VCENTER.toUpperCase()}.` }, "no-op", []],
    ["another protocol", { protocol: "ssh" }, "replace", ["protocol"]],
    ["another thumbprint", { thumbprint: OTHER_THUMBPRINT }, "replace", ["thumbprint"]],
  ])("with %s", async (_, changes, action, replacing) => {
    const state = await driver.create({ address: VCENTER });

    expect(await driver.plan({ address: VCENTER, ...changes }, state)).toMatchObject({ action, replacing });
  });

  test("with another spelling of the thumbprint is empty, without a question to the server", async () => {
    const state = await driver.create({ address: VCENTER });
    simulator.requests.clear();

    const spelled = { address: VCENTER, thumbprint: colons(presented()) };
    expect(await driver.plan(spelled, state)).toMatchObject({ action: "no-op", planned: state });
    expect(simulator.requests.all).toEqual([]);
  });

  test("of a state of an earlier version, whose id has the configured spelling, is empty", async () => {
    const address = VCENTER.toUpperCase();
    const state = { ...(await driver.create({ address })), id: `https://${address}:443` };

    expect(await driver.plan({ address }, await driver.read(state))).toMatchObject({ action: "no-op" });
  });

  test("after a certificate changed is empty: trust is never renewed by itself", async () => {
    const state = await driver.create({ address: VCENTER });
    simulator.world.rotateCertificate(ENDPOINT);
    const read = await driver.read(state);

    expect(await driver.plan({ address: VCENTER }, read)).toMatchObject({ action: "no-op" });
  });
});

test("delete says in one warning that the rule stays", async () => {
  const state = await driver.create({ address: VCENTER });

  await driver.delete(state);

  expect(driver.warnings.map(({ summary }) => summary)).toEqual([
    `The Integration Server still trusts https://${ENDPOINT}`,
  ]);
  expect(simulator.world.isTrusted(ENDPOINT)).toBe(true);
});

describe("import", () => {
  test("of a trusted certificate is what create would have made", async () => {
    const created = await driver.create({ address: ENDPOINT });

    expect(await driver.import(`https://${ENDPOINT}`)).toEqual(created);
  });

  test.each([
    [`https://${ENDPOINT}`, VCENTER],
    [`HTTPS://${ENDPOINT.toUpperCase()}`, VCENTER],
    [`https://${ENDPOINT}`, VCENTER.toUpperCase()],
  ])("of %s is followed by an empty plan for %s", async (id, address) => {
    simulator.world.trust(ENDPOINT);
    const state = await driver.import(id);

    expect(state).toMatchObject({ id: `https://${ENDPOINT}` });
    expect(await driver.plan({ address }, state)).toMatchObject({ action: "no-op" });
  });

  test("of a certificate that is not trusted is refused", async () => {
    await expect(driver.import(`https://${ENDPOINT}`)).rejects.toMatchObject({
      detail: expect.stringContaining(presented()),
    });
  });

  test.each([VCENTER, ENDPOINT, `https://${VCENTER}`, `ftp://${ENDPOINT}`, ""])("of %j is refused", async (id) => {
    await expect(driver.import(id)).rejects.toMatchObject({ summary: "Invalid import id" });
  });
});
