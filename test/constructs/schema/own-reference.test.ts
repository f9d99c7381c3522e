/** References to attributes of this library's resources and look-ups. */
import { Fn, TerraformOutput, TerraformStack, Testing, Tokenization } from "cdktf";
import { Host, Infrastructure, KsvlaProvider, Secret, Svm, SvmImage } from "../../../constructs";
import { connected, synthFleet } from "../fleet/fleet";
import { synth } from "../synth";

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

const place = { host: "esx-01", storage: "ds1", network: "Servers" };

test("has the name that the resource has in the end", () => {
  const { output } = synth((stack) => {
    const vcenter = connected(stack, "vcenter");
    new TerraformOutput(stack, "id", { value: vcenter.id });
    vcenter.overrideLogicalId("renamed");
  });
  expect(output?.["id"]).toEqual({ value: "${ksvla_infrastructure.renamed.id}" });
});

test("has it where SVMs refer to their look-ups, too", () => {
  const { resource, data } = synth((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "there", "1");
    const host = new Host(stack, "host", { infrastructure, name: "esx-01" });
    const image = SvmImage.fromImageId(stack, "image", "1");
    new Svm(stack, "a", { image, infrastructure, ...place, host });
    host.overrideLogicalId("renamed");
  });
  expect(Object.keys(data?.["ksvla_host"] ?? {})).toEqual(["renamed"]);
  expect(Object.values(resource?.["ksvla_svm"] ?? {})[0]).toMatchObject({
    host: { id: "${data.ksvla_host.renamed.id}", storage_id: '${data.ksvla_host.renamed.storage_ids["ds1"]}' },
  });
});

test("stands in functions without braces", () => {
  const { output } = synth((stack) => {
    new TerraformOutput(stack, "id", { value: Fn.upper(connected(stack, "vcenter").id) });
  });
  expect(output?.["id"]).toEqual({ value: "${upper(ksvla_infrastructure.vcenter.id)}" });
});

test("is an output where another stack refers to it, in the same names as CDKTF's own", () => {
  const app = Testing.app();
  const first = new TerraformStack(app, "first");
  new KsvlaProvider(first, "ksvla");
  const vcenter = connected(first, "vcenter");
  const second = new TerraformStack(app, "second");
  new KsvlaProvider(second, "ksvla");
  new Host(second, "host", { infrastructure: vcenter, name: "esx-01" });
  for (const stack of [first, second]) stack.prepareStack();

  expect(JSON.parse(Testing.synth(first))).toHaveProperty(
    ["output", "cross-stack-output-ksvla_infrastructurevcenterid", "value"],
    "${ksvla_infrastructure.vcenter.id}",
  );
  expect(JSON.parse(Testing.synth(second))).toHaveProperty(
    ["data", "ksvla_host", "host", "infrastructure_id"],
    "${data.terraform_remote_state.cross-stack-reference-input-first.outputs.cross-stack-output-ksvla_infrastructurevcenterid}",
  );
});

test("says where it was made, as CDKTF's own do, when an error has to tell", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const [token] = Tokenization.reverse(connected(stack, "vcenter").id);
  expect(token?.creationStack.join("\n")).toContain(__filename);
  expect(token?.creationStack.join("\n")).not.toMatch(/^\s*at /m);
});

test("of a secret is its variable", () => {
  const { resource } = synthFleet(({ vcenter: infrastructure }) => ({
    klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD") },
    svms: { a: { infrastructure, ...place } },
  }));
  expect(Object.values(resource?.["ksvla_svm"] ?? {})[0]).toMatchObject({
    klconfig: { password_wo: "${var.KLCONFIG_PASSWORD}" },
  });
});

test("is text in the configuration, whatever Terraform gets", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const infrastructure = Infrastructure.fromInfrastructureId(stack, "there", "1");
  const image = SvmImage.fromImageId(stack, "image", "1");
  const host = new Host(stack, "host", { infrastructure, name: "esx-01" });
  expect([host.id, host.hostId, host.networkId("Servers"), image.imageId].map((each) => typeof each)).toEqual(
    Array.from({ length: 4 }, () => "string"),
  );
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
