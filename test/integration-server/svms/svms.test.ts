import {
  AnswerLostError,
  type SvmDeployment,
  SvmExistsError,
  type SvmOperationOptions,
  TaskFailedError,
} from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { FakeClock } from "../../support/fake-clock";
import { SvmServer, type SvmServerOptions, subtask } from "./svm-server";
import { deployment, hostPlacement, openStackPlacement } from "./svm-specs";

type Looks = NonNullable<SvmServerOptions["looks"]>;
type Refuse = NonNullable<SvmServerOptions["refuse"]>;

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `svm-${index}`);
const reference = (svmId: string) => ({ type: "host", infrastructureId: "i-1", locationId: "h-1", svmId }) as const;
const vm = (name: string, parentId: string) => ({ id: `v-${name}`, name, parentId, isSvm: true, networkAdapters: [] });

async function deployAll(specs: readonly SvmDeployment[], options: SvmServerOptions = {}) {
  const server = await SvmServer.start(options);
  const { svms } = server.client();
  const results = await Promise.allSettled(specs.map((spec) => svms.deploy(spec)));
  return { server, results };
}
const deployNamed = (count: number, options?: SvmServerOptions) =>
  deployAll(
    names(count).map((name) => deployment(name)),
    options,
  );
const failures = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.flatMap((result, index) => (result.status === "rejected" ? [[index, result.reason]] : []));

describe("ten deployments", () => {
  it("are one list, one request and one poll of one task", async () => {
    const looks: Looks = (svms) => [
      { state: "Running", children: svms.map((svm) => subtask(svm, "Running")) },
      { state: "Completed", children: svms.map((svm) => subtask(svm, "Completed")) },
    ];
    const { server, results } = await deployNamed(10, { looks });
    expect(failures(results)).toEqual([]);
    expect(server.deployments).toEqual([names(10)]);
    expect([server.looksAt("objects"), server.looksAt("tasks")]).toEqual([1, 2]);
  });

  it("yield each its own SVM", async () => {
    const { results } = await deployNamed(10);
    expect(results).toEqual(
      names(10).map((name) => ({
        status: "fulfilled",
        value: { taskId: "t-1", subtaskId: `s-v-${name}`, svmId: `v-${name}`, ipAddress: undefined },
      })),
    );
  });

  it("go out without the one that the server refuses, which gets the server's words", async () => {
    const refuse: Refuse = (svms) =>
      svms.some(({ svmSettings }) => svmSettings?.name === "svm-6")
        ? { status: 400, body: { message: "svm-6 has no storage" } }
        : undefined;
    const { server, results } = await deployNamed(10, { refuse });
    expect(failures(results)).toEqual([
      [6, expect.objectContaining({ status: 400, serverMessage: "svm-6 has no storage" })],
    ]);
    const accepted = server.deployments.filter((batch) => !batch.includes("svm-6")).flat();
    expect(accepted.sort()).toEqual(names(10).filter((name) => name !== "svm-6"));
  });

  it.each([
    ["the account may not", { status: 403, body: { message: "forbidden" } }],
    ["it does not know the operation", { status: 404 }],
    ["it fails", { status: 500, body: { message: "internal error" } }],
  ])("fail together, and are not split, when the server says that %s", async (_, answer) => {
    const { server, results } = await deployNamed(10, { refuse: () => answer });
    expect(failures(results)).toHaveLength(10);
    expect(server.deployments).toHaveLength(1);
  });

  it("are split when the server does not find something that one of them names", async () => {
    const { server } = await deployNamed(2, { refuse: () => ({ status: 404, body: { message: "no such host" } }) });
    expect(server.deployments).toEqual([["svm-0", "svm-1"], ["svm-0"], ["svm-1"]]);
  });

  it("end each with its own subtask: one failure fails alone", async () => {
    const looks: Looks = (svms) => [
      {
        state: "Failed",
        error: "1 of 10 failed",
        children: svms.map((svm, index) => {
          const step = { id: "x", state: "Failed", parameters: [{ key: "deployStepName", value: "UploadSvmImage" }] };
          const failed = { result: undefined, children: [{ ...step, error: { message: "no space left" } }] };
          return index === 4 ? subtask(svm, "Failed", failed) : subtask(svm, "Completed");
        }),
      },
    ];
    const { results } = await deployNamed(10, { looks });
    expect(failures(results)).toEqual([[4, expect.any(TaskFailedError)]]);
    expect(results[4]).toMatchObject({
      reason: { message: "Task DeploySvm svm-4 (s-v-svm-4) ended as Failed at UploadSvmImage: no space left" },
    });
  });

  it("end each as soon as its own subtask does", async () => {
    const running =
      (done: number): Looks =>
      (svms) => [
        { state: "Running", children: svms.map((svm, index) => subtask(svm, index < done ? "Completed" : "Running")) },
      ];
    const server = await SvmServer.start({ looks: running(1) });
    const { svms } = server.client();
    const leaving = new AbortController();
    const first = svms.deploy(deployment("svm-0"));
    const second = svms.deploy(deployment("svm-1"), { signal: leaving.signal });
    await expect(first).resolves.toMatchObject({ svmId: "v-svm-0" });
    leaving.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
  });
});

describe("one request holds only deployments", () => {
  const image = deployment("x").image;
  it.each<[string, Partial<SvmDeployment>]>([
    ["of one image", { image: { ...image, id: "img-2" } }],
    ["of one localization", { image: { ...image, localization: "ru" } }],
    ["that agree on the integrity check", { image: { ...image, skipIntegrityCheck: true } }],
    ["to one type of location", { placement: openStackPlacement }],
  ])("%s", async (_, other) => {
    const { server } = await deployAll([deployment("a"), deployment("b", other), deployment("c")]);
    expect(new Set(server.deployments)).toEqual(new Set([["a", "c"], ["b"]]));
  });

  it("but of any infrastructure", async () => {
    const elsewhere = { placement: { ...hostPlacement(), infrastructureId: "i-2" } };
    const { server } = await deployAll([deployment("a"), deployment("b", elsewhere)]);
    expect(server.deployments).toEqual([["a", "b"]]);
  });
});

describe("an SVM that exists already", () => {
  it("is not deployed again; the others are", async () => {
    const { server, results } = await deployNamed(3, { vms: () => [vm("svm-1", "h-svm-1")] });
    expect(failures(results)).toEqual([[1, expect.any(SvmExistsError)]]);
    expect(results[1]).toMatchObject({
      reason: {
        message: expect.stringMatching(
          /^An SVM named "svm-1" already exists \(id "v-svm-1"\) on hypervisor "h-svm-1" of \S+ \("i-1"\)$/,
        ),
        svm: { id: "v-svm-1" },
      },
    });
    expect(server.deployments).toEqual([["svm-0", "svm-2"]]);
  });

  it("elsewhere does no harm", async () => {
    const elsewhere = { ...vm("svm-0", "another-host"), id: "v-elsewhere" };
    const { results } = await deployNamed(1, { vms: () => [elsewhere] });
    expect(failures(results)).toEqual([]);
  });

  it("is looked for at the time of the deployment, whatever was read before", async () => {
    const exists: unknown[] = [];
    const server = await SvmServer.start({ vms: () => exists });
    const { svms, judge } = server.client();
    await judge.namesakesOf({ ...hostPlacement(), name: "svm-0", id: null });
    exists.push(vm("svm-0", "h-svm-0"));
    await expect(svms.deploy(deployment("svm-0"))).rejects.toBeInstanceOf(SvmExistsError);
  });

  it("and was removed may be deployed again, though the server still lists it", async () => {
    const server = await SvmServer.start({ vms: () => [vm("svm-0", "h-svm-0")] });
    const { svms } = server.client();
    await svms.remove({ target: reference("v-svm-0") });
    await svms.deploy(deployment("svm-0"));
    expect(server.deployments).toEqual([["svm-0"]]);
  });

  it("only because it is being deployed at the same time is refused, too", async () => {
    const { server, results } = await deployAll([deployment("svm-0"), deployment("svm-0")]);
    expect(failures(results)).toMatchObject([[1, { name: "InvalidArgumentError" }]]);
    expect(server.deployments).toEqual([["svm-0"]]);
  });

  it("by the list's failure unknown, is not deployed", async () => {
    const server = await SvmServer.start();
    server.fake.on("GET /api/3.0/infrastructures/i-1/objects?objectTypes=SVM&outputType=DetailedInfo", { status: 404 });
    await expect(server.client().svms.deploy(deployment("svm-0"))).rejects.toMatchObject({ status: 404 });
    expect(server.deployments).toEqual([]);
  });
});

describe("a task that names an SVM", () => {
  const named = (svmId: string) => (svms: Parameters<Looks>[0]) => [
    { state: "Completed", children: svms.map((svm) => subtask(svm, "Completed", { result: { svmId } })) },
  ];
  const older = vm("svm-0", "another-host");

  it("which was there before has deployed another one: that of its name in its place", async () => {
    const vms = [older];
    const looks: Looks = (svms) => {
      vms.push({ ...vm("svm-0", "h-svm-0"), id: "v-new" });
      return named(older.id)(svms);
    };
    const server = await SvmServer.start({ looks, vms: () => vms });
    const told: (string | undefined)[] = [];
    const onSubtask = ({ svmId }: { readonly svmId: string | undefined }) => told.push(svmId);
    await expect(server.client().svms.deploy(deployment("svm-0"), { onSubtask })).resolves.toMatchObject({
      svmId: "v-new",
    });
    expect(told).toEqual([undefined]);
  });

  it("which nobody has seen before has deployed that one", async () => {
    const server = await SvmServer.start({ looks: named("v-unseen"), vms: () => [older] });
    await expect(server.client().svms.deploy(deployment("svm-0"))).resolves.toMatchObject({ svmId: "v-unseen" });
  });

  it("whose id is free since we have removed it has deployed that one", async () => {
    const server = await SvmServer.start({ looks: named(older.id), vms: () => [older] });
    const { svms } = server.client();
    await svms.remove({ target: reference(older.id) });
    await expect(svms.deploy(deployment("svm-0"))).resolves.toMatchObject({ svmId: older.id });
  });
});

describe("a deployment tells", () => {
  it("its task, its subtask as it becomes known, and its progress, in this order", async () => {
    const step = (name: string, state: string) => ({
      id: name,
      state,
      parameters: [{ key: "deployStepName", value: name }],
    });
    const known = [
      { key: "svmName", value: "svm-0" },
      { key: "svmId", value: "v-1" },
      { key: "svmIpAddress", value: "10.0.0.10" },
    ];
    const looks: Looks = ([svm]) => {
      const part = (state: string, more: object) => [{ ...subtask(svm!, state), result: undefined, ...more }];
      return [
        { state: "Queued", children: [] },
        { state: "Running", children: part("Running", { progress: 0 }) },
        { state: "Running", children: part("Running", { progress: 20, children: [step("Upload", "Running")] }) },
        { state: "Running", children: part("Running", { progress: 20, children: [step("Upload", "Running")] }) },
        {
          state: "Completed",
          children: part("Completed", {
            parameters: known,
            progress: 100,
            children: [step("Upload", "Completed"), step("Start", "Completed")],
          }),
        },
      ];
    };
    const server = await SvmServer.start({ looks });
    const told: unknown[] = [];
    const result = await server.client().svms.deploy(deployment("svm-0"), {
      onTask: (taskId) => told.push(taskId),
      onSubtask: ({ svmId, ipAddress }) => told.push([svmId, ipAddress]),
      onProgress: ({ step: at, progress }) => told.push(`${at} ${progress}`),
    });
    expect(told).toEqual([
      "t-1",
      [undefined, undefined],
      "undefined 0",
      "Upload 20",
      ["v-1", "10.0.0.10"],
      "Start 100",
    ]);
    expect(result).toMatchObject({ svmId: "v-1", ipAddress: "10.0.0.10" });
  });

  it("the SVM's id before it fails", async () => {
    const looks: Looks = ([svm]) => [
      { state: "Failed", children: [subtask(svm!, "Failed", { result: { svmId: "v-1" } })] },
    ];
    const server = await SvmServer.start({ looks });
    const onSubtask = jest.fn();
    await expect(server.client().svms.deploy(deployment("svm-0"), { onSubtask })).rejects.toThrow(TaskFailedError);
    expect(onSubtask).toHaveBeenCalledWith(expect.objectContaining({ svmId: "v-1" }));
  });

  it("the id of an SVM that its subtask does not name, looked up by name", async () => {
    const exists: unknown[] = [];
    const looks: Looks = ([svm]) => {
      exists.push(vm("svm-0", "h-svm-0"));
      return [{ state: "Completed", children: [subtask(svm!, "Completed", { result: true })] }];
    };
    const { results } = await deployNamed(1, { looks, vms: () => exists });
    expect(results).toMatchObject([{ value: { svmId: "v-svm-0" } }]);
  });

  it("the id of an SVM whose task is completed without any part, looked up by name", async () => {
    const exists: unknown[] = [];
    const looks: Looks = (svms) => {
      for (const name of svms.map((svm) => String(svm.svmSettings?.name))) exists.push(vm(name, `h-${name}`));
      return [{ state: "Completed", children: [], result: { svmId: "v-svm-1" } }];
    };
    const { results } = await deployNamed(2, { looks, vms: () => exists });
    expect(results).toMatchObject([{ value: { svmId: "v-svm-0" } }, { value: { svmId: "v-svm-1" } }]);
  });

  it("that there is no SVM, when it is completed and there is none", async () => {
    const looks: Looks = ([svm]) => [{ state: "Completed", children: [subtask(svm!, "Completed", { result: true })] }];
    const { results } = await deployNamed(1, { looks });
    expect(results).toMatchObject([{ reason: { message: expect.stringContaining("it named no SVM") } }]);
  });
});

describe("a caller who leaves", () => {
  const leave = async (when: keyof SvmOperationOptions | "before") => {
    const looks: Looks = (svms) => [
      { state: "Running", children: svms.map((svm) => subtask(svm, "Running")) },
      { state: "Completed", children: svms.map((svm) => subtask(svm, "Completed")) },
    ];
    const server = await SvmServer.start({ looks });
    const { svms } = server.client();
    const leaving = new AbortController();
    const go = (): void => leaving.abort(new Error("interrupted"));
    const onTask = jest.fn(() => {
      if (when === "onTask") go();
    });
    const both = Promise.allSettled([
      svms.deploy(deployment("svm-0"), { signal: leaving.signal, onTask }),
      svms.deploy(deployment("svm-1")),
    ]);
    if (when === "before") go();
    const results = await both;
    expect(results).toMatchObject([{ reason: { message: "interrupted" } }, { value: { svmId: "v-svm-1" } }]);
    return { server, onTask };
  };

  it("before the request is sent is not in it", async () => {
    const { server } = await leave("before");
    expect(server.deployments).toEqual([["svm-1"]]);
  });

  it("after it was sent ends only the own wait", async () => {
    const { server, onTask } = await leave("onTask");
    expect(server.deployments).toEqual([["svm-0", "svm-1"]]);
    expect(onTask).toHaveBeenCalledWith("t-1");
  });

  it("while the request is under way learns of its task first", async () => {
    const leaving = new AbortController();
    const server = await SvmServer.start({
      answer: (response) => {
        leaving.abort(new Error("interrupted"));
        response.end(JSON.stringify({ id: "t-1", state: "Created" }));
      },
    });
    const onTask = jest.fn();
    // Not that long: the answer comes.
    const clock = FakeClock.skipping(3_000);
    const left = server.client({ clock }).svms.deploy(deployment("svm-0"), { signal: leaving.signal, onTask });
    await expect(left).rejects.toThrow("interrupted");
    expect(onTask).toHaveBeenCalledWith("t-1");
  });

  it("with all others, while no answer comes, learns that it is lost", async () => {
    const leaving = new AbortController();
    const server = await SvmServer.start({ answer: () => leaving.abort(new Error("interrupted")) });
    const { svms } = server.client();
    const all = names(2).map((name) => svms.deploy(deployment(name), { signal: leaving.signal }));
    for (const each of await Promise.allSettled(all))
      expect(each).toMatchObject({ reason: expect.any(AnswerLostError) });
  });
});

it("a lost answer reaches every caller as such, and nothing is sent again", async () => {
  const { server, results } = await deployNamed(3, { answer: (response) => void response.destroy() });
  expect(failures(results).map(([, reason]) => reason)).toEqual([1, 2, 3].map(() => expect.any(AnswerLostError)));
  expect(server.deployments).toHaveLength(1);
});

describe("reconfigurations and removals", () => {
  it("are each one request and one task", async () => {
    const server = await SvmServer.start();
    const { svms } = server.client();
    await Promise.all([
      ...names(5).map((id) =>
        svms.reconfigure({ target: reference(id), currentPassword: new Secret("p"), dns: { main: "1.1.1.1" } }),
      ),
      ...names(5).map((id) => svms.remove({ target: reference(`r-${id}`) })),
    ]);
    const ids = (method: string) =>
      server.bodies(method).map(({ svms: sent }) => sent.map(({ deploymentInfo }) => deploymentInfo.target.svmId));
    expect([ids("PUT"), ids("DELETE")]).toEqual([[names(5)], [names(5).map((id) => `r-${id}`)]]);
    expect(server.looksAt("tasks")).toBe(2);
  });

  it("fail alone", async () => {
    const looks: Looks = (svms) => [
      { state: "Failed", children: svms.map((svm, index) => subtask(svm, index === 1 ? "Cancelled" : "Completed")) },
    ];
    const server = await SvmServer.start({ looks });
    const { svms } = server.client();
    const results = await Promise.allSettled(names(3).map((id) => svms.remove({ target: reference(id) })));
    expect(failures(results)).toEqual([[1, expect.any(TaskFailedError)]]);
  });
});
