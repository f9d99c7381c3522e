/** What tells an SVM from all others beside its state: Terraform stores it, and imports by it. */
import { testWith } from "./support/client";
import { planned } from "./support/quick";
import { SvmBench } from "./support/svms";

let bench: SvmBench;

beforeAll(async () => {
  bench = await SvmBench.start();
});
afterEach(() => bench.reset());
afterAll(() => bench.stop());

const identityOf = async (address: string) => (await bench.workspace.state())[address]?.identity;

testWith("importByIdentity")("imports an SVM, and the plan after it is empty", async () => {
  const { infrastructureId, simulator, vcenter } = bench;
  const [host] = vcenter.hosts;
  const vm = { id: "vm-1", name: "svm", parentId: host!.id, state: "Enabled", isSvm: true };
  simulator.world.svms.add(vcenter, { ...vm, networkAdapters: [{ ...host!.networks[0]! }] }, {});
  const identity = `{\n    infrastructure_id = "${infrastructureId}"\n    id = "vm-1"\n  }`;

  bench.write(bench.onHost("svm"), `import {\n  to = ksvla_svm.svm\n  identity = ${identity}\n}`);
  await bench.workspace.apply();

  expect(await bench.workspace.values("ksvla_svm.svm")).toMatchObject({
    id: "vm-1",
    infrastructure_id: infrastructureId,
  });
  expect(await planned(bench.workspace)).toEqual({});
});

testWith("shownIdentity")("is stored with an SVM that is deployed", async () => {
  bench.write(bench.onHost("svm"));
  await bench.workspace.apply();

  const [svm] = bench.deployed;
  expect(await identityOf("ksvla_svm.svm")).toEqual({ infrastructure_id: bench.infrastructureId, id: svm!.vm.id });
});
