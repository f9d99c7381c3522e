import { systemClock } from "../../../src/integration-server/waiting/clock";
import { MemoryStore } from "../../../src/journal";
import type { SvmState } from "../../../src/resources/svm/schema";
import type { Fault } from "../../../src/simulator";
import { FakeClock } from "../../support/fake-clock";
import { until } from "../../support/until";
import { base64, CLOUD, DEPLOYED, KLCONFIG, KSC, LISTED, SvmBench } from "./bench";

let bench: SvmBench;
const start = async (...infrastructure: Parameters<typeof SvmBench.start>) => {
  bench = await SvmBench.start(...infrastructure);
};
afterEach(() => bench.stop());

const STATIC = { address: "192.0.2.10", mask: "255.255.255.0", gateway: "192.0.2.1" };
const svms = (name: string) => bench.simulator.world.svms.allNamed(name);
const fail = (parameters: Readonly<Record<string, string>>, message = "no space left") =>
  bench.simulator.world.tasks.failNext({ parameters, message });

describe("create", () => {
  beforeEach(() => start());

  test("deploys the SVM and waits for it", async () => {
    const state = await bench.driver().create(bench.onHost("svm-1"));

    const [{ vm }] = svms("svm-1") as [ReturnType<typeof svms>[number]];
    const [{ id, name }] = bench.vcenter.hosts[0]!.networks as [{ id: string; name: string }];
    expect(state).toEqual({
      name: "svm-1",
      infrastructureId: bench.infrastructureId,
      imageId: bench.imageId,
      localization: "en",
      skipIntegrityCheck: false,
      onExisting: null,
      settingsVersion: null,
      host: expect.objectContaining({ id: bench.vcenter.hosts[0]!.id }),
      openstack: null,
      ksc: { ...KSC, port: 14_000, sslPort: 13_000, language: null },
      dns: null,
      root: { allowSsh: false, passwordWoVersion: null },
      klconfig: { passwordWoVersion: null },
      timeouts: null,
      id: vm.id,
      state: "Enabled",
      svmVersion: "6.2.0.1000",
      ipAddress: expect.stringMatching(/^198\.18\./),
      networkAdapters: [{ id, name, securityGroupIds: [] }],
      runningOn: { id: bench.vcenter.hosts[0]!.id, name: bench.vcenter.hosts[0]!.name },
      taskId: expect.any(String),
    });
  });

  test("sends what is configured, with the types of the documents", async () => {
    const [servers, management] = bench.vcenter.hosts[0]!.networks;
    await bench.driver().create(
      bench.onHost("svm-1", {
        localization: "ru",
        skipIntegrityCheck: true,
        ksc: { address: "ksc.example.test", language: "en" },
        dns: { main: "192.0.2.53" },
        root: { allowSsh: true, passwordWo: "Root-1" },
        host: bench.host({ networks: [{ primary: true, vlanId: 100, static: STATIC }, { primary: false }] }),
      }),
    );

    expect(bench.bodyOf(DEPLOYED)).toEqual({
      threadsCount: "1",
      image: { id: bench.imageId, skipCheckIntegrity: "true", localization: "ru" },
      svms: [
        {
          svmSettings: {
            name: "svm-1",
            ksc: { address: "ksc.example.test", port: "14000", sslPort: "13000", language: "en" },
            users: {
              root: { allowSshAccess: "true", password: base64("Root-1") },
              klconfig: { password: base64(KLCONFIG.passwordWo) },
            },
            dns: { main: "192.0.2.53" },
          },
          deploymentInfo: {
            type: "host",
            target: { infrastructureId: bench.infrastructureId, location: { id: bench.vcenter.hosts[0]!.id } },
          },
          settings: {
            storageId: bench.vcenter.hosts[0]!.storages[0]!.id,
            networks: [
              {
                id: servers!.id,
                vlanId: "100",
                isPrimary: true,
                type: "static",
                ipAddress: "192.0.2.10",
                mask: "255.255.255.0",
                gateway: "192.0.2.1",
              },
              { id: management!.id, isPrimary: false, type: "dynamic" },
            ],
          },
        },
      ],
    });
  });

  test("takes a single network for the primary one", async () => {
    await bench.driver().create(bench.onHost("svm-1"));

    expect(bench.bodyOf(DEPLOYED)).toMatchObject({ svms: [{ settings: { networks: [{ isPrimary: true }] } }] });
  });

  test("knows the address of a static primary network", async () => {
    const host = bench.host({ networks: [{ static: STATIC }] });
    const state = await bench.driver().create(bench.onHost("svm-1", { host, dns: { main: "192.0.2.53" } }));

    expect(state.ipAddress).toBe("192.0.2.10");
  });

  test("logs the task and every step with its progress, what people look for first", async () => {
    const driver = bench.driver();
    const lines = () => driver.infos.map(([, fields]) => fields);
    const upload = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
    const creation = driver.create(bench.onHost("svm-1"));
    await upload.reached;
    await until(() => lines().some((fields) => fields?.["step"] === "UploadSvmImage"));
    upload.release();
    const { taskId } = await creation;

    expect(driver.infos).toContainEqual([
      expect.stringMatching(/^svm-1 on (esx-01|[0-9a-f-]+): deploying$/),
      expect.objectContaining({ task: taskId }),
    ]);
    expect(driver.infos).toContainEqual([
      expect.stringMatching(/^svm-1 on esx-01: [A-Z]\w+ \d+ %$/),
      expect.objectContaining({ svm: "svm-1", progress: expect.any(Number) }),
    ]);
  });

  test("plans no change afterwards", async () => {
    const configuration = bench.onHost("svm-1", { root: { passwordWo: "Root-1", passwordWoVersion: "1" } });
    const state = await bench.driver().create(configuration);

    expect(await bench.driver().plan(configuration, await bench.driver().read(state))).toMatchObject({
      action: "no-op",
    });
  });

  test("of several at a time is one request, and one list before it", async () => {
    bench.simulator.requests.clear();

    await Promise.all(["a", "b", "c"].map((name) => bench.driver().create(bench.onHost(name))));

    expect(bench.simulator.requests.count(DEPLOYED)).toBe(1);
    expect(bench.bodyOf(DEPLOYED)).toMatchObject({ svms: { length: 3 } });
    const asked = bench.simulator.requests.all;
    const isList = ({ method, path }: { method: string; path: string }) =>
      method === "GET" && path.endsWith("/objects");
    const sentAt = asked.findIndex(({ method }) => method === "POST");
    // One for all plans, and one that began when it was clear who goes together.
    expect(asked.slice(0, sentAt).filter(isList)).toHaveLength(2);
    // Afterwards one that names the hypervisor, and one each for SVMs whose ends are seen by different looks.
    expect(asked.slice(sentAt).filter(isList).length).toBeLessThanOrEqual(4);
  });

  test("of one bad SVM among others fails alone, with the step and the server's message", async () => {
    fail({ deployStepName: "UploadSvmImage", svmName: "b" });

    const driver = bench.driver();
    const outcomes = await Promise.allSettled(["a", "b", "c"].map((name) => driver.create(bench.onHost(name))));

    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(outcomes[1]).toMatchObject({
      reason: {
        summary: `Unable to deploy the SVM "b" on esx-01 ("${bench.vcenter.hosts[0]!.id}") of vcenter.example.test ("${bench.infrastructureId}")`,
        detail: expect.stringMatching(/UploadSvmImage.*no space left.*No SVM was left behind/s),
      },
    });
    expect(driver.errors).toEqual([expect.stringMatching(/^b on esx-01: deploying has failed: .*no space left/)]);
  });

  test("of a name that exists says how to import it, and sends nothing", async () => {
    const { id } = await bench.driver().create(bench.onHost("svm-1"));

    await expect(bench.driver().create(bench.onHost("svm-1"))).rejects.toMatchObject({
      detail: expect.stringContaining(`terraform import ADDRESS ${bench.infrastructureId}/${id}`),
    });
    expect(bench.simulator.requests.count(DEPLOYED)).toBe(1);
  });

  test("of the same name on another hypervisor is another SVM", async () => {
    await bench.driver().create(bench.onHost("svm-1"));
    await bench.driver().create(bench.onHost("svm-1", { host: bench.host({ at: 1 }) }));

    expect(svms("svm-1")).toHaveLength(2);
  });
});

describe("create in OpenStack", () => {
  beforeEach(() => start(CLOUD));

  test("sends what is configured, with the types of the documents", async () => {
    const { id, networks, flavors, volumeTypes, serverGroups, securityGroups } = bench.cloud.projects[0]!;
    const configuration = bench.inProject("svm-1", {
      dns: { main: "192.0.2.53", alternative: "192.0.2.54" },
      openstack: {
        ...bench.project([
          {
            id: networks[0]!.id,
            ports: [
              {
                primary: true,
                static: { addresses: ["192.0.2.20", "192.0.2.21"], mask: "255.255.255.0", gateway: "192.0.2.1" },
                vlanId: 7,
                portSecurityEnabled: true,
                securityGroupIds: [securityGroups[0]!.id],
              },
              { portSecurityEnabled: false },
            ],
          },
        ]),
        volumeTypeId: volumeTypes[0]!.id,
        availabilityZone: "nova",
        serverGroupId: serverGroups[0]!.id,
      },
    });
    const state = await bench.driver().create(configuration);

    expect(bench.bodyOf(DEPLOYED)).toMatchObject({
      svms: [
        {
          deploymentInfo: {
            type: "openstackProject",
            target: { infrastructureId: bench.infrastructureId, location: { id } },
          },
          settings: {
            flavorId: flavors[1]!.id,
            volumeTypeId: volumeTypes[0]!.id,
            availabilityZoneName: "nova",
            serverGroupId: serverGroups[0]!.id,
            networks: [
              {
                id: networks[0]!.id,
                ports: [
                  {
                    isPrimary: true,
                    type: "static",
                    ipAddresses: ["192.0.2.20", "192.0.2.21"],
                    mask: "255.255.255.0",
                    gateway: "192.0.2.1",
                    vlanId: "7",
                    portSecurityEnabled: true,
                    securityGroupIds: [securityGroups[0]!.id],
                  },
                  { isPrimary: false, type: "dynamic", portSecurityEnabled: false },
                ],
              },
            ],
          },
        },
      ],
    });
    expect(state).toMatchObject({ ipAddress: "192.0.2.20", state: "Enabled" });
    expect(await bench.driver().plan(configuration, await bench.driver().read(state))).toMatchObject({
      action: "no-op",
    });
  });
});

describe("a deployment that ends badly", () => {
  beforeEach(() => start());

  test.each(["Failed", "Cancelled", "Stopped"] as const)(
    "as %s before there is an SVM leaves no state",
    async (state) => {
      const driver = bench.driver();
      const parameters = { deployStepName: "UploadSvmImage", svmName: "svm-1" };
      if (state === "Failed") fail(parameters);
      else bench.simulator.world.tasks.stopNext({ parameters, state });

      await expect(driver.create(bench.onHost("svm-1"))).rejects.toMatchObject({
        detail: expect.stringMatching(new RegExp(`${state}.*No SVM was left behind`, "s")),
      });
      expect(driver.saved).toBeUndefined();
      expect(svms("svm-1")).toEqual([]);
    },
  );

  test.each(["Failed", "Cancelled", "Stopped"] as const)("as %s after there is an SVM keeps it", async (state) => {
    const driver = bench.driver();
    const parameters = { deployStepName: "StartSvm", svmName: "svm-1" };
    if (state === "Failed") fail(parameters);
    else bench.simulator.world.tasks.stopNext({ parameters, state });

    await expect(driver.create(bench.onHost("svm-1"))).rejects.toMatchObject({
      detail: expect.stringMatching(/StartSvm.*tainted.*terraform untaint/s),
    });
    expect(driver.saved).toMatchObject({ id: svms("svm-1")[0]!.vm.id, taskId: expect.any(String) });
  });

  test("keeps what may exist when the task cannot be followed any more", async () => {
    const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
    bench.simulator.world.tasks.lose({ type: "DeployMultipleSvm" });
    const driver = bench.driver();

    await expect(driver.create(bench.onHost("svm-1"))).rejects.toMatchObject({
      detail: expect.stringMatching(/not known \(task .*tainted/s),
    });
    hold.release();
    expect(driver.saved).toMatchObject({ id: null, taskId: expect.any(String) });
  });

  test("keeps what may exist when nobody can look for remains", async () => {
    fail({ deployStepName: "UploadSvmImage" });
    bench.simulator.faults.add({
      ...LISTED,
      fault: { kind: "status", status: 500 },
      skip: 2,
      times: Number.POSITIVE_INFINITY,
    });
    const driver = bench.driver();

    await expect(driver.create(bench.onHost("svm-1"))).rejects.toMatchObject({
      detail: expect.stringMatching(/no space left.*not known.*tainted/s),
    });
    expect(driver.saved).toMatchObject({ id: null, taskId: expect.any(String) });
  });

  test("that the server refuses leaves no state", async () => {
    const driver = bench.driver();

    await expect(driver.create(bench.onHost("svm-1", { imageId: "no-such-image" }))).rejects.toMatchObject({
      summary: expect.stringContaining('Unable to deploy the SVM "svm-1"'),
      detail: expect.stringContaining("there is no image no-such-image"),
    });
    expect(driver.saved).toBeUndefined();
  });

  test("does not fail because the new SVM cannot be looked at", async () => {
    bench.simulator.faults.add({
      ...LISTED,
      fault: { kind: "status", status: 500 },
      skip: 2,
      times: Number.POSITIVE_INFINITY,
    });

    const state = await bench.driver().create(bench.onHost("svm-1"));

    expect(state).toMatchObject({ id: svms("svm-1")[0]!.vm.id, state: null, networkAdapters: null });
    bench.simulator.faults.clear();
    expect(await bench.driver().read(state)).toMatchObject({ state: "Enabled", svmVersion: "6.2.0.1000" });
  });
});

describe("an interrupted deployment", () => {
  let interrupt: AbortController;
  beforeEach(async () => {
    await start();
    interrupt = new AbortController();
  });

  const interruptedAt = async (deployStepName: string) => {
    const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName } });
    const driver = bench.driver(interrupt.signal);
    const creation = driver.create(bench.onHost("svm-1"));
    await hold.reached;
    interrupt.abort(new Error("interrupted"));
    await expect(creation).rejects.toMatchObject({ detail: expect.stringMatching(/goes on as task .*tainted/s) });
    return { hold, driver, tainted: bench.tainted(driver, bench.onHost("svm-1")) };
  };

  test("keeps the task, so that a refresh waits for nothing and loses nothing", async () => {
    const { tainted } = await interruptedAt("UploadSvmImage");

    expect(tainted).toMatchObject({ name: "svm-1", id: null, taskId: expect.any(String) });
    expect(await bench.driver().read(tainted)).toEqual(tainted);
  });

  test("is found by its task when it has ended", async () => {
    const { hold, tainted } = await interruptedAt("UploadSvmImage");
    hold.release();
    await bench.simulator.world.tasks.settled(tainted.taskId!);

    expect(await bench.driver().read(tainted)).toMatchObject({ id: svms("svm-1")[0]!.vm.id, state: "Enabled" });
  });

  test("is removed as soon as its deployment has ended", async () => {
    const { hold, tainted } = await interruptedAt("UploadSvmImage");
    const removal = bench.driver().delete(tainted);
    hold.release();
    await removal;

    expect(svms("svm-1")).toEqual([]);
  });

  test("is gone when its deployment has failed", async () => {
    const { hold, tainted } = await interruptedAt("UploadSvmImage");
    fail({ deployStepName: "UploadSvmImage", svmName: "svm-1" });
    hold.release();
    await bench.simulator.world.tasks.settled(tainted.taskId!);

    expect(await bench.driver().read(tainted)).toBeNull();
    await expect(bench.driver().delete(tainted)).resolves.toBeUndefined();
  });

  test("whose task the server forgets as soon as it ends is taken for what runs under its name", async () => {
    const driver = bench.driver();
    const creation = driver.create(bench.onHost("svm-1"));
    await until(() => svms("svm-1")[0]?.vm.state === "Enabled");
    bench.simulator.faults.add({
      ...{ method: "GET", path: "*/tasks/*", times: Number.POSITIVE_INFINITY },
      fault: { kind: "status", status: 404 },
    });

    expect(await creation).toMatchObject({ id: svms("svm-1")[0]!.vm.id, state: "Enabled" });
    expect(driver.warnings).toMatchObject([{ summary: expect.stringContaining("was not seen") }]);
  });

  test("is found by its name when the server has forgotten the task", async () => {
    const { hold, tainted } = await interruptedAt("UploadSvmImage");
    hold.release();
    await bench.simulator.world.tasks.settled(tainted.taskId!);
    bench.simulator.world.tasks.lose({ type: "DeployMultipleSvm" });

    expect(await bench.driver().read(tainted)).toMatchObject({ id: svms("svm-1")[0]!.vm.id });
  });

  test("that was not sent yet leaves no state", async () => {
    interrupt.abort(new Error("interrupted"));
    const driver = bench.driver(interrupt.signal);

    await expect(driver.create(bench.onHost("svm-1"))).rejects.toThrow("interrupted");
    expect(driver.saved).toBeUndefined();
    expect(bench.simulator.requests.count(DEPLOYED)).toBe(0);
  });
});

describe("a lost answer", () => {
  beforeEach(() => start());

  test.each<Fault>([{ kind: "dropAfter" }, { kind: "truncated" }, { kind: "status", status: 504, handled: true }])(
    "($kind) to a request that was taken: the SVM is found",
    async (fault) => {
      bench.simulator.faults.add({ ...DEPLOYED, fault });
      const driver = bench.driver();

      const state = await driver.create(bench.onHost("svm-1"));

      expect(state).toMatchObject({ id: svms("svm-1")[0]!.vm.id, state: "Enabled", taskId: null });
      expect(driver.warnings).toMatchObject([{ summary: expect.stringContaining('"svm-1" was lost') }]);
      expect(bench.simulator.requests.count(DEPLOYED)).toBe(1);
    },
  );

  test("to a request after which no SVM appears names the SVM, and says that the next apply looks again", async () => {
    bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropAfter" } });
    const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
    const driver = bench.patientRun();

    await expect(driver.create(bench.onHost("svm-1"))).rejects.toMatchObject({
      summary: expect.stringContaining('SVM "svm-1" on hypervisor'),
      detail: expect.stringMatching(/answer was lost.*No SVM of this name has appeared.*cdktf-ksvla journal forget/s),
    });
    expect(driver.saved).toBeUndefined();
    expect(bench.simulator.requests.count(DEPLOYED)).toBe(1);
    hold.release();
  });

  test("to a request whose task the server lists is made up for by that", async () => {
    bench.simulator.habits.taskList = "2.0";
    bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropAfter" } });
    const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
    const driver = bench.driver();

    const creation = driver.create(bench.onHost("svm-1"));
    await until(() => bench.simulator.requests.count({ path: "/api/2.0/virtualization/tasks", status: 200 }) > 0);
    hold.release();
    const state = await creation;

    expect(state).toMatchObject({ id: svms("svm-1")[0]!.vm.id, taskId: expect.any(String) });
    expect(driver.warnings).toEqual([]);
    expect(bench.simulator.requests.count(DEPLOYED)).toBe(1);
  });

  test("to a request that the server's list of tasks does not know is given up after a minute, and made again by the next apply", async () => {
    bench.simulator.habits.taskList = "2.0";
    await bench.driver().create(bench.onHost("svm-0"));
    bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropBefore" } });
    const store = new MemoryStore();
    const clock = FakeClock.skipping();

    await expect(bench.runWith(store, { clock }).create(bench.onHost("svm-1"))).rejects.toMatchObject({
      detail: expect.stringMatching(/answer was lost.*list of tasks shows none.*Apply again/s),
    });
    expect(clock.now()).toBeLessThan(120_000);

    const next = FakeClock.skipping();
    await bench.runWith(store, { later: 120_000, clock: next }).create(bench.onHost("svm-1"));
    expect([svms("svm-1").length, bench.simulator.requests.count(DEPLOYED)]).toEqual([1, 3]);
  });

  test("and an interruption keep the SVM by its name", async () => {
    bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropAfter" } });
    const interrupt = new AbortController();
    const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "StartSvm" } });
    const driver = bench.driver(interrupt.signal);
    const creation = driver.create(bench.onHost("svm-1"));
    await hold.reached;
    interrupt.abort(new Error("interrupted"));

    await expect(creation).rejects.toMatchObject({ detail: expect.stringContaining("tainted") });
    const tainted = bench.tainted(driver, bench.onHost("svm-1"));
    hold.release();
    await bench.driver().delete(tainted);
    expect(svms("svm-1")).toEqual([]);
  });
});

describe("a task that names a foreign machine", () => {
  test.each([true, false])(
    "misleads nobody: the SVM is the one of its name in its place (%s: an SVM)",
    async (isAnSvm) => {
      await start();
      const machine = bench.vcenter.vms.find(({ isSvm }) => isSvm === isAnSvm)!;
      bench.simulator.faults.add({
        path: "*/virtualization/tasks/*",
        times: 999,
        fault: { kind: "foreignSvm", machine: machine.id },
      });

      const state = await bench.driver().create(bench.onHost("svm-1"));

      expect(state.id).toBe(svms("svm-1")[0]!.vm.id);
    },
  );
});

describe("lists that lag behind", () => {
  /** A client whose seconds are the server's: a period is 50 ms. */
  const hasty = { clock: systemClock, batchTiming: { quiet: 10, longest: 100, grace: 200 }, pollInterval: 20 };
  beforeEach(async () => {
    await start();
    bench.simulator.habits.lists = "lagging";
    bench.simulator.habits.updatePeriodSeconds = 50;
  });

  test("have nobody deploy an SVM twice", async () => {
    const state = await bench.nextRun(hasty).create(bench.onHost("svm-1"));
    const { warnings, ...next } = await readAgain(state);

    expect(next).toMatchObject({ id: state.id, name: "svm-1" });
    expect(warnings).toEqual([]);
  });

  test("have nobody forget to remove an SVM", async () => {
    const state = await bench.nextRun(hasty).create(bench.onHost("svm-1"));
    await bench.nextRun(hasty).delete(state);

    expect(svms("svm-1")).toEqual([]);
  });

  const readAgain = async (state: SvmState) => {
    const driver = bench.nextRun(hasty);
    return { ...(await driver.read(state)), warnings: driver.warnings };
  };
});
