import { defaultHabits } from "../../src/simulator";
import { base64 } from "../simulator/support/api-client";
import { planned } from "./support/quick";
import { flatten } from "./support/screen";
import { DEPLOYED, KLCONFIG, RECONFIGURED, REMOVED, SvmBench } from "./support/svms";

const ADDRESS = "ksvla_svm.svm";

let bench: SvmBench;
beforeAll(async () => {
  bench = await SvmBench.start();
});
afterAll(() => bench.stop());
afterEach(() => {
  bench.reset();
  Object.assign(bench.simulator.habits, defaultHabits);
});

type Values = Readonly<Record<string, unknown>>;

const write = (values: Values = {}) => bench.write(bench.onHost("svm", values));
/** What is said of a plan. */
const screen = async () => flatten((await bench.workspace.run(["plan"])).output);

describe("what a deployment needs", () => {
  const NOTHING = { ksc: null, root: null, klconfig: null };

  test.each<[string, Values]>([
    ["ksc", { ksc: null }],
    ["root", { root: null }],
    ["klconfig", { klconfig: null }],
    ["ksc, root, klconfig", NOTHING],
  ])("is asked for in the plan of a new SVM: %s", async (names, values) => {
    write(values);

    const output = await screen();

    expect(output).toContain(`Unable to deploy the SVM "svm" without ${names}`);
    expect(output).toContain(`in CDKTF, ${names} of the SvmDeployment`);
  });

  test("is not asked for by one that is imported, until that has to be replaced", async () => {
    const [host] = bench.vcenter.hosts;
    const vm = { id: "vm-1", name: "svm", parentId: host!.id, state: "Enabled", isSvm: true };
    bench.simulator.world.svms.add(bench.vcenter, { ...vm, networkAdapters: [{ ...host!.networks[0]! }] }, {});
    bench.write(
      bench.onHost("svm", NOTHING),
      `import {\n  to = ${ADDRESS}\n  id = "${bench.infrastructureId}/vm-1"\n}`,
    );
    await bench.workspace.apply();
    expect(await planned(bench.workspace)).toEqual({});

    write({ ...NOTHING, image_id: "another" });

    expect(await screen()).toContain('Unable to deploy the SVM "svm" without ksc, root, klconfig');
  });
});

describe("root's password", () => {
  test("goes with whether root may sign in through SSH, as in the documents", async () => {
    bench.simulator.habits.rootPasswordAlone = "refused";
    write({ root: { password_wo: "Root-1", password_wo_version: "1" } });
    await bench.workspace.apply();
    write({ root: { password_wo: "Root-2", password_wo_version: "2" } });
    await bench.workspace.apply();

    expect(bench.simulator.requests.filter(RECONFIGURED)).toMatchObject([
      {
        body: { svms: [{ svmSettings: { users: { root: { allowSshAccess: "false", password: base64("Root-2") } } } }] },
      },
    ]);
    expect(bench.simulator.requests.count(DEPLOYED)).toBe(1);
    expect(bench.simulator.requests.count(REMOVED)).toBe(0);
  });
});

describe("networks in a reconfiguration", () => {
  const two = () => bench.host([{ primary: true }, {}]);
  const adapters = () => bench.simulator.world.svms.named("svm").vm.networkAdapters.length;

  test.each([
    ["refuses the form inside of deploymentInfo", "refuseInside"],
    ["refuses the form beside it", "refuseBeside"],
    ["ignores the form inside of deploymentInfo", "ignoreInside"],
    ["ignores the form beside it", "ignoreBeside"],
  ] as const)("reach an SVM through a server that %s", async (_, habit) => {
    bench.simulator.habits.reconfiguredNetworks = habit;
    write();
    await bench.workspace.apply();
    write({ host: two() });
    await bench.workspace.apply();

    expect(adapters()).toBe(2);
    expect(await planned(bench.workspace)).toEqual({});
  });

  test("that a server ignores in any form are an error, and stay planned", async () => {
    bench.simulator.habits.reconfiguredNetworks = "ignoreBoth";
    write();
    await bench.workspace.apply();
    write({ host: two(), ksc: { address: "ksc-2.example.test" } });

    const { output } = await bench.workspace.failingApply();

    expect(flatten(output)).toContain("the SVM still has its former networks");
    expect(adapters()).toBe(1);
    expect(bench.simulator.world.svms.named("svm").settings.ksc).toMatchObject({ address: "ksc-2.example.test" });
    expect(await planned(bench.workspace)).toEqual({ [ADDRESS]: "update" });
    write({ ksc: { address: "ksc-2.example.test" } });
    expect(await planned(bench.workspace)).toEqual({});
  });
});

describe("settings_version", () => {
  const root = { allow_ssh: true, password_wo: "Root-1" };

  test("sends all settings again when it changes, also from none", async () => {
    write({ root });
    await bench.workspace.apply();
    for (const version of ["1", "2"]) {
      bench.simulator.requests.clear();
      write({ root, settings_version: version });
      expect(await planned(bench.workspace)).toEqual({ [ADDRESS]: "update" });
      await bench.workspace.apply("plan.bin");

      expect(bench.simulator.requests.filter(RECONFIGURED)).toMatchObject([
        {
          body: {
            svms: [
              {
                svmSettings: {
                  ksc: { address: "ksc.example.test" },
                  users: { root: { allowSshAccess: "true", password: base64("Root-1") } },
                },
                deploymentInfo: { settings: { networks: [{ isPrimary: true }] } },
              },
            ],
          },
        },
      ]);
      expect(await planned(bench.workspace)).toEqual({});
    }
  });

  test("is what the plan of an imported SVM recommends for settings that nobody can read back", async () => {
    const [host] = bench.vcenter.hosts;
    const vm = { id: "vm-2", name: "svm", parentId: host!.id, state: "Enabled", isSvm: true };
    const there = { ...vm, networkAdapters: [{ ...host!.networks[0]! }] };
    bench.simulator.world.svms.add(bench.vcenter, there, { klconfigPassword: KLCONFIG.password_wo });
    const block = `import {\n  to = ${ADDRESS}\n  id = "${bench.infrastructureId}/vm-2"\n}`;
    bench.write(bench.onHost("svm"), block);
    expect(await screen()).toContain("set settings_version (settingsVersion in CDKTF) to any text");

    bench.write(bench.onHost("svm", { settings_version: "1" }), block);
    await bench.workspace.apply();

    expect(bench.simulator.world.svms.named("svm").settings).toMatchObject({ ksc: { address: "ksc.example.test" } });
    expect(await planned(bench.workspace)).toEqual({});
  });
});

test("an ignored account of klconfig does not keep other settings from changing", async () => {
  const lifecycle = "lifecycle {\n    ignore_changes = [klconfig]\n  }";
  const ignoring = (values: Values) => bench.onHost("svm", values).replace(/\n\}\n$/, `\n  ${lifecycle}\n}\n`);
  bench.write(ignoring({}));
  await bench.workspace.apply();
  bench.write(ignoring({ ksc: { address: "ksc-2.example.test" } }));

  expect(await planned(bench.workspace)).toEqual({ [ADDRESS]: "update" });
  await bench.workspace.apply("plan.bin");

  expect(bench.simulator.world.svms.named("svm").settings.ksc).toMatchObject({ address: "ksc-2.example.test" });
  expect(await planned(bench.workspace)).toEqual({});
});
