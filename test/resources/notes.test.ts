/** What life cycles note of their work, for whoever watches. */
import { setImmediate as tick } from "node:timers/promises";
import { Notes } from "../../src/notes";
import { infrastructure } from "../../src/resources/infrastructure";
import { svm } from "../../src/resources/svm";
import { svmImage } from "../../src/resources/svm-image";
import { clientFor } from "../support/integration-server";
import { ResourceDriver } from "../support/life-cycle";
import { until } from "../support/until";
import { CLOUD, DEPLOYED, KSC, SvmBench } from "./svm/bench";

interface Line {
  readonly work: number;
  readonly [name: string]: unknown;
}

let bench: SvmBench;
let written: string;

beforeEach(async () => {
  bench = await SvmBench.start();
  written = "";
});
afterEach(() => bench.stop());

function client() {
  const append = (text: string) => {
    written += text;
  };
  return {
    ...clientFor(SvmBench.clientOf(bench.simulator)),
    notes: new Notes({ append, now: Date.now, redact: (text) => text }),
  };
}
const driver = (signal?: AbortSignal) => new ResourceDriver(svm, client(), signal);

/** The notes of each piece of work. */
async function works(): Promise<readonly (readonly Line[])[]> {
  await tick();
  const lines = written
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Line => JSON.parse(line));
  return [...new Set(lines.map(({ work }) => work))].map((work) => lines.filter((line) => line.work === work));
}

const stepsOf = (lines: readonly Line[] = []) => lines.flatMap(({ step }) => (step === undefined ? [] : [step]));

test("a deployment: what, where, by which task, each step, and what there is when it is confirmed", async () => {
  const configuration = bench.onHost("svm-1");
  const state = await driver().create(configuration);

  const [lines] = await works();
  expect(lines![0]).toMatchObject({
    operation: "deploy",
    infrastructure: bench.infrastructureId,
    svm: "svm-1",
    place: bench.vcenter.hosts[0]!.id,
    state: "waiting",
  });
  expect(lines![1]).toMatchObject({ state: "running", task: state.taskId });
  expect(stepsOf(lines).length).toBeGreaterThan(1);
  expect(lines!.at(-1)).toMatchObject({
    state: "completed",
    message: `created, id ${state.id}, address ${state.ipAddress}`,
  });
});

test("a deployment that fails: the step at fault and the server's message", async () => {
  bench.simulator.world.tasks.failNext({ parameters: { deployStepName: "UploadSvmImage" }, message: "no space left" });
  await expect(driver().create(bench.onHost("svm-1"))).rejects.toThrow();

  const [lines] = await works();
  expect(lines!.at(-1)).toMatchObject({
    state: "failed",
    message: expect.stringMatching(/UploadSvmImage: .*no space left/),
  });
});

test("a deployment that nobody waits for any more", async () => {
  const stop = new AbortController();
  const created = driver(stop.signal).create(bench.onHost("svm-1"));
  await until(() => written.includes('"running"'));
  stop.abort(new Error("Interrupted."));
  await expect(created).rejects.toThrow();

  const [lines] = await works();
  expect(lines!.at(-1)).toMatchObject({
    state: "interrupted",
    message: "Interrupted. What was begun may go on on the Integration Server.",
  });
});

test("a reconfiguration and a removal", async () => {
  const state = await bench.driver().create(bench.onHost("svm-1"));
  const run = driver();
  await run.delete(await run.update(bench.onHost("svm-1", { ksc: { ...KSC, address: "other.example.test" } }), state));

  const [reconfigured, removed] = await works();
  expect(reconfigured![0]).toMatchObject({ operation: "reconfigure", svm: "svm-1", state: "waiting" });
  expect(reconfigured!.at(-1)).toMatchObject({
    state: "completed",
    message: `reconfigured, address ${state.ipAddress}`,
  });
  expect(removed![0]).toMatchObject({ operation: "remove", svm: "svm-1", state: "waiting" });
  expect(removed!.at(-1)).toMatchObject({ state: "completed", message: "removed" });
});

test("an image that is verified", async () => {
  const images = new ResourceDriver(svmImage, client());
  const manifestPath = "/opt/svm/svm-6.2.xml";
  const { id } = await images.create({ manifestPath, infrastructureTypes: ["VMWARE"], verify: true });

  const [lines] = await works();
  expect(lines![0]).toMatchObject({ operation: "verify", infrastructure: null, svm: null, place: manifestPath });
  expect(lines![1]).toMatchObject({ state: "running", task: expect.any(String) });
  expect(lines!.at(-1)).toMatchObject({ state: "completed", message: `verified, id ${id}` });
});

test("a connection that is made, and one that is not", async () => {
  const infrastructures = new ResourceDriver(infrastructure, client());
  const { type, address, openstack } = CLOUD;
  const admin = { name: "admin", domain: "Default", passwordWo: "Admin-Passw0rd" };
  const { id } = await infrastructures.create({ type, address, openstack, admin });
  const wrong = { type: "VMWARE", address: "nowhere.example.test", admin: { name: "a", passwordWo: "Wrong-Passw0rd" } };
  await expect(infrastructures.create(wrong)).rejects.toThrow();

  const [made, failed] = await works();
  expect(made![0]).toMatchObject({ operation: "connect", infrastructure: null, place: address, state: "waiting" });
  expect(made![1]).toMatchObject({ infrastructure: id, state: "running" });
  expect(stepsOf(made).at(-1)).toMatch(/^(\d+) of \1 connected$/);
  expect(made!.at(-1)).toMatchObject({ state: "completed", message: `connected, id ${id}` });
  expect(failed!.at(-1)).toMatchObject({ state: "failed", message: expect.stringContaining("nowhere.example.test") });
});

test("a deployment that a busy server puts off: for how long, and nothing of that when it goes on", async () => {
  bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "status", status: 429, retryAfter: 1 } });
  await driver().create(bench.onHost("svm-1"));

  const [lines] = await works();
  const [, busy, begun] = lines!;
  expect(busy).toMatchObject({ step: expect.stringMatching(/^the server is busy, and is asked again in \d+ s$/) });
  expect(busy).not.toHaveProperty("state");
  expect(begun).toMatchObject({ state: "running", step: null });
});

test("a deployment whose answer was lost: that it is looked for, and how long at most", async () => {
  bench.simulator.faults.add({ ...DEPLOYED, fault: { kind: "dropAfter" } });
  await driver().create(bench.onHost("svm-1"));

  const [lines] = await works();
  expect(lines![1]).toMatchObject({
    step: expect.stringMatching(/^nobody knows .* looking for the SVM for 10 min at most$/),
  });
});
