import type { SvmState } from "../../../src/resources/svm/schema";
import { UNKNOWN } from "../../../src/terraform";
import { until } from "../../support/until";
import { base64, DEPLOYED, KLCONFIG, LISTED, RECONFIGURED, REMOVED, SvmBench, VCENTER } from "./bench";

const ROOT = { allowSsh: false, passwordWo: "Root-1", passwordWoVersion: "1" };
/** Another one than SVMs are deployed with. */
const KSC = { address: "ksc-2.example.test" };
const STATIC = { address: "192.0.2.10", mask: "255.255.255.0", gateway: "192.0.2.1" };
const DNS = { main: "192.0.2.53" };

let bench: SvmBench;
beforeEach(async () => {
  bench = await SvmBench.start();
});
afterEach(() => bench.stop());

const settings = (name = "svm-1") => bench.simulator.world.svms.named(name).settings;
const created = (others = {}) => bench.driver().create(bench.onHost("svm-1", others));

describe("update", () => {
  /** What is sent of the SVM's settings and networks. */
  const sent = () => {
    type Svm = { svmSettings: object; deploymentInfo: { settings?: object } };
    const [svm] = (bench.bodyOf(RECONFIGURED) as { svms: Svm[] }).svms;
    return { ...svm!.svmSettings, ...svm!.deploymentInfo.settings };
  };
  const password = base64(KLCONFIG.passwordWo);

  test.each([
    ["KSC", {}, { ksc: KSC }, { ksc: { address: "ksc-2.example.test", port: "14000", sslPort: "13000" } }],
    ["DNS", { dns: DNS }, { dns: { main: "192.0.2.99" } }, { dns: { main: "192.0.2.99" } }],
    ["SSH", { root: ROOT }, { root: { ...ROOT, allowSsh: true } }, { users: { root: { allowSshAccess: "true" } } }],
    [
      "root's password by its version",
      { root: ROOT },
      { root: { ...ROOT, passwordWo: "Root-2", passwordWoVersion: "2" } },
      { users: { root: { allowSshAccess: "false", password: base64("Root-2") } } },
    ],
  ])("sends %s and nothing else", async (_, before, after, expected) => {
    const state = await created(before);
    const next = await bench.driver().update(bench.onHost("svm-1", after), state);

    expect(sent()).toEqual({ password, ...expected });
    expect(next).toMatchObject({ id: state.id, ipAddress: state.ipAddress, taskId: state.taskId });
    expect(await bench.driver().plan(bench.onHost("svm-1", after), next)).toMatchObject({ action: "no-op" });
  });

  test("sends a root account that was not configured before", async () => {
    const state = { ...(await created()), root: null };

    await bench.driver().update(bench.onHost("svm-1", { root: ROOT }), state);

    expect(sent()).toEqual({ password, users: { root: { allowSshAccess: "false", password: base64("Root-1") } } });
  });

  test("sends the name servers of static addresses with whatever changes", async () => {
    const host = bench.host({ networks: [{ static: STATIC }] });
    const state = await created({ dns: DNS, host });

    await bench.driver().update(bench.onHost("svm-1", { dns: DNS, host, ksc: KSC }), state);

    expect(sent()).toEqual({
      password,
      dns: DNS,
      ksc: { address: KSC.address, port: "14000", sslPort: "13000" },
    });
  });

  test("sends networks with the name servers that their static addresses need", async () => {
    const state = await created({ dns: DNS });
    const host = bench.host({ networks: [{ primary: true, static: STATIC }, { vlanId: 9 }] });

    const next = await bench.driver().update(bench.onHost("svm-1", { dns: DNS, host }), state);

    const [servers, management] = bench.vcenter.hosts[0]!.networks;
    expect(sent()).toEqual({
      password,
      dns: DNS,
      networks: [
        {
          id: servers!.id,
          isPrimary: true,
          type: "static",
          ipAddress: STATIC.address,
          mask: STATIC.mask,
          gateway: STATIC.gateway,
        },
        { id: management!.id, isPrimary: false, type: "dynamic", vlanId: "9" },
      ],
    });
    expect(next).toMatchObject({ ipAddress: STATIC.address, networkAdapters: { length: 2 } });
  });

  test("repairs adapters that have drifted", async () => {
    const state = await created();
    bench.simulator.world.svms.connect(state.id!, bench.vcenter.hosts[0]!.networks[1]!.id);
    const drifted = await bench.nextRun().read(state);

    const next = await bench.driver().update(bench.onHost("svm-1"), drifted!);

    expect(next.networkAdapters).toEqual(state.networkAdapters);
  });

  test("changes klconfig's password with the help of the current one", async () => {
    const state = await created({ klconfig: { ...KLCONFIG, passwordWoVersion: "1" } });
    const klconfig = { passwordWo: "Klconfig-2", passwordWoVersion: "2", currentPasswordWo: KLCONFIG.passwordWo };

    await bench.driver().update(bench.onHost("svm-1", { klconfig }), state);

    expect(sent()).toEqual({ password, users: { klconfig: { password: base64("Klconfig-2") } } });
    expect(settings().klconfigPassword).toBe("Klconfig-2");
  });

  test.each<[string, object, object]>([
    ["a version for the first time", { root: { ...ROOT, passwordWoVersion: null } }, { root: ROOT }],
    ["settings that are configured no more", { dns: DNS }, { ksc: null, dns: null, root: null }],
    ["another localization", {}, { localization: "ru", skipIntegrityCheck: true }],
  ])("sends nothing for %s", async (_, before, after) => {
    await bench.driver().update(bench.onHost("svm-1", { ...after }), await created(before));

    expect(bench.simulator.requests.count(RECONFIGURED)).toBe(0);
  });

  test("sends nothing for a single network that now says that it is primary", async () => {
    const host = bench.host({ networks: [{ primary: true }] });

    await bench.driver().update(bench.onHost("svm-1", { host }), await created());

    expect(bench.simulator.requests.count(RECONFIGURED)).toBe(0);
  });

  test("of several at a time is one request", async () => {
    const names = ["a", "b", "c"];
    const states = await Promise.all(names.map((name) => bench.driver().create(bench.onHost(name))));

    await Promise.all(states.map((state, at) => bench.driver().update(bench.onHost(names[at]!, { ksc: KSC }), state)));

    expect(bench.simulator.requests.count(RECONFIGURED)).toBe(1);
  });

  test("that fails shows the step and the server's message", async () => {
    const state = await created();
    const klconfig = { passwordWo: "Wrong-1" };

    await expect(bench.driver().update(bench.onHost("svm-1", { klconfig, ksc: KSC }), state)).rejects.toMatchObject({
      summary: expect.stringContaining('Unable to reconfigure the SVM "svm-1"'),
      detail: expect.stringMatching(/LogInToSvm.*refused the password/s),
    });
  });

  test("whose answer is lost may be repeated", async () => {
    const state = await created();
    bench.simulator.faults.add({ ...RECONFIGURED, fault: { kind: "dropAfter" } });

    await expect(bench.driver().update(bench.onHost("svm-1", { ksc: KSC }), state)).rejects.toMatchObject({
      detail: expect.stringMatching(/answer was lost.*Apply again/s),
    });
    await expect(bench.driver().update(bench.onHost("svm-1", { ksc: KSC }), state)).resolves.toMatchObject({
      ksc: KSC,
    });
  });

  describe("says why it changed nothing", () => {
    const svms = () => bench.simulator.world.svms;
    const changed = { settingsVersion: "2" };
    const refused = (state: SvmState, why: RegExp) => {
      bench.simulator.requests.clear();
      return expect(bench.nextRun().update(bench.onHost("svm-1", changed), state)).rejects.toMatchObject({
        summary: expect.stringMatching(/^Unable to find the SVM "svm-1"/),
        detail: expect.stringMatching(new RegExp(`${why.source}.*Nothing was changed\\.$`, "s")),
      });
    };
    afterEach(() => expect(bench.simulator.requests.count(RECONFIGURED)).toBe(0));

    test("where the SVM is gone", async () => {
      const state = await created();
      svms().remove(state.id!);

      await refused(state, /does not exist any more\. Plan again/);
    });

    test("where another machine has its id", async () => {
      const state = await created();
      svms().update(state.id!, { name: "another", parentId: bench.vcenter.hosts[1]!.id });

      await refused(state, /belongs to "another" now.*Plan again/);
    });

    test("where its infrastructure is not connected", async () => {
      const state = await created();
      await bench.removeAndDisconnect(state.id!);

      await refused(state, /not connected to .* at present/);
    });

    test("where it is still being deployed, as after an interruption", async () => {
      const interruption = new AbortController();
      const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
      const driver = bench.driver(interruption.signal);
      const creation = driver.create(bench.onHost("svm-1"));
      await hold.reached;
      await until(() => driver.infos.some(([message]) => message.endsWith("deploying")));
      interruption.abort(new Error("Ctrl-C"));
      await expect(creation).rejects.toThrow();

      await refused(bench.tainted(driver, bench.onHost("svm-1")), /is being deployed\. Wait for that/);
      hold.release();
    });
  });

  test("does not fail because the SVM cannot be looked at afterwards", async () => {
    const state = await created();
    bench.simulator.faults.add({ ...LISTED, fault: { kind: "status", status: 500 }, times: 99 });

    const next = await bench.driver().update(bench.onHost("svm-1", { ksc: KSC }), state);

    expect(next).toMatchObject({ ksc: KSC, state: "Enabled", networkAdapters: state.networkAdapters });
  });
});

describe("plan", () => {
  const problem = (others: Readonly<Record<string, unknown>>, state: SvmState) =>
    bench
      .driver()
      .plan(bench.onHost("svm-1", others), state)
      .then(
        () => undefined,
        (error: unknown) => error,
      );

  test("of a new klconfig password asks for the current one", async () => {
    const state = await created({ klconfig: { ...KLCONFIG, passwordWoVersion: "1" } });

    expect(await problem({ klconfig: { passwordWo: "Klconfig-2", passwordWoVersion: "2" } }, state)).toMatchObject({
      path: ["klconfig", "currentPasswordWo"],
    });
  });

  test("of a change asks for klconfig's password", async () => {
    const state = await created();

    expect(await problem({ klconfig: null, ksc: KSC }, state)).toMatchObject({ path: ["klconfig"] });
  });

  test("of a replacement asks for no password", async () => {
    const state = await created();

    expect(await problem({ klconfig: null, ksc: KSC, imageId: "another" }, state)).toBeUndefined();
    expect(await problem({ klconfig: null, ksc: KSC, imageId: UNKNOWN }, state)).toBeUndefined();
  });

  test("of what is not known yet asks for no password", async () => {
    const state = await created();

    expect(await problem({ klconfig: UNKNOWN, ksc: KSC }, state)).toBeUndefined();
    expect(await problem({ klconfig: null, ksc: UNKNOWN }, state)).toBeUndefined();
  });

  test.each([
    ["name", () => ({ name: "svm-2" }), ["name"]],
    ["image", () => ({ imageId: "another" }), ["image_id"]],
    ["hypervisor and storage", () => ({ host: bench.host({ at: 1 }) }), ["host.id", "host.storage_id"]],
    ["placement", () => ({ host: null, openstack: bench.project() }), ["host", "openstack"]],
  ])("replaces for another %s", async (_, others, replacing) => {
    const state = await created();

    expect(await bench.driver().plan(bench.onHost("svm-1", others()), state)).toMatchObject({ replacing });
  });

  test("keeps the address and the adapters where the networks do not change", async () => {
    const state = await created();
    const { planned } = await bench.driver().plan(bench.onHost("svm-1", { ksc: KSC }), state);

    expect(planned).toMatchObject({ id: state.id, ipAddress: state.ipAddress, networkAdapters: state.networkAdapters });
  });

  test("leaves the address and the adapters open where the networks change", async () => {
    const host = bench.host({ networks: [{ primary: true }, {}] });
    const { planned } = await bench.driver().plan(bench.onHost("svm-1", { host }), await created());

    expect(planned).toMatchObject({ ipAddress: UNKNOWN, networkAdapters: UNKNOWN });
  });
});

describe("a replaced connection", () => {
  let state: SvmState;
  beforeEach(async () => {
    state = await created();
  });
  const reconnect = async () => {
    await bench.client.infrastructures.delete(bench.infrastructureId);
    return bench.connect(VCENTER);
  };
  const unknownHost = () => ({ id: UNKNOWN, storageId: UNKNOWN, networks: [{ id: UNKNOWN }] });

  test("is planned as a change in place while look-ups are deferred", async () => {
    const host = unknownHost();
    const plan = await bench.driver().plan(bench.onHost("svm-1", { infrastructureId: UNKNOWN, host }), state);

    expect(plan).toMatchObject({ action: "update", replacing: [], planned: { id: UNKNOWN } });
  });

  test("keeps the SVM: nothing is deployed, reconfigured or removed", async () => {
    const configuration = bench.onHost("svm-1", { infrastructureId: await reconnect() });
    bench.simulator.requests.clear();

    const next = await bench.driver().update(configuration, state);

    expect(next).toEqual({ ...state, infrastructureId: configuration["infrastructureId"] });
    for (const change of [DEPLOYED, RECONFIGURED, REMOVED]) expect(bench.simulator.requests.count(change)).toBe(0);
    expect(await bench.driver().plan(configuration, next)).toMatchObject({ action: "no-op" });
  });

  test("under which the SVM has another id finds it by its name", async () => {
    const infrastructureId = await reconnect();
    const configuration = bench.onHost("svm-1", { infrastructureId });

    const next = await bench.driver().update(configuration, { ...state, id: "of-the-old-connection" });

    expect(next).toMatchObject({ id: state.id, infrastructureId });
  });

  const NUMBERED_OTHERWISE = { id: "of-the-old-connection", storageId: "of-the-old-connection" };

  test("that numbers everything anew replaces nothing", async () => {
    const infrastructureId = await reconnect();
    const before = { ...state, host: { ...state.host!, ...NUMBERED_OTHERWISE } };

    expect(await bench.nextRun().plan(bench.onHost("svm-1", { infrastructureId }), before)).toMatchObject({
      action: "update",
      replacing: [],
    });
  });

  test("and other settings at the same time are both changed", async () => {
    const infrastructureId = await reconnect();

    const next = await bench.driver().update(bench.onHost("svm-1", { infrastructureId, ksc: KSC }), state);

    expect(next).toMatchObject({ infrastructureId, ksc: KSC });
    expect(bench.simulator.requests.count(RECONFIGURED)).toBe(1);
  });

  test("that shows the SVM elsewhere changes nothing and says to plan again", async () => {
    const infrastructureId = await reconnect();
    const other = bench.host({ at: 1 });
    const driver = bench.driver();
    const configuration = bench.onHost("svm-1", { infrastructureId, host: other });

    await expect(driver.update(configuration, state)).rejects.toMatchObject({
      detail: expect.stringMatching(/Nothing was changed\. Plan again/),
    });
    expect(await bench.driver().plan(configuration, { ...state, ...driver.saved })).toMatchObject({
      action: "replace",
      replacing: expect.arrayContaining(["host.id"]),
    });
  });

  test("and another storage of the same hypervisor at the same time change nothing: plan again", async () => {
    const infrastructureId = await reconnect();
    const configuration = bench.onHost("svm-1", {
      infrastructureId,
      host: { ...bench.host(), storageId: bench.vcenter.hosts[0]!.storages[1]!.id },
    });
    const driver = bench.driver();

    await expect(driver.update(configuration, state)).rejects.toMatchObject({
      path: ["host", "storageId"],
      detail: expect.stringMatching(/Nothing was changed\. Plan again/),
    });
    expect(Object.keys(driver.saved!).sort()).toEqual(["id", "infrastructureId", "runningOn"]);
    expect(bench.simulator.requests.count(RECONFIGURED)).toBe(0);
    expect(await bench.nextRun().plan(configuration, { ...state, ...driver.saved })).toMatchObject({
      action: "replace",
      replacing: ["host.storage_id"],
    });
  });

  test("that does not show the SVM is an error, after which it is known to be gone", async () => {
    const infrastructureId = await reconnect();
    bench.simulator.world.svms.remove(state.id!);
    const driver = bench.driver();

    await expect(driver.update(bench.onHost("svm-1", { infrastructureId }), state)).rejects.toMatchObject({
      detail: expect.stringMatching(/does not list it.*Nothing was changed/s),
    });
    expect(driver.saved).toEqual({ infrastructureId });
    expect(await bench.nextRun().read({ ...state, ...driver.saved })).toBeNull();
  });

  test("to where another SVM of that name runs does not take that one over", async () => {
    const infrastructureId = await bench.connect({ ...VCENTER, address: "proxmox.example.test", type: "PROXMOX" });
    const { hosts, vms } = bench.simulator.world.hypervisor("proxmox.example.test");
    const platform = bench.simulator.world.hypervisor("proxmox.example.test");
    bench.simulator.world.svms.add(platform, { ...vms[0]!, id: "another", name: "svm-1", isSvm: true }, {});
    const host = {
      id: vms[0]!.parentId,
      storageId: hosts[0]!.storages[0]!.id,
      networks: [{ id: hosts[0]!.networks[0]!.id }],
    };

    const configuration = bench.onHost("svm-1", { infrastructureId, host });
    expect(await bench.nextRun().plan(configuration, state)).toMatchObject({
      action: "replace",
      replacing: ["host.id", "host.storage_id"],
    });
    const driver = bench.driver();
    await expect(driver.update(configuration, state)).rejects.toMatchObject({ path: ["infrastructureId"] });
    expect(driver.saved).toBeUndefined();
  });

  test("that has failed to reconfigure is not forgotten", async () => {
    const infrastructureId = await reconnect();
    const driver = bench.driver();
    const klconfig = { passwordWo: "Wrong-1" };

    const before = { ...state, host: { ...state.host!, ...NUMBERED_OTHERWISE } };
    await expect(
      driver.update(bench.onHost("svm-1", { infrastructureId, klconfig, ksc: KSC }), before),
    ).rejects.toThrow();

    expect(driver.saved).toMatchObject({ infrastructureId, id: state.id });
    const kept = { ...state, ...driver.saved };
    expect(await bench.driver().plan(bench.onHost("svm-1", { infrastructureId, ksc: KSC }), kept)).toMatchObject({
      action: "update",
      replacing: [],
    });
  });
});
