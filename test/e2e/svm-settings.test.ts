import { defaultHabits } from "../../src/simulator";
import { base64 } from "../simulator/support/api-client";
import { planned } from "./support/quick";
import { flatten } from "./support/screen";
import { DEPLOYED, RECONFIGURED, REMOVED, SvmBench } from "./support/svms";

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
const refusal = async () => flatten((await bench.workspace.run(["plan"])).output);

describe("what a deployment needs", () => {
  const NOTHING = { ksc: null, root: null, klconfig: null };

  test.each<[string, Values]>([
    ["ksc", { ksc: null }],
    ["root", { root: null }],
    ["klconfig", { klconfig: null }],
    ["ksc, root, klconfig", NOTHING],
  ])("is asked for in the plan of a new SVM: %s", async (names, values) => {
    write(values);

    const output = await refusal();

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

    expect(await refusal()).toContain('Unable to deploy the SVM "svm" without ksc, root, klconfig');
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
