/** Networks that a server does not take in the form in which they are sent first, or in none. */
import type { Habits } from "../../../src/simulator";
import { CLOUD, KLCONFIG, RECONFIGURED, SvmBench } from "./bench";

type Values = Readonly<Record<string, unknown>>;

const KSC = { address: "ksc-2.example.test" };
const CHANGED_PASSWORD = { passwordWo: "Klconfig-2", passwordWoVersion: "2", currentPasswordWo: KLCONFIG.passwordWo };

let bench: SvmBench;
afterEach(() => bench.stop());

const start = async (reconfiguredNetworks: Habits["reconfiguredNetworks"], infrastructure?: typeof CLOUD) => {
  bench = await SvmBench.start(infrastructure);
  bench.simulator.habits.reconfiguredNetworks = reconfiguredNetworks;
};
const count = () => bench.simulator.requests.count(RECONFIGURED);
const adapters = () => bench.simulator.world.svms.named("svm-1").vm.networkAdapters.map(({ id }) => id);

describe("on a hypervisor", () => {
  const former = () => bench.onHost("svm-1", { klconfig: { ...KLCONFIG, passwordWoVersion: "1" } });
  const wanted = (others: Values = {}) => {
    const host = bench.host({ networks: [{ primary: true }, {}] });
    return bench.onHost("svm-1", { host, ksc: KSC, klconfig: CHANGED_PASSWORD, ...others });
  };

  test.each([
    ["takes them in any form", "either", 1],
    ["refuses the one beside", "refuseBeside", 1],
    ["refuses the one inside", "refuseInside", 2],
    ["ignores the one beside", "ignoreBeside", 1],
    ["ignores the one inside", "ignoreInside", 2],
  ] as const)("a server that %s gives the SVM its networks", async (_, habit, requests) => {
    await start(habit);
    const state = await bench.driver().create(former());
    const next = await bench.driver().update(wanted(), state);

    expect(count()).toBe(requests);
    expect(adapters()).toEqual(bench.vcenter.hosts[0]!.networks.slice(0, 2).map(({ id }) => id));
    expect(bench.simulator.world.svms.named("svm-1").settings).toMatchObject({
      klconfigPassword: "Klconfig-2",
      ksc: KSC,
    });
    expect(await bench.driver().plan(wanted(), next)).toMatchObject({ action: "no-op" });
  });

  test("a server that ignores both is an error, and the state has the networks that there are and all that was done", async () => {
    await start("ignoreBoth");
    const state = await bench.driver().create(former());
    const driver = bench.driver();

    await expect(driver.update(wanted(), state)).rejects.toMatchObject({
      summary: expect.stringContaining('Unable to reconfigure the SVM "svm-1"'),
      detail: expect.stringMatching(/still has its former networks.*Integration Server Console/s),
    });
    const kept = { ...state, ...driver.saved };
    expect(kept).toMatchObject({ ksc: KSC, klconfig: { passwordWoVersion: "2" }, host: state.host });
    expect(kept.networkAdapters).toEqual(state.networkAdapters);
    expect(await bench.driver().plan(wanted(), kept)).toMatchObject({ action: "update" });
    expect(await bench.driver().plan(wanted({ host: bench.host() }), kept)).toMatchObject({ action: "no-op" });
  });

  test("a server that sees the change late is not sent the networks twice", async () => {
    await start("either");
    bench.simulator.habits.lists = "lagging";
    const state = await bench.driver().create(former());
    await bench.driver().update(wanted(), state);

    expect(count()).toBe(1);
  });

  test("networks whose change no adapter shows are sent once", async () => {
    await start("ignoreBoth");
    const state = await bench.driver().create(former());
    const host = bench.host({ networks: [{ vlanId: 9 }] });
    await bench.driver().update(bench.onHost("svm-1", { host }), state);

    expect(count()).toBe(1);
  });
});

test.each([
  ["refuses the one beside", "refuseBeside"],
  ["ignores the one beside", "ignoreBeside"],
  ["refuses the one inside", "refuseInside"],
] as const)("in OpenStack, a server that %s gives the SVM its networks", async (_, habit) => {
  await start(habit, CLOUD);
  const { networks } = bench.cloud.projects[0]!;
  const state = await bench.driver().create(bench.inProject("svm-1"));
  const openstack = bench.project([{ id: networks[1]!.id, ports: [{}] }]);
  await bench.driver().update(bench.inProject("svm-1", { openstack }), state);

  expect(adapters()).toEqual([networks[1]!.id]);
});
