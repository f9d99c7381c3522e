import type { SvmIdentity, Task } from "../../../src/integration-server";
import { describeSubtask, findSubtask } from "../../../src/integration-server/svms/subtask";

const task = (id: string, parameters: Record<string, string> = {}, children: readonly Task[] = []): Task => ({
  id,
  parameters,
  children,
  state: "Running",
  type: undefined,
  stage: undefined,
  progress: undefined,
  parentId: undefined,
  age: undefined,
  inStateFor: undefined,
  result: undefined,
  error: undefined,
});
const root = (...children: readonly Task[]): Task => task("root", {}, children);
const at = (name: string, locationId: string): SvmIdentity => ({ name, locationId, infrastructureId: "i-1" });
const on = (svmName: string, hostId: string) => ({ svmName, hostId, infrastructureId: "i-1" });

describe("the subtask of an SVM is", () => {
  it("the one that has its name", () => {
    const tree = root(task("1", { svmName: "svm-01" }), task("2", { svmName: "svm-02" }));
    expect(findSubtask(tree, { name: "svm-02" })?.id).toBe("2");
  });

  it("the one that has its id", () => {
    const tree = root(task("1", { svmId: "v-1", svmName: "x" }), task("2", { svmId: "v-2", svmName: "x" }));
    expect(findSubtask(tree, { svmId: "v-2" })?.id).toBe("2");
  });

  it("of two that have its name, the one at its location", () => {
    const tree = root(task("1", on("svm", "h-1")), task("2", on("svm", "h-2")));
    expect(findSubtask(tree, at("svm", "h-2"))?.id).toBe("2");
  });

  it("of two that have its name and location, the one in its infrastructure", () => {
    const tree = root(task("1", on("svm", "h-1")), task("2", { ...on("svm", "h-1"), infrastructureId: "i-2" }));
    expect(findSubtask(tree, at("svm", "h-1"))?.id).toBe("1");
  });

  it("the only one that has its name, though the server calls the location otherwise", () => {
    const tree = root(task("1", on("svm-01", "esx-01")), task("2", on("svm-02", "esx-02")));
    expect(findSubtask(tree, at("svm-02", "h-2"))?.id).toBe("2");
  });

  it("the one whose turn it is among those of its name, where nothing tells the locations", () => {
    const batch = [at("svm", "h-1"), at("other", "h-1"), at("svm", "h-2")];
    const tree = root(task("1", { svmName: "svm" }), task("2", { svmName: "svm" }), task("3", { svmName: "other" }));
    expect(batch.map((svm) => findSubtask(tree, svm, batch)?.id)).toEqual(["1", "3", "2"]);
  });

  it("the latest attempt, where the server tries again", () => {
    const failed = { ...task("1", { ...on("svm", "h-1"), svmId: "v-1" }), state: "Failed" as const };
    const other = task("2", on("other", "h-1"));
    const batch = [at("svm", "h-1"), at("other", "h-1")];
    const found = (...attempts: readonly Task[]) =>
      batch.map((svm) => findSubtask(root(failed, other, ...attempts), svm, batch)).map((each) => each?.id);
    const again = task("3", { ...on("svm", "h-1"), svmId: "v-1" });
    expect(found()).toEqual(["1", "2"]);
    expect(found(again)).toEqual(["3", "2"]);
    expect(found({ ...again, state: "Completed" }, task("4", on("svm", "h-1")))).toEqual(["3", "2"]);
    expect(found({ ...again, state: "Failed" })).toEqual(["3", "2"]);
    expect(describeSubtask("root", findSubtask(root(failed, other, again), at("svm", "h-1")) ?? other).svmId).toBe(
      "v-1",
    );
  });

  it("the latest attempt at the same id, where the server tries again", () => {
    const tree = root(task("1", { svmId: "v-1" }), task("2", { svmId: "v-2" }), task("3", { svmId: "V-1" }));
    const batch = [{ svmId: "v-1" }, { svmId: "v-2" }];
    expect(batch.map((svm) => findSubtask(tree, svm, batch)?.id)).toEqual(["3", "2"]);
  });

  it("the one whose turn it is, where nothing tells whom a subtask is about", () => {
    const batch = [{ svmId: "v-1" }, { svmId: "v-2" }];
    const tree = root(task("1", { svmName: "svm-01" }), task("2", { svmId: "" }));
    expect(batch.map((svm) => findSubtask(tree, svm, batch)?.id)).toEqual(["1", "2"]);
  });
});

describe("the subtask of an SVM is found, though the server", () => {
  it("composes letters with accents in another way", () => {
    const name = "svm-é";
    const tree = root(task("1", on(name.normalize("NFD"), "h-1")), task("2", on("svm-e", "h-1")));
    expect(findSubtask(tree, at(name.normalize("NFC"), "h-1"))?.id).toBe("1");
  });

  it("writes ids in another case", () => {
    const tree = root(task("1", on("svm", "H-1")), task("2", on("svm", "H-2")));
    expect(findSubtask(tree, at("svm", "h-2"))?.id).toBe("2");
  });

  it("writes names in another case, and names differ in that only", () => {
    const batch = [at("svm-a", "h-1"), at("SVM-A", "h-2")];
    const tree = root(task("1", on("SVM-A", "h-1")), task("2", on("SVM-A", "h-2")));
    expect(batch.map((svm) => findSubtask(tree, svm, batch)?.id)).toEqual(["1", "2"]);
  });

  it("keeps the case of names that differ in that only", () => {
    const batch = [at("svm-a", "h-1"), at("SVM-A", "h-1")];
    const tree = root(task("1", on("SVM-A", "h-1")), task("2", on("svm-a", "h-1")));
    expect(batch.map((svm) => findSubtask(tree, svm, batch)?.id)).toEqual(["2", "1"]);
  });

  it("writes an id in another case", () => {
    expect(findSubtask(root(task("1", { svmId: "ABC" }), task("2", { svmId: "abd" })), { svmId: "abc" })?.id).toBe("1");
  });

  it("names all but one", () => {
    const batch = [at("svm-01", "h-1"), at("svm-02", "h-2")];
    const tree = root(task("1", { hostId: "h-1" }), task("2", on("svm-02", "h-2")));
    expect(batch.map((svm) => findSubtask(tree, svm, batch)?.id)).toEqual(["1", "2"]);
  });

  it("shows a step beside it", () => {
    const step = task("s", { deployStepName: "UploadSvmImage" });
    expect(findSubtask(root(step, task("1")), { svmId: "v-1" })?.id).toBe("1");
  });
});

describe("no subtask is taken for an SVM's", () => {
  it("that is about a namesake elsewhere, where places are told", () => {
    const tree = root(task("1", on("svm", "h-2")), task("2", on("other", "h-1")));
    expect(findSubtask(tree, at("svm", "h-1"))).toBeUndefined();
  });

  it("when two of its name say the same place, and that is another one's", () => {
    const batch = [at("svm", "h-1"), at("svm", "h-2")];
    const tree = root(task("1", on("svm", "h-2")), task("2", on("svm", "h-2")));
    expect(batch.map((svm) => findSubtask(tree, svm, batch))).toEqual([undefined, undefined]);
  });

  it("that names somebody else, though it is the only one left", () => {
    const batch = [at("svm-01", "h-1"), at("svm-02", "h-2")];
    const tree = root(task("1", on("svm-01", "h-1")), task("2", on("svm-03", "h-2")));
    expect(findSubtask(tree, batch[1]!, batch)).toBeUndefined();
  });

  it("while it has not appeared among others", () => {
    const batch = [at("svm-01", "h-1"), at("svm-02", "h-2")];
    expect(findSubtask(root(task("1", on("svm-01", "h-1"))), at("svm-02", "h-2"), batch)).toBeUndefined();
  });

  it("while a namesake's is there and its own may still appear", () => {
    const batch = [at("svm", "h-1"), at("svm", "h-2")] as const;
    expect(findSubtask(root(task("1", { svmName: "svm" })), batch[1], batch)).toBeUndefined();
  });

  it("while nothing tells whom they are about, and not all have appeared", () => {
    const batch = [{ svmId: "v-1" }, { svmId: "v-2" }] as const;
    expect(findSubtask(root(task("1")), batch[0], batch)).toBeUndefined();
  });

  it("when there are none", () => {
    expect(findSubtask(root(), { name: "svm-01" })).toBeUndefined();
  });
});

describe("a subtask tells", () => {
  it("no id that another one of the same task claims, too", () => {
    const batch = [at("svm-01", "h-1"), at("svm-02", "h-2"), at("svm-03", "h-3")];
    const tree = root(
      task("1", { ...on("svm-01", "h-1"), svmId: "v-1" }),
      { ...task("2", on("svm-02", "h-2")), result: { svmId: "v-1" } },
      { ...task("3", { ...on("svm-03", "h-3"), svmId: "v-1" }), result: { svmId: "v-3" } },
    );
    const ids = batch.map((svm) => describeSubtask("t", findSubtask(tree, svm, batch)!).svmId);
    expect(ids).toEqual([undefined, undefined, "v-3"]);
  });

  it("an id that is a number", () => {
    expect(describeSubtask("t", { ...task("1"), result: { svmId: 42 } }).svmId).toBe("42");
  });

  it("the SVM's id and address as soon as its parameters do", () => {
    const subtask = task("1", { svmId: "v-1", svmIpAddress: "10.0.0.10" });
    expect(describeSubtask("t", subtask)).toEqual({
      taskId: "t",
      subtaskId: "1",
      svmId: "v-1",
      ipAddress: "10.0.0.10",
    });
  });

  it("the SVM's id in its result", () => {
    expect(describeSubtask("t", { ...task("1", { svmId: "" }), result: { svmId: "v-1" } }).svmId).toBe("v-1");
  });

  it("nothing before the server knows it", () => {
    const subtask = { ...task("1", { svmId: "", svmIpAddress: "" }), result: true };
    expect(describeSubtask("t", subtask)).toMatchObject({ svmId: undefined, ipAddress: undefined });
  });
});
