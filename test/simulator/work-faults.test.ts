/** Faults of what is done to SVMs, as the command line writes them. */
import { addFault, readFault, type Simulator, startSimulator, type WorkFault } from "../../src/simulator";
import { workFaultHelp } from "../../src/simulator/faults/named";
import { ApiClient } from "./support/api-client";
import { connectVcenter, deployment, hostSvm, register, svmPath } from "./support/svm-requests";

test.each<[string, WorkFault]>([
  ["deploy svm-01=fails", { operation: "deploy", svm: "svm-01", outcome: "fails" }],
  ["deploy *=fails:StartSvm", { operation: "deploy", svm: "*", outcome: "fails", step: "StartSvm" }],
  [
    "reconfigure svm-01=cancelled:LogInToSvm",
    { operation: "reconfigure", svm: "svm-01", outcome: "cancelled", step: "LogInToSvm" },
  ],
  ["Remove svm-01=stopped", { operation: "remove", svm: "svm-01", outcome: "stopped" }],
])("%s", (text, fault) => {
  expect(readFault(text)).toEqual(fault);
});

test.each([
  ["deploy svm-01=breaks", "What is done to an SVM ends in one of fails, cancelled, stopped"],
  ["deploy svm-01=", "What is done to an SVM ends in one of"],
  ["deploy svm-01=fails:StartVm", "The steps of deploy are: ValidateSvmImage, UploadSvmImage"],
  ["remove svm-01=fails:StartSvm", "The steps of remove are: none"],
  ["destroy svm-01=fails", "What is done to an SVM is one of deploy, reconfigure, remove"],
])("%s is refused", (text, why) => {
  expect(() => readFault(text)).toThrow(why);
});

describe("at work", () => {
  let simulator: Simulator;
  let client: ApiClient;
  let infrastructureId: string;
  let imageId: string;
  beforeEach(async () => {
    simulator = await startSimulator({ timeScale: 0.001 });
    client = await ApiClient.loggedIn(simulator);
    infrastructureId = await connectVcenter(client);
    imageId = await register(client);
  });
  afterEach(() => simulator.stop());

  async function deployed(...names: readonly string[]): Promise<Record<string, string>> {
    const svms = names.map((name) => hostSvm(simulator, infrastructureId, name));
    const { id } = (await client.post(svmPath, deployment(imageId, svms))).json();
    await simulator.world.tasks.settled(id);
    const task = (await client.get(`/virtualization/tasks/${id}`)).json();
    const nameOf = (child: { parameters: { key: string; value: string }[] }) =>
      child.parameters.find(({ key }) => key === "svmName")?.value;
    return Object.fromEntries(
      task.children.map((child: { state: string; parameters: [] }) => [nameOf(child), child.state]),
    );
  }

  test("the SVM of that name fails, once, and the step says what there is of it", async () => {
    addFault(simulator, readFault("deploy bad=fails:CreateSvm"));
    expect(await deployed("bad", "good")).toEqual({ bad: "Failed", good: "Completed" });
    expect(simulator.world.svms.allNamed("bad")).toEqual([]);
    expect(await deployed("bad")).toEqual({ bad: "Completed" });
  });

  test("without a step it fails in the end, so that there is an SVM", async () => {
    addFault(simulator, readFault("deploy bad=fails"));
    expect(await deployed("bad")).toEqual({ bad: "Failed" });
    expect(simulator.world.svms.allNamed("bad")).toHaveLength(1);
  });

  test("whichever comes first is cancelled", async () => {
    addFault(simulator, readFault("deploy *=cancelled:UploadSvmImage"));
    expect(Object.values(await deployed("one")).includes("Completed")).toBe(false);
    expect(await deployed("two")).toEqual({ two: "Completed" });
  });

  test("the help names the steps that a deployment has", async () => {
    const { id } = (
      await client.post(svmPath, deployment(imageId, [hostSvm(simulator, infrastructureId, "svm")]))
    ).json();
    await simulator.world.tasks.settled(id);
    const task = (await client.get(`/virtualization/tasks/${id}`)).json();
    const steps = task.children[0].children.map(
      ({ parameters }: { parameters: { value: string }[] }) => parameters[0]?.value,
    );
    const [, help] = workFaultHelp.find(([operation]) => operation.startsWith("deploy")) ?? [];
    expect(help).toContain(steps.join(", "));
  });
});
