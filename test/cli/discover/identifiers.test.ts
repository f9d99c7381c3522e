import { Identifiers } from "../../../src/cli/discover/identifiers";

test.each([
  ["svm-01", "svm_01"],
  ["vcenter.example.com", "vcenter_example_com"],
  ["10.0.0.1", "svm_10_0_0_1"],
  ["Büro / 2", "Buro_2"],
  ["СВМ-1", "svm_1"],
  ["СВМ", "svm"],
  ["", "svm"],
  ["*/ `path` %{", "path"],
  ["kvm-svms", "kvm_svms_2"],
  ["class", "class_2"],
  ["x".repeat(300), "x".repeat(60)],
])("%j is %s", (name, identifier) => {
  expect(new Identifiers().take(name, "svm")).toBe(identifier);
});

test("each is given once, whatever the case", () => {
  const identifiers = new Identifiers();
  expect(["svm-1", "svm_1", "SVM 1", "svm_1_2"].map((name) => identifiers.take(name, "svm"))).toEqual([
    "svm_1",
    "svm_1_2",
    "SVM_1_3",
    "svm_1_2_2",
  ]);
});
