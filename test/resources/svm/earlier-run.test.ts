/** What an earlier run has begun to deploy and did not live to tell Terraform. */
import { MemoryStore } from "../../../src/journal";
import { FakeClock } from "../../support/fake-clock";
import { until } from "../../support/until";
import { CLOUD, DEPLOYED, RECONFIGURED, type Run, SvmBench } from "./bench";

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

let bench: SvmBench;
let store: MemoryStore;

const start = async (...infrastructure: Parameters<typeof SvmBench.start>) => {
  bench = await SvmBench.start(...infrastructure);
  store = new MemoryStore();
};
afterEach(() => bench.stop());

const run = (options?: Run) => bench.runWith(store, options);

const svms = (name = "svm-1") => bench.simulator.world.svms.allNamed(name);
const entries = () => store.names().filter((name) => name.startsWith("svm-"));
const deployments = () => bench.simulator.requests.count(DEPLOYED);
const reconfigurations = () => bench.simulator.requests.count(RECONFIGURED);
const configured = (others = {}) => bench.onHost("svm-1", others);
const entryText = () => {
  const found = store.read(entries()[0]!);
  return found !== undefined && "text" in found ? found.text : "";
};

/** As a run leaves it that was ended from outside: interrupted, and with nobody to take the state. */
async function killedRun(step: string, ends: () => void = () => {}, configuration = configured()): Promise<void> {
  const kill = new AbortController();
  const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: step } });
  const creation = run({ signal: kill.signal }).create(configuration);
  await hold.reached;
  await until(() => entryText().includes("taskId"));
  kill.abort(new Error("killed"));
  await expect(creation).rejects.toThrow();
  // What is killed does not come to note how it has left things.
  const { left: _, ...entry } = JSON.parse(entryText());
  store.write(entries()[0]!, JSON.stringify(entry));
  ends();
  hold.release();
}

/** A run that was killed while its request was not answered. */
async function unansweredRun(): Promise<{ release(): void }> {
  bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropAfter" } });
  const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
  await expect(run({ clock: FakeClock.skipping() }).create(configured())).rejects.toThrow();
  return hold;
}

describe("on a hypervisor", () => {
  beforeEach(() => start());

  test.each(["UploadSvmImage", "StartSvm"])(
    "a deployment that was killed in %s is awaited and taken over",
    async (step) => {
      await killedRun(step);

      const driver = run();
      const state = await driver.create(configured());
      const [{ vm }] = svms() as [ReturnType<typeof svms>[number]];
      expect(state).toMatchObject({ id: vm.id, state: "Enabled", taskId: expect.any(String), name: "svm-1" });
      expect([deployments(), reconfigurations(), svms().length]).toEqual([1, 0, 1]);
      expect(driver.warnings).toEqual([
        {
          summary: expect.stringMatching(/^The SVM "svm-1" .* was taken over from an earlier run$/),
          detail: expect.stringMatching(
            new RegExp(
              `memory/${entries()[0]}.*${bench.infrastructureId}/${vm.id}.*journal forget memory/${entries()[0]}`,
            ),
          ),
        },
      ]);
    },
  );

  test("one that was interrupted is removed and deployed anew, also where only its task was known", async () => {
    const interrupt = new AbortController();
    const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
    const interrupted = run({ signal: interrupt.signal });
    const creation = interrupted.create(configured());
    await hold.reached;
    await until(() => entryText().includes("taskId"));
    interrupt.abort(new Error("interrupted"));
    await expect(creation).rejects.toThrow();
    hold.release();
    const tainted = bench.tainted(interrupted, configured());
    const plan = run();
    plan.stored(tainted);
    const refreshed = (await plan.read(tainted))!;
    await plan.plan(configured());
    const apply = run();

    await apply.delete(refreshed);

    expect(entries()).toEqual([]);
    expect(await apply.create(configured())).toMatchObject({ state: "Enabled" });
    expect(svms()).toHaveLength(1);
  });

  test("one that has ended, and whose state was not stored, is taken over as often as it takes", async () => {
    const { id } = await run().create(configured());

    expect(await run().create(configured())).toMatchObject({ id });
    const state = await run().create(configured());
    expect(deployments()).toBe(1);

    run().stored(state);
    expect(entries()).toEqual([]);
  });

  test("one with other settings is taken over, and all settings are sent", async () => {
    await run().create(configured());

    const changed = configured({ ksc: { address: "other.example.test" } });
    const driver = run();
    expect(await driver.create(changed)).toMatchObject({ ksc: { address: "other.example.test" } });
    expect([deployments(), reconfigurations()]).toEqual([1, 1]);
    expect(bench.bodyOf(RECONFIGURED)).toMatchObject({ svms: [{ svmSettings: expect.anything() }] });
    expect(driver.warnings[0]?.detail).toContain("It was sent all settings.");
  });

  test("one whose other settings cannot be sent is saved with an error, and is not what is removed first then", async () => {
    await run().create(configured());
    bench.simulator.world.tasks.failNext({ type: "ConfigSvm", message: "the SVM does not answer" });

    const changed = configured({ ksc: { address: "other.example.test" } });
    const driver = run();
    await expect(driver.create(changed)).rejects.toMatchObject({
      summary: expect.stringMatching(/^Unable to reconfigure the SVM "svm-1" .*which an earlier run has deployed/),
      detail: expect.stringMatching(/the SVM does not answer.*terraform untaint/s),
    });
    expect(driver.saved).toMatchObject({ id: svms()[0]!.vm.id });

    const planning = run();
    planning.stored({ ...bench.tainted(driver, configured()) });
    await planning.plan(changed);
    await expect(run().create(changed)).rejects.toMatchObject({
      detail: expect.stringMatching(/may protect.*terraform untaint.*-target/s),
    });
    expect([deployments(), svms().length]).toEqual([1, 1]);
  });

  test("one that nobody can look at is not deployed again: the error says why", async () => {
    const { id } = await run().create(configured());
    await bench.removeAndDisconnect(id!);

    await expect(run({ clock: FakeClock.skipping() }).create(configured())).rejects.toMatchObject({
      detail: expect.stringMatching(/journal shows.*not connected.*Nothing was deployed/s),
    });
    expect(deployments()).toBe(1);
  });

  test("one with another storage or image is saved with an error", async () => {
    await run().create(configured());

    const driver = run();
    await expect(driver.create(configured({ imageId: "another" }))).rejects.toMatchObject({
      summary: expect.stringContaining("was made with other settings"),
      detail: expect.stringContaining("terraform untaint"),
    });
    expect(driver.saved).toMatchObject({ id: svms()[0]!.vm.id });
    expect(deployments()).toBe(1);
  });

  test("one that has failed and left nothing behind is deployed anew", async () => {
    await killedRun("UploadSvmImage", () =>
      bench.simulator.world.tasks.failNext({ parameters: { deployStepName: "UploadSvmImage" }, message: "no space" }),
    );

    expect(await run().create(configured())).toMatchObject({ state: "Enabled" });
    expect([deployments(), svms().length]).toEqual([2, 1]);
  });

  test("one that has failed and left an SVM behind is saved with an error", async () => {
    await killedRun("StartSvm", () =>
      bench.simulator.world.tasks.failNext({ parameters: { deployStepName: "StartSvm" }, message: "no memory" }),
    );

    const driver = run();
    await expect(driver.create(configured())).rejects.toMatchObject({ detail: expect.stringContaining("tainted") });
    expect(driver.saved).toMatchObject({ id: svms()[0]!.vm.id });
    expect(deployments()).toBe(1);
  });

  test("one that is gone is deployed anew", async () => {
    const { id, taskId } = await run().create(configured());
    bench.simulator.world.svms.remove(id!);
    bench.simulator.faults.add({
      ...{ method: "GET", path: `*/tasks/${taskId}`, times: Number.POSITIVE_INFINITY },
      fault: { kind: "status", status: 404 },
    });

    expect((await run().create(configured())).id).not.toBe(id);
    expect([deployments(), svms().length]).toEqual([2, 1]);
  });

  test("one that was deployed minutes ago and is not listed is not deployed again: the error names the entry", async () => {
    const { id } = await run().create(configured());
    bench.simulator.world.svms.remove(id!);

    await expect(run().create(configured())).rejects.toMatchObject({
      detail: expect.stringMatching(/does not list it yet.*cdktf-ksvla journal forget memory\/svm-/),
    });
    expect(deployments()).toBe(1);
  });

  test.each([404, 400])("a task that the server does not know any more (%d) stops nothing", async (status) => {
    await killedRun("StartSvm");
    const task = { method: "GET", path: "*/virtualization/tasks/*" };
    bench.simulator.faults.add({ ...task, fault: { kind: "status", status }, times: 2 });

    expect(await run().create(configured())).toMatchObject({ id: svms()[0]!.vm.id });
    expect(deployments()).toBe(1);
  });

  test("after a week none is taken over: the error names the entry and the import id", async () => {
    const { id } = await run().create(configured());

    const detail = new RegExp(`memory/svm-.*terraform import ADDRESS ${bench.infrastructureId}/${id}`);
    await expect(run({ later: WEEK + 1_000 }).create(configured())).rejects.toMatchObject({
      detail: expect.stringMatching(detail),
    });
    expect(deployments()).toBe(1);
  });

  test("what another stack has begun is not taken over, nor what was made by hand", async () => {
    await run({ stack: "other" }).create(configured());

    await expect(run().create(configured())).rejects.toMatchObject({
      detail: expect.stringContaining("already exists"),
    });
  });

  test("what a state holds is not taken over", async () => {
    const state = await run().create(configured());
    store.append(
      "held",
      JSON.stringify({
        kind: "svm",
        server: bench.simulator.address,
        id: `${bench.infrastructureId}/${state.id}`,
        workspace: "default",
        stack: "other",
      }),
    );

    await expect(run().create(configured())).rejects.toMatchObject({
      detail: expect.stringMatching(
        /"default" of other has it, as memory\/held shows.*cdktf-ksvla journal forget memory\/held/,
      ),
    });
  });

  describe("a request whose answer nobody knows", () => {
    test("is not made again: the SVM is taken over when it appears", async () => {
      const hold = await unansweredRun();
      hold.release();

      expect(await run().create(configured())).toMatchObject({ id: svms()[0]!.vm.id, state: "Enabled" });
      expect(deployments()).toBe(1);
    });

    test("is awaited where the server lists its task", async () => {
      const hold = await unansweredRun();
      bench.simulator.habits.taskList = "3.0";

      const next = run({ clock: FakeClock.skipping() }).create(configured());
      await until(() => entryText().includes("taskId"));
      hold.release();
      expect(await next).toMatchObject({ id: svms()[0]!.vm.id, taskId: expect.any(String) });
      expect(deployments()).toBe(1);
    });

    test("and that was interrupted is taken over, although the state has it without an id", async () => {
      bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropAfter" } });
      const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
      const interrupt = new AbortController();
      const driver = run({ signal: interrupt.signal });
      const creation = driver.create(configured());
      await hold.reached;
      interrupt.abort(new Error("interrupted"));
      await expect(creation).rejects.toMatchObject({
        detail: expect.stringMatching(/without an id\. The next apply takes it over .*memory\/svm-/),
      });
      const tainted = bench.tainted(driver, configured());
      hold.release();
      await until(() => svms()[0]?.vm.state === "Enabled");

      const next = run();
      next.stored(tainted);
      expect(await next.read(tainted)).toBeNull();
      expect(await next.create(configured())).toMatchObject({ id: svms()[0]!.vm.id });
      expect([deployments(), svms().length]).toEqual([1, 1]);
    });

    test("is not made again as long as the SVM may appear: the error names the entry", async () => {
      const hold = await unansweredRun();

      await expect(run({ clock: FakeClock.skipping() }).create(configured())).rejects.toMatchObject({
        detail: expect.stringMatching(/has appeared.*Apply again, or after .*cdktf-ksvla journal forget memory\/svm-/),
      });
      expect(deployments()).toBe(1);
      hold.release();
    });

    test("is looked for once by a run that comes ten minutes later: somebody has waited by then", async () => {
      const hold = await unansweredRun();
      const clock = FakeClock.skipping();
      const later = run({ clock, later: 601_000 });

      await expect(later.create(configured())).rejects.toMatchObject({
        detail: expect.stringContaining("has appeared"),
      });
      expect(clock.now()).toBeLessThan(60_000);
      hold.release();
    });

    test("is waited for until it would have timed out when that is near, and made again then", async () => {
      bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropBefore" } });
      await expect(run({ clock: FakeClock.skipping() }).create(configured())).rejects.toThrow();
      const clock = FakeClock.skipping();
      const start = Date.now() + HOUR - 300_000;

      await run({ clock, now: () => start + clock.now() }).create(configured());
      expect(clock.now()).toBeGreaterThan(290_000);
      expect([deployments(), svms().length]).toEqual([2, 1]);
    });

    test("is made again when it would have timed out", async () => {
      bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropBefore" } });
      await expect(run({ clock: FakeClock.skipping() }).create(configured())).rejects.toThrow();

      await run({ later: HOUR + 1_000 }).create(configured());
      expect([deployments(), svms().length]).toEqual([2, 1]);
    });

    test("does not take over what appeared later than it would have timed out", async () => {
      const hold = await unansweredRun();
      hold.release();
      await until(() => svms()[0]?.vm.state === "Enabled");

      await expect(run({ later: HOUR + 1_000 }).create(configured())).rejects.toMatchObject({
        detail: expect.stringContaining("already exists"),
      });
    });
  });

  test("a deployment that is refused, or has not left, is in no journal", async () => {
    bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "status", status: 400 } });
    await expect(run().create(configured())).rejects.toThrow();
    expect(entries()).toEqual([]);

    await run({ stack: "other" }).create(configured());
    await expect(run().create(configured())).rejects.toThrow("already exists");
    expect(entries()).toHaveLength(1);
  });

  test("nothing leaves when it cannot be written down", async () => {
    store.write = () => {
      throw new Error("no space left on device");
    };

    await expect(run().create(configured())).rejects.toMatchObject({
      detail: expect.stringContaining("no space left"),
    });
    expect(deployments()).toBe(0);
  });

  test("the journal forgets what was stored by its task, removed, or found gone", async () => {
    await killedRun("UploadSvmImage");
    const { taskId } = JSON.parse(entryText());
    run().stored({ ...configured(), taskId });
    expect(entries()).toEqual([]);
    await until(() => svms()[0]?.vm.state === "Enabled");
    bench.simulator.world.svms.remove(svms()[0]!.vm.id);

    await run().delete(await run().create(configured()));
    expect(entries()).toEqual([]);

    const gone = await run().create(configured());
    bench.simulator.world.svms.remove(gone.id!);
    expect(await run().read(gone)).toBeNull();
    expect(entries()).toEqual([]);
  });
});

describe("in OpenStack", () => {
  beforeEach(() => start(CLOUD));

  test("a deployment that was killed is taken over, whatever its parent is", async () => {
    bench.simulator.habits.openstackSvmParent = "hypervisor";
    await killedRun("StartSvm", () => {}, bench.inProject("svm-1"));

    expect(await run().create(bench.inProject("svm-1"))).toMatchObject({ id: svms()[0]!.vm.id });
    expect(deployments()).toBe(1);
  });
});
