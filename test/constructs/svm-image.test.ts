import { Infrastructure, InfrastructureType, Secret, SvmImage } from "../../constructs";
import { problems, synth } from "./synth";

const manifestPath = "/opt/svm/svm-6.2.xml";

test("all settings reach Terraform under its names", () => {
  const { resource } = synth((stack) => {
    const infrastructureTypes = [InfrastructureType.VMWARE, InfrastructureType.NUMAVSERVER];
    new SvmImage(stack, "image", { manifestPath, infrastructureTypes, verify: false, timeouts: { create: "1h" } });
  });
  expect(resource?.["ksvla_svm_image"]?.["image"]).toEqual({
    manifest_path: manifestPath,
    infrastructure_types: ["VMWARE", "NUMAVSERVER"],
    verify: false,
    timeouts: { create: "1h" },
  });
});

test("types are taken from infrastructures, each once, without waiting for the connections", () => {
  const { resource } = synth((stack) => {
    const connect = (id: string, type: InfrastructureType) =>
      new Infrastructure(stack, id, {
        type,
        address: `${id}.example.test`,
        admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
      });
    new SvmImage(stack, "image", {
      manifestPath,
      infrastructureTypes: [InfrastructureType.PROXMOX],
      infrastructures: [connect("one", InfrastructureType.VMWARE), connect("two", InfrastructureType.VMWARE)],
    });
  });
  expect(resource?.["ksvla_svm_image"]?.["image"]).toEqual({
    manifest_path: manifestPath,
    infrastructure_types: ["PROXMOX", "VMWARE"],
  });
});

test("an image without any type, and one whose path is not absolute, are refused", () => {
  expect(problems((stack) => new SvmImage(stack, "image", { manifestPath: "svm.xml" }))).toEqual([
    expect.stringMatching(/^\[stack\/image\] manifestPath: The value must be .*, got: "svm.xml"/),
    expect.stringMatching(/^\[stack\/image\] infrastructureTypes: The value must have at least one element/),
  ]);
});

test("a registered image is referred to by its id, with or without its version", () => {
  synth((stack) => {
    expect(SvmImage.fromImageId(stack, "one", "id-1")).toMatchObject({
      imageId: "id-1",
      svmVersion: undefined,
    });
    expect(SvmImage.fromImageAttributes(stack, "two", { imageId: "id-2", svmVersion: "6.2" })).toMatchObject({
      imageId: "id-2",
      svmVersion: "6.2",
    });
  });
});
