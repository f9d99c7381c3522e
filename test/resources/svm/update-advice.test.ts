/** What to do when an SVM could not be changed. */
import type { SvmState } from "../../../src/resources/svm/schema";
import { KLCONFIG, RECONFIGURED, SvmBench } from "./bench";

const KSC = { address: "ksc-2.example.test" };

let bench: SvmBench;
let state: SvmState;
beforeEach(async () => {
  bench = await SvmBench.start();
  state = await bench.driver().create(bench.onHost("svm-1", { klconfig: { ...KLCONFIG, passwordWoVersion: "1" } }));
});
afterEach(() => bench.stop());

const change = (klconfig: object) => bench.driver().update(bench.onHost("svm-1", { ksc: KSC, klconfig }), state);

test("an SVM that has vanished since its change was planned: plan again", async () => {
  bench.simulator.faults.add({ ...RECONFIGURED, fault: { kind: "status", status: 404 }, times: 9 });

  await expect(change({ ...KLCONFIG, passwordWoVersion: "1" })).rejects.toMatchObject({
    summary: expect.stringContaining('Unable to reconfigure the SVM "svm-1"'),
    detail: expect.stringMatching(/Nothing was changed\. Plan again: an SVM that is gone will be deployed\.$/),
  });
});

test("a task that the server forgets leaves open what has changed", async () => {
  bench.simulator.world.tasks.lose({ type: "ConfigMultipleSvm" });

  await expect(change({ ...KLCONFIG, passwordWoVersion: "1" })).rejects.toMatchObject({
    detail: expect.stringMatching(/not known whether the settings have changed\. Apply again/),
  });
});

test("a password of klconfig that the SVM does not have is said to be that", async () => {
  await expect(change({ passwordWo: "Wrong-1", passwordWoVersion: "1" })).rejects.toMatchObject({
    detail: expect.stringMatching(
      /The SVM has another klconfig password than the configured one: set klconfig\.password_wo \(klconfig\.password in CDKTF\) to/,
    ),
  });
});

test("a former password that the SVM does not have is said to be that", async () => {
  const changed = { passwordWo: "Klconfig-2", passwordWoVersion: "2", currentPasswordWo: "Wrong-1" };

  await expect(change(changed)).rejects.toMatchObject({
    detail: expect.stringMatching(
      /If that is what was refused, set klconfig\.current_password_wo \(klconfig\.currentPassword in CDKTF\) to that one;/,
    ),
  });
});
