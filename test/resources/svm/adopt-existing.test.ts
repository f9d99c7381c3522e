/** `on_existing = "adopt"`: an SVM that is there already is taken over, or nothing is. */
import { MemoryStore } from "../../../src/journal";
import { svm } from "../../../src/resources/svm";
import { clientFor } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";
import { DEPLOYED, RECONFIGURED, SvmBench, type SvmDriver } from "./bench";

/** That of the simulator's SVMs which are there from the start. */
const KLCONFIG = { passwordWo: "Klconfig-Passw0rd" };

let bench: SvmBench;
let store: MemoryStore;

beforeEach(async () => {
  bench = await SvmBench.start();
  store = new MemoryStore();
});
afterEach(() => bench.stop());

function run(signal?: AbortSignal): SvmDriver {
  return new ResourceDriver(svm, clientFor(SvmBench.clientOf(bench.simulator), { store }), signal);
}

const configured = (others = {}) => bench.onHost("svm-1", { onExisting: "adopt", klconfig: KLCONFIG, ...others });
const svms = () => bench.simulator.world.svms.allNamed("svm-1");
const count = (request: { readonly method: string; readonly path: string }) => bench.simulator.requests.count(request);
const byHand = (svmVersion = "6.2.0.1000") =>
  bench.simulator.addSvm({ name: "svm-1", on: bench.vcenter.hosts[0]!.id, svmVersion });
const entries = () => store.names().filter((name) => name.startsWith("svm-"));

test("an SVM that was made by hand is sent all settings and taken over", async () => {
  const id = byHand();

  const driver = run();
  const state = await driver.create(configured({ ksc: { address: "ksc.example.test" }, dns: { main: "192.0.2.53" } }));
  expect(state).toMatchObject({ id, taskId: null, onExisting: "adopt", ksc: { address: "ksc.example.test" } });
  expect([count(DEPLOYED), count(RECONFIGURED)]).toEqual([0, 1]);
  expect(svms()[0]?.settings).toMatchObject({ dns: { main: "192.0.2.53" } });
  expect(driver.warnings[0]).toMatchObject({ detail: expect.stringContaining("taken on trust") });
  expect(entries()).toEqual([]);
});

test("where there is none, one is deployed", async () => {
  await run().create(configured());
  expect([count(DEPLOYED), count(RECONFIGURED)]).toEqual([1, 0]);
});

test.each([undefined, "refuse"])("nothing is taken over with %s", async (onExisting) => {
  byHand();

  await expect(run().create(configured({ onExisting }))).rejects.toMatchObject({
    detail: expect.stringContaining("terraform import"),
  });
  expect(count(RECONFIGURED)).toBe(0);
});

describe("is refused, and leaves no state:", () => {
  async function refused(driver: SvmDriver, detail: RegExp, others = {}) {
    await expect(driver.create(configured(others))).rejects.toMatchObject({ detail: expect.stringMatching(detail) });
    expect(driver.saved).toBeUndefined();
    expect(count(DEPLOYED)).toBe(0);
    expect(svms()).toHaveLength(1);
  }

  test("what a state of this workspace holds, such as its own predecessor", async () => {
    const id = byHand();
    run().stored({ ...configured(), id });

    await refused(run(), /The state of this configuration has it already.*journal forget memory\/held/s);
    expect(count(RECONFIGURED)).toBe(0);
  });

  test("what another resource of the same run has taken over", async () => {
    byHand();
    const driver = run();
    await driver.create(configured());

    await expect(driver.create(configured())).rejects.toMatchObject({
      detail: expect.stringContaining("Another resource of this configuration has it."),
    });
    expect(count(RECONFIGURED)).toBe(1);
  });

  test("what has another version than the image", async () => {
    byHand("6.1.0.900");
    store.append(
      "held",
      JSON.stringify({
        kind: "image",
        server: bench.simulator.address,
        id: bench.imageId,
        facts: { svmVersion: "6.2.0.1000" },
      }),
    );

    await refused(run(), /has the version 6\.1\.0\.900, while the image has 6\.2\.0\.1000\. Nothing was changed/);
    expect(count(RECONFIGURED)).toBe(0);
  });

  test("what the klconfig password does not open", async () => {
    byHand();
    await refused(run(), /refused the password.*nothing was changed.*may have been: ksc, root, klconfig, networks/s, {
      klconfig: { passwordWo: "Wr0ng" },
    });
  });

  test("what the server refuses to reconfigure", async () => {
    byHand();
    bench.simulator.faults.add({ ...RECONFIGURED, fault: { kind: "status", status: 403 } });
    await refused(run(), /Nothing was changed/);
  });

  test("what an interruption leaves half done", async () => {
    byHand();
    const interrupt = new AbortController();
    const hold = bench.simulator.world.tasks.hold({ parameters: { deployStepName: "ConfigureSvm" } });
    const driver = run(interrupt.signal);
    const creation = driver.create(configured());
    void hold.reached.then(() => interrupt.abort(new Error("interrupted")));

    await expect(creation).rejects.toMatchObject({ detail: expect.stringContaining("may have been: ksc") });
    expect(driver.saved).toBeUndefined();
    hold.release();
  });
});

test("changing it later does nothing", async () => {
  const { onExisting: _, ...without } = configured();
  const state = await run().create(without);

  expect(await run().plan(configured(), state)).toMatchObject({ action: "update" });
  expect(await run().update(configured(), state)).toMatchObject({ onExisting: "adopt" });
  expect(count(RECONFIGURED)).toBe(0);
});
