/** SVMs that Terraform did not deploy, or does not know that it did: a whole fleet, and those made by hand. */

import { until } from "../support/until";
import { planned, stateOf } from "./support/quick";
import { groupIsAlive } from "./support/run";
import { flatten } from "./support/screen";
import { DEPLOYED, Expression, RECONFIGURED, SvmBench } from "./support/svms";

jest.setTimeout(180_000);

/** That of the simulator's SVMs which nobody has deployed. */
const KLCONFIG = { password_wo: "Klconfig-Passw0rd" };

let bench: SvmBench;

beforeAll(async () => {
  bench = await SvmBench.start();
});
afterAll(() => bench.stop());
afterEach(() => bench.reset());

test("a fleet of 200 whose run was killed is whole after the next apply", async () => {
  const fleet = bench
    .onHost("fleet", { name: new Expression(`"svm-\${each.key}"`) })
    .replace("{\n", '{\n  for_each = toset([for n in range(200) : format("%03d", n)])\n');
  bench.write(fleet);
  const apply = bench.workspace.start(["apply", "-auto-approve", "-parallelism=100"]);
  await until(() => bench.deployed.length > 20, 60_000);
  process.kill(-apply.pid, "SIGKILL");
  await until(() => !groupIsAlive(apply.pid));
  // Terraform persists a state elsewhere only every 20 seconds.
  bench.forgetState();

  await bench.workspace.apply("-parallelism=100");

  expect(bench.names).toHaveLength(200);
  expect(new Set(bench.names).size).toBe(200);
  expect(Object.keys(stateOf(bench.workspace))).toHaveLength(200);
  expect(await planned(bench.workspace)).toEqual({});
});

describe("on_existing", () => {
  const write = (values = {}) =>
    bench.write(bench.onHost("svm", { on_existing: "adopt", klconfig: KLCONFIG, ...values }));
  const byHand = () => bench.simulator.addSvm({ name: "svm", on: bench.vcenter.hosts[0]!.id });

  test("takes over an SVM that was made by hand, of which the plan warns without it, and plans nothing more", async () => {
    const id = byHand();
    bench.write(bench.onHost("svm"));
    const { output } = await bench.workspace.plan();
    expect(flatten(output)).toMatch(
      /Warning: There is an SVM "svm" on esx-01 \("[\w-]+"\) of vcenter\.example\.test .* already/,
    );
    write();

    await bench.workspace.apply();
    expect(stateOf(bench.workspace)["ksvla_svm.svm"]).toMatchObject({ tainted: false, values: { id } });
    expect([bench.simulator.requests.count(DEPLOYED), bench.simulator.requests.count(RECONFIGURED)]).toEqual([0, 1]);
    expect(await planned(bench.workspace)).toEqual({});
  });

  test("leaves no state when the klconfig password does not open it", async () => {
    byHand();
    write({ klconfig: { password_wo: "Wr0ng" } });

    const { output } = await bench.workspace.failingApply();
    expect(flatten(output)).toContain("nothing was changed");
    expect(stateOf(bench.workspace)).toEqual({});
    expect(bench.names).toEqual(["svm"]);
  });

  test("never takes over the predecessor of a replacement", async () => {
    byHand();
    write();
    await bench.workspace.apply();
    const host = { ...bench.host(), storage_id: bench.vcenter.hosts[0]!.storages[1]!.id };
    const replaced = bench.onHost("svm", { on_existing: "adopt", klconfig: KLCONFIG, host });
    bench.write(replaced.replace(/\}\n$/, "  lifecycle { create_before_destroy = true }\n}\n"));

    const { output } = await bench.workspace.failingApply();
    expect(flatten(output)).toMatch(
      /Unable to take over the SVM "svm" on esx-01 .* The state of this configuration has it already/,
    );
    expect(bench.names).toEqual(["svm"]);
  });
});
