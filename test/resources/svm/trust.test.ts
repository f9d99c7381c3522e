/** What a plan says of the settings of an imported SVM. */
import { UNKNOWN } from "../../../src/terraform";
import { CLOUD, SvmBench } from "./bench";

type Values = Readonly<Record<string, unknown>>;
const STATIC = { address: "192.0.2.10", mask: "255.255.255.0", gateway: "192.0.2.1" };
const NOTHING = { ksc: null, dns: null, root: null };

let bench: SvmBench;
afterEach(() => bench.stop());

/** The warnings of the plan that takes over an SVM. */
async function warnings(configuration: Values, others: Values = {}) {
  const { id } = await bench.driver().create(configuration);
  const state = await bench.nextRun().import(`${bench.infrastructureId}/${id}`);
  const driver = bench.nextRun();
  await driver.plan({ ...configuration, ...others }, state);
  return driver.warnings;
}

describe("on a hypervisor", () => {
  beforeEach(async () => {
    bench = await SvmBench.start();
  });

  test("it names what cannot be read back, and how it is sent", async () => {
    const host = bench.host({ networks: [{ static: STATIC }] });
    const dns = { main: "192.0.2.53" };

    expect(await warnings(bench.onHost("svm-1", { host, dns }))).toEqual([
      {
        summary: "Settings of an imported SVM are taken on trust",
        detail: expect.stringMatching(
          /what it has for ksc, dns, root, host\.networks: .* settings_version .* Its image and its storage/,
        ),
      },
    ]);
  });

  test.each<[string, Values]>([
    ["nothing has to be believed", NOTHING],
    ["all settings are sent", { settingsVersion: "1" }],
    ["the SVM is to be replaced", { name: "another" }],
  ])("it says nothing where %s", async (_, others) => {
    expect(await warnings(bench.onHost("svm-1"), others)).toEqual([]);
  });

  test("it says so where the placement is not known yet", async () => {
    const host = { id: UNKNOWN, storageId: UNKNOWN, networks: UNKNOWN };

    expect(await warnings(bench.onHost("svm-1"), { host })).toMatchObject([
      { detail: expect.stringContaining("ksc, root:") },
    ]);
  });

  test.each([
    ["is the fixed one that is taken on trust", { static: STATIC }, STATIC.address],
    ["is null where DHCP gives it", {}, null],
  ])("the address %s", async (_, network, address) => {
    const configuration = bench.onHost("svm-1", {
      host: bench.host({ networks: [network] }),
      dns: { main: "192.0.2.53" },
    });
    const { id } = await bench.driver().create(configuration);
    const imported = await bench.nextRun().import(`${bench.infrastructureId}/${id}`);

    expect(imported).toMatchObject({ ipAddress: null });
    expect(await bench.driver().update(configuration, imported)).toMatchObject({ ipAddress: address });
  });

  test("it says nothing any more once the SVM is taken over", async () => {
    const { id } = await bench.driver().create(bench.onHost("svm-1"));
    const imported = await bench.nextRun().import(`${bench.infrastructureId}/${id}`);
    const state = await bench.driver().update(bench.onHost("svm-1"), imported);
    const driver = bench.nextRun();
    await driver.plan(bench.onHost("svm-1"), state);

    expect(driver.warnings).toEqual([]);
  });
});

test("in OpenStack it names ports with settings that adapters do not show", async () => {
  bench = await SvmBench.start(CLOUD);
  const { networks } = bench.cloud.projects[0]!;
  const openstack = bench.project([{ id: networks[0]!.id, ports: [{ vlanId: 7 }] }]);

  expect(await warnings(bench.inProject("svm-1", { openstack }), NOTHING)).toMatchObject([
    { detail: expect.stringContaining("what it has for openstack.networks:") },
  ]);
});
