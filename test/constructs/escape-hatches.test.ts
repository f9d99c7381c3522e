import { Aspects, TerraformIterator, TerraformOutput, TerraformResource, Testing } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, TrustedCertificate } from "../../constructs";
import { KsvlaInfrastructure, KsvlaTrustedCertificate } from "../../constructs/generated";
import { problems, stackWith, synth, untyped } from "./synth";

const certificate = { address: "vcenter.example.test" };
const of = (add: Parameters<typeof synth>[0]) => synth(add).resource?.["ksvla_trusted_certificate"]?.["a"];

test("meta arguments are passed through", () => {
  const result = of((stack) => {
    const provider = new KsvlaProvider(stack, "other", { alias: "other" });
    const b = new TrustedCertificate(stack, "b", certificate);
    new TrustedCertificate(stack, "a", {
      ...certificate,
      provider,
      dependsOn: [b],
      lifecycle: { preventDestroy: true, ignoreChanges: ["thumbprint"], replaceTriggeredBy: [b] },
      provisioners: [{ type: "local-exec", command: "true" }],
    });
  });
  expect(result).toMatchObject({
    provider: "ksvla.other",
    depends_on: ["ksvla_trusted_certificate.b"],
    lifecycle: {
      prevent_destroy: true,
      ignore_changes: ["thumbprint"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
      replace_triggered_by: ["${ksvla_trusted_certificate.b}"],
    },
    provisioner: [{ "local-exec": { command: "true" } }],
  });
});

test("an iterator makes one resource per element", () => {
  const result = of((stack) => {
    const forEach = TerraformIterator.fromList(["one.example.test", "two.example.test"]);
    new TrustedCertificate(stack, "a", { forEach, address: forEach.value });
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  expect(result).toMatchObject({ address: "${each.value}" });
});

test("overrides reach what the configuration has, and what it lacks", () => {
  const result = of((stack) => {
    const a = new TrustedCertificate(stack, "a", certificate);
    a.addOverride("address", "other.example.test");
    a.addOverride("protocol", "ssh");
  });
  expect(result).toEqual({ address: "other.example.test", protocol: "ssh" });
});

test("what is overridden is not judged by what it was before", () => {
  const found = problems((stack) => {
    const a = new KsvlaTrustedCertificate(stack, "a", untyped({ protocol: "ftp" }));
    a.addOverride("address", "other.example.test");
    a.addOverride("protocol", "https");
  });
  expect(found).toEqual([]);
});

test("an Aspect sees and changes every resource", () => {
  const stack = stackWith((scope) => {
    new Infrastructure(scope, "vcenter", {
      type: InfrastructureType.VMWARE,
      address: "vcenter.example.test",
      admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
      trust: true,
    });
  });
  Aspects.of(stack).add({
    visit(node) {
      if (TerraformResource.isTerraformResource(node)) node.lifecycle = { preventDestroy: true };
    },
  });
  const { resource } = JSON.parse(Testing.synth(stack));
  expect(resource.ksvla_infrastructure.vcenter.lifecycle).toEqual({ prevent_destroy: true });
  const [only] = Object.values(resource.ksvla_trusted_certificate);
  expect(only).toMatchObject({ lifecycle: { prevent_destroy: true } });
});

test("an existing object is imported", () => {
  const { import: imports } = synth((stack) => {
    new TrustedCertificate(stack, "a", certificate).importFrom("https://vcenter.example.test:443");
  });
  expect(imports).toEqual([{ id: "https://vcenter.example.test:443", to: "ksvla_trusted_certificate.a" }]);
});

test("the configuration of an existing object can be generated", () => {
  const { import: imports } = synth((stack) => {
    KsvlaInfrastructure.generateConfigForImport(stack, "found", "id-1");
  });
  expect(imports).toEqual([{ id: "id-1", to: "ksvla_infrastructure.found" }]);
});

test("outputs are references, also inside of nested attributes", () => {
  const { output } = synth((stack) => {
    const a = new KsvlaInfrastructure(stack, "a", {
      type: "VMWARE",
      address: "vcenter.example.test",
      admin: { name: "admin", passwordWo: Secret.fromVariable("PASSWORD") },
    });
    const b = new TrustedCertificate(stack, "b", certificate);
    const value = [a.admin.name, a.microservices.get(1).status, a.microservices, b.accepted, b.validationErrors];
    new TerraformOutput(stack, "references", { value });
  });
  expect(output?.["references"]?.["value"]).toEqual(
    [
      "ksvla_infrastructure.a.admin.name",
      "ksvla_infrastructure.a.microservices[1].status",
      "ksvla_infrastructure.a.microservices",
      "ksvla_trusted_certificate.b.accepted",
      "ksvla_trusted_certificate.b.validation_errors",
    ].map((reference) => `\${${reference}}`),
  );
});

test("HCL has the same attributes", () => {
  const stack = stackWith((scope) => {
    new KsvlaInfrastructure(scope, "a", {
      type: "VMWARE",
      address: "vcenter.example.test",
      admin: { name: "admin", passwordWo: Secret.fromVariable("PASSWORD") },
      timeouts: { create: "20m" },
    });
  });
  const hcl = Testing.synthHcl(stack).replace(/\s+/g, " ");
  expect(hcl).toContain('type = "VMWARE" address = "vcenter.example.test"');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  expect(hcl).toContain('admin = { name = "admin" password_wo = "${var.PASSWORD}" }');
  expect(hcl).toContain('timeouts = { create = "20m" }');
  expect(hcl).not.toContain("required_version");
});
