import { UNKNOWN } from "../../../src/terraform";
import { SvmBench, VCENTER } from "./bench";

const IMAGE_ID = "9b2f1d6e-0000-4000-8000-000000000000";

let bench: SvmBench;
beforeEach(async () => {
  bench = await SvmBench.start();
});
afterEach(() => bench.stop());

/** An SVM whose connection is replaced, without the SVM having followed. */
async function stranded() {
  const state = await bench.driver().create(bench.onHost("svm-1"));
  await bench.client.infrastructures.delete(bench.infrastructureId);
  return { state, infrastructureId: await bench.connect(VCENTER) };
}

test.each([
  ["image", "imageId", "svm-1", IMAGE_ID],
  ["image that is still to be registered", "imageId", "svm-1", UNKNOWN],
  ["name", "name", "svm-2", undefined],
])("another %s is refused while the old SVM is out of reach", async (_, path, name, imageId) => {
  const { state, infrastructureId } = await stranded();
  const configuration = bench.onHost(name, { infrastructureId, ...(imageId !== undefined && { imageId }) });

  await expect(bench.nextRun().plan(configuration, state)).rejects.toMatchObject({
    summary: expect.stringContaining('Unable to replace the SVM "svm-1"'),
    detail: expect.stringContaining(infrastructureId),
    path: [path],
  });
});

test("the new connection alone is followed", async () => {
  const { state, infrastructureId } = await stranded();

  const plan = await bench.nextRun().plan(bench.onHost("svm-1", { infrastructureId }), state);

  expect(plan).toMatchObject({ action: "update", replacing: [] });
});

test("one that is down is out of reach, too, as after a rotation, although the same apply replaces it", async () => {
  const state = await bench.driver().create(bench.onHost("svm-1"));
  bench.simulator.world.hypervisor(VCENTER.address).accounts[0]!.password = "Rotated-Passw0rd";
  const configuration = (name: string) => bench.onHost(name, { infrastructureId: UNKNOWN });

  await expect(bench.nextRun().plan(configuration("svm-2"), state)).rejects.toMatchObject({
    summary: expect.stringContaining('Unable to replace the SVM "svm-1"'),
    detail: expect.stringContaining(
      "is down, and is replaced by this apply, too. Apply without the new image or name first",
    ),
  });
  expect(await bench.nextRun().plan(configuration("svm-1"), state)).toMatchObject({ action: "update", replacing: [] });
});

test("a connection that the same apply replaces is none that is gone", async () => {
  const state = await bench.driver().create(bench.onHost("svm-1"));
  const configuration = bench.onHost("svm-1", { infrastructureId: UNKNOWN, imageId: IMAGE_ID });

  expect(await bench.driver().plan(configuration, state)).toMatchObject({ replacing: ["image_id"] });
});

test("an SVM that moves to another infrastructure may have another image, since its connection remains", async () => {
  const state = await bench.driver().create(bench.onHost("svm-1"));
  bench.simulator.world.trust(...bench.simulator.world.endpoints.keys());
  const infrastructureId = await bench.connect({ ...VCENTER, type: "PROXMOX", address: "proxmox.example.test" });

  const plan = await bench.driver().plan(bench.onHost("svm-1", { infrastructureId, imageId: IMAGE_ID }), state);

  expect(plan.replacing).toContain("image_id");
});

test("a fleet whose connection is replaced asks for it once", async () => {
  const state = await bench.driver().create(bench.onHost("svm-1"));
  const driver = bench.nextRun();
  const asked = () =>
    bench.simulator.requests.count({ method: "GET", path: `/api/3.0/infrastructures/${bench.infrastructureId}` });
  const before = asked();

  const plans = Array.from({ length: 20 }, (_, index) =>
    driver.plan(bench.onHost(`svm-${index + 2}`, { infrastructureId: UNKNOWN }), state),
  );

  expect(await Promise.all(plans)).toHaveLength(20);
  expect(asked() - before).toBe(1);
});
