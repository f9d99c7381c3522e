import type { SvmState } from "../../../src/resources/svm/schema";
import { CLOUD, LISTED, RECONFIGURED, REMOVED, SvmBench } from "./bench";

let bench: SvmBench;
const start = async (...infrastructure: Parameters<typeof SvmBench.start>) => {
  bench = await SvmBench.start(...infrastructure);
};
afterEach(() => bench.stop());

const read = (state: SvmState) => bench.nextRun().read(state);

describe("read", () => {
  let state: SvmState;
  beforeEach(async () => {
    await start();
    state = await bench.driver().create(bench.onHost("svm-1"));
  });
  const networks = () => bench.vcenter.hosts[0]!.networks;

  test("finds no change", async () => {
    expect(await read(state)).toEqual(state);
  });

  test("finds no change where adapters and their groups are listed in another order", async () => {
    const [servers, backup] = networks();
    const groups = ["g-1", "g-2"].map((id) => ({ id, name: id }));
    const adapters = [{ ...servers!, securityGroups: groups }, backup!, servers!];
    bench.simulator.world.svms.update(state.id!, { networkAdapters: adapters });
    const seen = (await read(state))!;
    expect(seen.networkAdapters).toHaveLength(adapters.length);

    const others = [servers!, backup!, { ...servers!, securityGroups: [...groups].reverse() }];
    bench.simulator.world.svms.update(state.id!, { networkAdapters: others });

    expect(await read(seen)).toEqual(seen);
  });

  test("of many SVMs is one list", async () => {
    const states = await Promise.all(["a", "b", "c"].map((name) => bench.driver().create(bench.onHost(name))));
    const driver = bench.nextRun();
    bench.simulator.requests.clear();

    await Promise.all(states.map((each) => driver.read(each)));

    expect(bench.simulator.requests.count(LISTED)).toBe(1);
  });

  test("sees another state and version", async () => {
    bench.simulator.world.svms.update(state.id!, { state: "Disabled", svmVersion: "6.3" });

    expect(await read(state)).toMatchObject({ state: "Disabled", svmVersion: "6.3" });
  });

  test("warns at every look of an SVM that does not run, by its name and that of its host", async () => {
    bench.simulator.world.svms.update(state.id!, { state: "Disabled" });
    const { id, name } = bench.vcenter.hosts[0]!;

    const seen = (await read(state))!;
    const driver = bench.nextRun();
    await driver.read(seen);

    expect(driver.warnings).toEqual([
      {
        summary: `The SVM "svm-1" on ${name} ("${id}") of vcenter.example.test ("${bench.infrastructureId}") does not run`,
        detail: `The infrastructure shows the SVM with the id "${state.id}" in the state "Disabled", not "Enabled". As long as it does not run, it protects nothing. Start it in the infrastructure, unless it was switched off on purpose; Terraform does not do that.`,
      },
    ]);
  });

  test("has nothing to say of a state that the server does not tell", async () => {
    bench.simulator.world.svms.update(state.id!, { state: undefined as never });
    const driver = bench.nextRun();

    await driver.read(state);

    expect(driver.warnings).toEqual([]);
  });

  test("takes an SVM that a connected infrastructure does not have for gone", async () => {
    bench.simulator.world.svms.remove(state.id!);

    expect(await read(state)).toBeNull();
  });

  test("warns of a second SVM of the same name in the same place, and says how to import it", async () => {
    const { platform, vm } = bench.simulator.world.svms.get(state.id!);
    bench.simulator.world.svms.add(platform, { ...vm, id: "vm-other" }, {});
    bench.simulator.world.svms.add(platform, { ...vm, id: "vm-elsewhere", parentId: bench.vcenter.hosts[1]!.id }, {});
    const driver = bench.nextRun();

    expect(await driver.read(state)).toEqual(state);
    expect(driver.warnings).toMatchObject([
      { detail: expect.stringContaining(`with the id "${bench.infrastructureId}/vm-other"`) },
    ]);
  });

  test("keeps the state with a warning when the connection is gone", async () => {
    await bench.client.infrastructures.delete(bench.infrastructureId);
    const driver = bench.nextRun();

    expect(await driver.read(state)).toEqual(state);
    expect(driver.warnings).toEqual([
      {
        summary: `SVMs of the infrastructure "${bench.infrastructureId}" cannot be looked at`,
        detail: expect.stringMatching(
          /does not have the connection .* The state of the SVM "svm-1" stays as it was\. .* forget all of them at once: "terraform state rm"/,
        ),
      },
    ]);
  });

  test("keeps the state with a warning when the infrastructure is not connected", async () => {
    await bench.removeAndDisconnect(state.id!);
    const driver = bench.nextRun();

    expect(await driver.read(state)).toEqual(state);
    expect(driver.warnings).toMatchObject([{ detail: expect.stringContaining("not connected") }]);
  });

  test("is an error, and no SVM gone, when the server does not answer", async () => {
    bench.simulator.faults.add({ ...LISTED, fault: { kind: "status", status: 500 }, times: 99 });

    await expect(read(state)).rejects.toMatchObject({
      summary: expect.stringContaining('Unable to read the SVM "svm-1"'),
    });
  });

  test("sees another adapter, which is planned to be reconfigured", async () => {
    const [servers, management] = networks();
    bench.simulator.world.svms.connect(state.id!, servers!.id, management!.id);

    const drifted = await read(state);

    const unknown = { primary: null, vlanId: null, static: null };
    expect(drifted?.host?.networks).toEqual([
      { id: servers!.id, ...unknown },
      { id: management!.id, ...unknown },
    ]);
    expect(await bench.driver().plan(bench.onHost("svm-1"), drifted)).toMatchObject({
      action: "update",
      replacing: [],
    });
  });

  test("keeps what is known of the networks that are still there", async () => {
    const [servers, management, backup] = networks();
    const host = bench.host({ networks: [{ primary: true, vlanId: 5 }, {}] });
    const two = await bench.driver().create(bench.onHost("svm-2", { host }));
    bench.simulator.world.svms.connect(two.id!, backup!.id, servers!.id);

    expect((await read(two))?.host?.networks).toMatchObject([
      { id: servers!.id, primary: true, vlanId: 5 },
      { id: backup!.id, primary: null, vlanId: null },
    ]);
    expect(management).toBeDefined();
  });

  test("takes adapters in another order for the same", async () => {
    const [servers, management] = networks();
    const host = bench.host({ networks: [{ primary: true }, {}] });
    const two = await bench.driver().create(bench.onHost("svm-2", { host }));
    bench.simulator.world.svms.connect(two.id!, management!.id, servers!.id);

    expect((await read(two))?.host).toEqual(two.host);
  });

  test("takes an infrastructure that shows no adapters for one that tells nothing", async () => {
    bench.simulator.world.svms.connect(state.id!);

    expect((await read(state))?.host).toEqual(state.host);
  });

  describe("an SVM that has moved to another hypervisor", () => {
    const other = () => bench.vcenter.hosts[1]!;
    beforeEach(() => bench.simulator.world.svms.update(state.id!, { parentId: other().id, networkAdapters: [] }));

    test("stays as it was placed, and tells where it runs", async () => {
      const moved = await read(state);

      expect(moved).toMatchObject({ host: state.host, runningOn: { id: other().id, name: other().name } });
      expect(await bench.driver().plan(bench.onHost("svm-1"), moved)).toMatchObject({ action: "no-op" });
    });

    test("is told once, for one request more", async () => {
      const driver = bench.patientRun();
      bench.simulator.requests.clear();
      const moved = await driver.read(state);
      expect(driver.warnings).toMatchObject([{ summary: expect.stringContaining("runs on another hypervisor") }]);
      expect(bench.simulator.requests.count(LISTED)).toBe(2);

      const later = bench.patientRun();
      bench.simulator.requests.clear();
      expect(await later.read(moved!)).toEqual(moved);
      expect(later.warnings).toEqual([]);
      expect(bench.simulator.requests.count(LISTED)).toBe(1);
    });

    test("is not replaced where it is configured to run where it does", async () => {
      const moved = (await read(state))!;
      const configuration = bench.onHost("svm-1", { host: bench.host({ at: 1 }) });

      expect(await bench.driver().plan(configuration, moved)).toMatchObject({ action: "update" });
      const next = await bench.nextRun().update(configuration, moved);
      expect(next.host).toMatchObject({ id: other().id });
      expect(bench.simulator.requests.count(RECONFIGURED)).toBe(0);
      expect(await bench.driver().plan(configuration, next)).toMatchObject({ action: "no-op" });
    });

    test("is replaced where it is configured to run on a third one", async () => {
      const moved = (await read(state))!;
      const configuration = bench.onHost("svm-1", { host: bench.host({ at: 2 }) });

      expect(await bench.driver().plan(configuration, moved)).toMatchObject({ action: "replace" });
    });

    test("is reconfigured and removed where it runs", async () => {
      const moved = (await read(state))!;
      const ksc = { address: "other-ksc.example.test" };
      const next = await bench.nextRun().update(bench.onHost("svm-1", { ksc }), moved);
      await bench.nextRun().delete(next);

      expect(JSON.stringify([bench.bodyOf(RECONFIGURED), bench.bodyOf(REMOVED)]).split(other().id)).toHaveLength(3);
    });
  });

  test("keeps the name of an SVM that was renamed, and warns", async () => {
    bench.simulator.world.svms.rename(state.id!, "renamed");
    const driver = bench.nextRun();

    expect(await driver.read(state)).toEqual(state);
    expect(driver.warnings).toMatchObject([{ summary: expect.stringContaining("was renamed") }]);
  });

  test("takes a machine that has the SVM's id, but neither its name nor its place, for another one", async () => {
    const foreign = { name: "other", parentId: bench.vcenter.hosts[1]!.id };
    bench.simulator.world.svms.update(state.id!, foreign);
    const driver = bench.nextRun();

    expect(await driver.read(state)).toBeNull();
    expect(driver.warnings).toMatchObject([{ summary: expect.stringContaining("another machine has its id") }]);
    await expect(bench.nextRun().delete(state)).rejects.toMatchObject({
      detail: expect.stringMatching(/left alone.*state rm/s),
    });
    expect(bench.simulator.requests.count(REMOVED)).toBe(0);
  });

  test("tells which SVM has taken the name of one that is gone", async () => {
    const { platform, vm } = bench.simulator.world.svms.get(state.id!);
    bench.simulator.world.svms.remove(state.id!);
    bench.simulator.world.svms.add(platform, { ...vm, id: "another" }, {});
    const driver = bench.nextRun();

    expect(await driver.read(state)).toBeNull();
    expect(driver.warnings).toMatchObject([{ detail: expect.stringContaining(`${bench.infrastructureId}/another`) }]);
  });
});

describe("read in OpenStack", () => {
  beforeEach(() => start(CLOUD));
  const project = () => bench.cloud.projects[0]!;
  const groupsOf = (networkId: string, ...groups: number[]) => ({
    id: networkId,
    name: "n",
    securityGroups: groups.map((at) => project().securityGroups[at]!),
  });
  const withGroups = (...groups: number[]) => ({
    portSecurityEnabled: true,
    securityGroupIds: groups.map((at) => project().securityGroups[at]!.id),
  });

  test("compares security groups where they are configured", async () => {
    const [servers] = project().networks;
    const openstack = bench.project([{ id: servers!.id, ports: [{ primary: true, ...withGroups(0) }, {}] }]);
    const state = await bench.driver().create(bench.inProject("svm-1", { openstack }));
    expect((await read(state))?.openstack).toEqual(state.openstack);

    bench.simulator.world.svms.update(state.id!, {
      networkAdapters: [groupsOf(servers!.id, 1), groupsOf(servers!.id, 1)],
    });

    expect((await read(state))?.openstack?.networks).toMatchObject([
      {
        id: servers!.id,
        ports: [
          { primary: true, securityGroupIds: [project().securityGroups[1]!.id] },
          { primary: null, securityGroupIds: null },
        ],
      },
    ]);
  });

  test("sees ports that come and go", async () => {
    const [servers, management] = project().networks;
    const openstack = bench.project([{ id: servers!.id, ports: [{ primary: true }, {}] }]);
    const state = await bench.driver().create(bench.inProject("svm-1", { openstack }));
    bench.simulator.world.svms.update(state.id!, {
      networkAdapters: [groupsOf(servers!.id), groupsOf(management!.id, 0)],
    });

    expect((await read(state))?.openstack?.networks).toMatchObject([
      { id: servers!.id, ports: [{ primary: true }] },
      { id: management!.id, ports: [{ primary: null, securityGroupIds: [project().securityGroups[0]!.id] }] },
    ]);
  });
});

describe("import", () => {
  test("takes over an SVM on a hypervisor without changing it", async () => {
    await start();
    const { vm } = bench.simulator.world.svms.named("svm-old");
    const imported = await bench.driver().import(`${bench.infrastructureId}/${vm.id}`);

    expect(imported).toMatchObject({
      name: "svm-old",
      infrastructureId: bench.infrastructureId,
      imageId: null,
      id: vm.id,
      state: "Enabled",
      host: { id: vm.parentId, storageId: null, networks: [{ id: vm.networkAdapters[0]!.id }] },
      openstack: null,
    });
    const configuration = bench.onHost("svm-old", {
      host: bench.host({ at: 1 }),
      ksc: { address: "ksc.example.test" },
      root: { allowSsh: true, passwordWo: "Root-1" },
    });
    expect(await bench.driver().plan(configuration, imported)).toMatchObject({ action: "update", replacing: [] });
    bench.simulator.requests.clear();
    const adopted = await bench.driver().update(configuration, imported);

    expect(adopted).toMatchObject({ imageId: bench.imageId, ksc: { address: "ksc.example.test" } });
    expect(bench.simulator.requests.all.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(await bench.driver().plan(configuration, adopted)).toMatchObject({ action: "no-op" });
  });

  test("of an SVM whose networks differ reconfigures those", async () => {
    await start();
    const { vm, settings } = bench.simulator.world.svms.named("svm-old");
    const imported = await bench.driver().import(`${bench.infrastructureId}/${vm.id}`);
    const configuration = bench.onHost("svm-old", {
      host: bench.host({ at: 1, networks: [{ primary: true }, {}] }),
      klconfig: { passwordWo: settings.klconfigPassword },
    });

    const adopted = await bench.driver().update(configuration, imported);

    expect(adopted.networkAdapters).toHaveLength(2);
    expect(await bench.driver().plan(configuration, await read(adopted))).toMatchObject({ action: "no-op" });
  });

  test("takes over an SVM in an OpenStack project without replacing it", async () => {
    await start(CLOUD);
    const { vm } = bench.simulator.world.svms.all.find(({ platform }) => platform === bench.cloud)!;
    const imported = await bench.driver().import(`${bench.infrastructureId}/${vm.id}`);

    expect(imported.openstack).toMatchObject({ projectId: vm.parentId, flavorId: null });
    const { volumeTypes, serverGroups } = bench.cloud.projects[0]!;
    const openstack = {
      ...bench.project(vm.networkAdapters.map(({ id }) => ({ id, ports: [{}] }))),
      volumeTypeId: volumeTypes[0]!.id,
      availabilityZone: "nova",
      serverGroupId: serverGroups[0]!.id,
    };
    expect(await bench.driver().plan(bench.inProject(vm.name, { openstack }), imported)).toMatchObject({
      action: "update",
      replacing: [],
    });
  });

  test.each([
    ["no id", () => "svm-1", /<infrastructure id>\/<SVM id>/],
    ["an unknown infrastructure", () => "nowhere/svm-1", /no infrastructure with the id "nowhere"/],
    ["an unknown SVM", () => `${bench.infrastructureId}/nothing`, /no SVM with the id "nothing"/],
    ["an SVM whose id ends with a space", () => `${bench.infrastructureId}/svm-1 `, /no SVM with the id "svm-1 "/],
  ])("of %s says what is wrong", async (_, id, detail) => {
    await start();

    await expect(bench.driver().import(id())).rejects.toMatchObject({ detail: expect.stringMatching(detail) });
  });
});
