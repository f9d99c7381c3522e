import { MemoryStore } from "../../../src/journal";
import type { SvmState } from "../../../src/resources/svm/schema";
import { CLOUD, REMOVED, SvmBench } from "./bench";

let bench: SvmBench;
afterEach(() => bench.stop());

describe("delete", () => {
  let state: SvmState;
  beforeEach(async () => {
    bench = await SvmBench.start();
    state = await bench.driver().create(bench.onHost("svm-1"));
    bench.simulator.requests.clear();
  });
  const svms = () => bench.simulator.world.svms;
  const remove = () => bench.nextRun().delete(state);

  test("removes the SVM with the documented body", async () => {
    await remove();

    expect(svms().find(state.id!)).toBeUndefined();
    expect(bench.bodyOf(REMOVED)).toEqual({
      svms: [
        {
          deploymentInfo: {
            type: "host",
            target: {
              infrastructureId: bench.infrastructureId,
              svmId: state.id,
              location: { id: bench.vcenter.hosts[0]!.id },
            },
          },
        },
      ],
    });
  });

  test("of several at a time is one request", async () => {
    const others = await Promise.all(["a", "b"].map((name) => bench.driver().create(bench.onHost(name))));
    bench.simulator.requests.clear();

    await Promise.all([state, ...others].map((each) => bench.driver().delete(each)));

    expect(bench.simulator.requests.count(REMOVED)).toBe(1);
  });

  test("finds an SVM that has moved", async () => {
    svms().update(state.id!, { parentId: bench.vcenter.hosts[1]!.id });

    await remove();

    expect(svms().find(state.id!)).toBeUndefined();
  });

  test("of an SVM that is gone is a success without a request", async () => {
    svms().remove(state.id!);

    await remove();

    expect(bench.simulator.requests.count(REMOVED)).toBe(0);
  });

  test("of an SVM that goes meanwhile is a success", async () => {
    const hold = bench.simulator.world.tasks.hold({ type: "DeleteSvm" });
    const removal = remove();
    await hold.reached;
    svms().remove(state.id!);
    hold.release();

    await expect(removal).resolves.toBeUndefined();
  });

  test("of one that is known by its name alone leaves its successor alone, which was made before", async () => {
    const store = new MemoryStore();
    svms().remove(state.id!);
    const applying = bench.runWith(store);
    const successor = await applying.create(bench.onHost("svm-1"));

    await applying.delete({ ...state, id: null, taskId: null });
    expect([svms().find(successor.id!) !== undefined, bench.simulator.requests.count(REMOVED)]).toEqual([true, 0]);
  });

  test("of one that is gone says nothing of a successor that a state has", async () => {
    const store = new MemoryStore();
    svms().remove(state.id!);
    const applying = bench.runWith(store);
    await applying.create(bench.onHost("svm-1"));

    await applying.delete(state);
    expect(applying.warnings).toEqual([]);
  });

  test("that fails keeps the SVM and shows the server's message", async () => {
    bench.simulator.world.tasks.failNext({ type: "DeleteSvm", message: "the disk is locked" });

    await expect(remove()).rejects.toMatchObject({
      summary: expect.stringContaining('Unable to remove the SVM "svm-1"'),
      detail: expect.stringContaining("the disk is locked"),
    });
    expect(svms().find(state.id!)).toBeDefined();
  });

  test("whose answer is lost waits until the SVM is gone", async () => {
    bench.simulator.faults.add({ ...REMOVED, fault: { kind: "dropAfter" } });

    await remove();

    expect(svms().find(state.id!)).toBeUndefined();
    expect(bench.simulator.requests.count(REMOVED)).toBe(1);
  });

  test("whose answer is lost is an error while the SVM is still there", async () => {
    bench.simulator.faults.add({ ...REMOVED, fault: { kind: "dropAfter" } });
    const hold = bench.simulator.world.tasks.hold({ type: "DeleteSvm" });

    await expect(bench.patientRun().delete(state)).rejects.toMatchObject({
      detail: expect.stringContaining("still listed"),
    });
    hold.release();
  });

  test("without the connection says to connect again or to forget the SVM", async () => {
    await bench.client.infrastructures.delete(bench.infrastructureId);

    await expect(remove()).rejects.toMatchObject({ detail: expect.stringMatching(/Connect .*terraform state rm/s) });
  });

  test("while the infrastructure is not connected proves nothing", async () => {
    await bench.removeAndDisconnect(state.id!);

    await expect(remove()).rejects.toMatchObject({
      detail: expect.stringMatching(/not connected.*terraform state rm/s),
    });
    expect(bench.simulator.requests.count(REMOVED)).toBe(0);
  });
});

test("delete in OpenStack names the project", async () => {
  bench = await SvmBench.start(CLOUD);
  const state = await bench.driver().create(bench.inProject("svm-1"));

  await bench.driver().delete(state);

  expect(bench.bodyOf(REMOVED)).toMatchObject({
    svms: [{ deploymentInfo: { type: "openstackProject", target: { location: { id: bench.cloud.projects[0]!.id } } } }],
  });
  expect(bench.simulator.world.svms.find(state.id!)).toBeUndefined();
});
