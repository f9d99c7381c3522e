/** `settings_version`: all settings are sent again, whatever is known of the SVM. */
import type { SvmState } from "../../../src/resources/svm/schema";
import { UNKNOWN } from "../../../src/terraform";
import { base64, KLCONFIG, RECONFIGURED, SvmBench } from "./bench";

type Values = Readonly<Record<string, unknown>>;
interface Sent {
  readonly svmSettings: object;
  readonly deploymentInfo: { readonly settings?: unknown };
}

const DNS = { main: "192.0.2.53" };
const ROOT = { allowSsh: true, passwordWo: "Root-1" };

let bench: SvmBench;
beforeEach(async () => {
  bench = await SvmBench.start();
});
afterEach(() => bench.stop());

const svm = (others: Values = {}) => bench.onHost("svm-1", { dns: DNS, root: ROOT, ...others });
const created = (others: Values = {}) => bench.driver().create(svm(others));
const sent = () => (bench.bodyOf(RECONFIGURED) as { readonly svms: readonly Sent[] }).svms[0]!;
const everything = () => ({
  svmSettings: {
    password: base64(KLCONFIG.passwordWo),
    ksc: { address: "ksc.example.test", port: "14000", sslPort: "13000" },
    users: { root: { allowSshAccess: "true", password: base64("Root-1") } },
    dns: DNS,
  },
  networks: [{ id: bench.vcenter.hosts[0]!.networks[0]!.id, isPrimary: true, type: "dynamic" }],
});

test.each([
  ["from none", null, "1"],
  ["from another one", "1", "2"],
])("sends all settings when it changes %s", async (_, before, after) => {
  const state = await created({ settingsVersion: before });
  const next = await bench.driver().update(svm({ settingsVersion: after }), state);

  const { svmSettings, networks } = everything();
  expect(sent()).toMatchObject({ svmSettings, deploymentInfo: { settings: { networks } } });
  expect(sent().svmSettings).toEqual(svmSettings);
  expect(next.settingsVersion).toBe(after);
  expect(await bench.driver().plan(svm({ settingsVersion: after }), next)).toMatchObject({ action: "no-op" });
});

test.each([
  ["is removed", "1", null],
  ["stays", "1", "1"],
])("sends nothing when it %s", async (_, before, after) => {
  const state = await created({ settingsVersion: before });
  await bench.driver().update(svm({ settingsVersion: after }), state);

  expect(bench.simulator.requests.count(RECONFIGURED)).toBe(0);
});

test("sends what is configured only", async () => {
  const state = await created();
  await bench.driver().update(svm({ settingsVersion: "1", ksc: null, dns: null, root: null }), state);

  expect(sent().svmSettings).toEqual({ password: base64(KLCONFIG.passwordWo) });
});

test("sends klconfig's password only where that changes", async () => {
  const state = await created({ klconfig: { ...KLCONFIG, passwordWoVersion: "1" } });
  const klconfig = { passwordWo: "Klconfig-2", passwordWoVersion: "2", currentPasswordWo: KLCONFIG.passwordWo };
  await bench.driver().update(svm({ settingsVersion: "1", klconfig }), state);

  expect(sent()).toMatchObject({ svmSettings: { users: { klconfig: { password: base64("Klconfig-2") } } } });
});

test("sends everything to an SVM that was imported", async () => {
  const { id } = await created();
  const imported = await bench.nextRun().import(`${bench.infrastructureId}/${id}`);
  await bench.driver().update(svm({ settingsVersion: "1" }), imported);

  expect(sent()).toMatchObject({ svmSettings: everything().svmSettings });
});

test("sends no networks of a hypervisor to an SVM that has moved to another one", async () => {
  const state = await created();
  bench.simulator.world.svms.update(state.id!, { parentId: bench.vcenter.hosts[1]!.id });
  const moved = await bench.nextRun().read(state);
  await bench.nextRun().update(svm({ settingsVersion: "1" }), moved!);

  expect(sent().deploymentInfo.settings).toBeUndefined();
});

describe("a plan", () => {
  test("asks for klconfig's password, also after an import", async () => {
    const state = await created();
    const imported = await bench.nextRun().import(`${bench.infrastructureId}/${state.id}`);
    const without = svm({ settingsVersion: "1", klconfig: null });

    for (const before of [state, imported]) {
      await expect(bench.driver().plan(without, before)).rejects.toMatchObject({ path: ["klconfig"] });
    }
  });

  test("of a version that is not known yet changes in place", async () => {
    const state: SvmState = await created();

    expect(await bench.driver().plan(svm({ settingsVersion: UNKNOWN }), state)).toMatchObject({
      action: "update",
      planned: { ipAddress: UNKNOWN, networkAdapters: UNKNOWN },
    });
  });
});
