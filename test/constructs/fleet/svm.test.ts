/** One SVM without a fleet is what it would be in one. */
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import {
  Infrastructure,
  KsvlaProvider,
  Secret,
  Svm,
  SvmDeployment,
  SvmImage,
  UpgradeStrategy,
} from "../../../constructs";
import { problems, synth, untyped } from "../synth";
import { svmsOf } from "./fleet";

const place = { host: "esx-01", storage: "ds1", network: "Servers" };
const settings = () => ({
  ksc: { address: "ksc.example.test" },
  root: { allowSsh: false },
  klconfig: { password: Secret.fromVariable("KLCONFIG", { version: "1" }) },
});

test("it is the resource that a fleet would have made, with a look-up beside it", () => {
  const result = synth((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "vcenter", "1");
    const image = SvmImage.fromImageAttributes(stack, "image", { imageId: "image-1", svmVersion: "6.2" });
    const props = { infrastructure, ...place, ...settings(), upgrade: UpgradeStrategy.KEEP_PROTECTING };
    const svm = new Svm(stack, "single", { ...props, image });
    new TerraformOutput(stack, "id", { value: svm.svmId });
    const { upgrade, ...own } = props;
    new SvmDeployment(stack, "fleet", { image, upgrade, svms: { member: own } });
  });
  const anyLookUp = JSON.stringify(svmsOf(result)["member-6.2"]).replaceAll("fleet_look-ups", "look-ups");
  const withoutHash = (text: string) => text.replaceAll(/_[0-9A-F]{8}/g, "").replaceAll("member", "single");
  expect(withoutHash(JSON.stringify(svmsOf(result)["single-6.2"]))).toBe(withoutHash(anyLookUp));
  expect(svmsOf(result)["single-6.2"]).toMatchObject({ lifecycle: { create_before_destroy: true } });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  expect(result.output?.["id"]).toEqual({ value: "${ksvla_svm.single.id}" });
  expect(Object.values(result.data?.["ksvla_host"] ?? {})).toHaveLength(2);
});

test("single SVMs of a scope share the look-up of their hypervisor, those of two servers do not", () => {
  const { data } = synth((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "vcenter", "1");
    const image = SvmImage.fromImageId(stack, "image", "image-1");
    const provider = new KsvlaProvider(stack, "second", { alias: "second" });
    new Svm(stack, "a", { infrastructure, image, ...place });
    new Svm(stack, "b", { infrastructure, image, ...place });
    new Svm(stack, "c", { infrastructure, image, ...place, provider });
    new Svm(new Construct(stack, "other"), "d", { infrastructure, image, ...place });
  });
  const providers = Object.values(data?.["ksvla_host"] ?? {}).map((host) => host["provider"]);
  expect(providers.sort()).toEqual(["ksvla.second", undefined, undefined]);
});

test("it is refused with what a fleet refuses, under its own path", () => {
  const found = problems((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "vcenter", "1");
    const image = SvmImage.fromImageId(stack, "image", "image-1");
    const upgrade = UpgradeStrategy.KEEP_PROTECTING;
    new Svm(stack, "a", untyped({ infrastructure, image, ...place, upgrade, localisation: "en", storage: undefined }));
  });
  expect(found).toEqual([
    "[stack/a] storage: The attribute is required.",
    '[stack/a] localisation: There is no property "localisation". Did you mean "localization"?',
    "[stack/a] image: UpgradeStrategy.KEEP_PROTECTING names the SVMs after the image's version. Set its svmVersion.",
  ]);
});

test("without an image, or in JavaScript without an infrastructure, it gets messages and no TypeError", () => {
  const found = problems((stack) => new Svm(stack, "a", untyped({ ...place })));
  expect(found).toEqual([
    "[stack/(look-ups)/no-infrastructure/host-name-esx-01] infrastructure: The attribute is required.",
    "[stack/a] infrastructure: The attribute is required.",
    "[stack/a] image: The attribute is required.",
  ]);
});

test("a reference has what is known, and its infrastructure's provider", () => {
  synth((stack) => {
    const provider = new KsvlaProvider(stack, "second", { alias: "second" });
    const infrastructure = Infrastructure.fromInfrastructureAttributes(stack, "there", {
      infrastructureId: "1",
      provider,
    });
    const attributes = { svmId: "svm-1", name: "svm-esx-01", ipAddress: "10.0.0.5", infrastructure };
    expect(Svm.fromSvmAttributes(stack, "known", attributes)).toMatchObject({ ...attributes, provider });
    const { svmId, name } = Svm.fromSvmId(stack, "id", "svm-1");
    expect([svmId, name]).toEqual(["svm-1", undefined]);
    expect(Svm.isSvm(Svm.fromSvmId(stack, "other", "svm-1"))).toBe(false);
  });
});
