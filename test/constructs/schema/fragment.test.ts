/** What resources and data sources add to their stack. */
import { Aspects, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { KsvlaProvider, TrustedCertificate } from "../../../constructs";
import { synth } from "../synth";

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

const ADDRESS = "esx.example.test";

test("is an object like any other for whoever looks at it", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const content: unknown = new TrustedCertificate(stack, "esx", { address: ADDRESS }).toTerraform();
  const expected = { resource: { ksvla_trusted_certificate: { esx: { address: ADDRESS } } } };
  expect(content).toMatchObject(expected);
  expect(JSON.parse(JSON.stringify(content))).toMatchObject(expected);
  expect({ ...Object(content) }).toMatchObject(expected);
});

test("removes nothing of others, as what it lacks would", () => {
  const { resource, moved } = synth((stack) => {
    new TrustedCertificate(stack, "a", { address: ADDRESS }).moveFromId("ksvla_trusted_certificate.former");
    new TrustedCertificate(stack, "b", { address: ADDRESS });
  }) as ReturnType<typeof synth> & { readonly moved?: unknown };
  expect(Object.keys(resource?.["ksvla_trusted_certificate"] ?? {})).toEqual(["a", "b"]);
  expect(moved).toEqual([{ from: "ksvla_trusted_certificate.former", to: "ksvla_trusted_certificate.a" }]);
});

test.each<[string, (certificate: TrustedCertificate, variable: TerraformVariable) => void]>([
  ["an override", (certificate, variable) => certificate.addOverride("thumbprint", variable.stringValue)],
  [
    "an override in a text",
    (certificate, variable) => certificate.addOverride("thumbprint", `${variable.stringValue}`),
  ],
  ["an override's list", (certificate, variable) => certificate.addOverride("labels", variable.listValue)],
  ["an override's number", (certificate, variable) => certificate.addOverride("labels", variable.numberValue)],
  [
    "an override's numbers",
    (certificate, variable) => certificate.addOverride("labels", Token.asNumberList(variable.stringValue)),
  ],
  ["an override's key", (certificate, variable) => certificate.addOverride("labels", variable.value)],
  [
    "a life cycle",
    (certificate, variable) => {
      certificate.lifecycle = { precondition: [{ condition: variable.booleanValue, errorMessage: "no" }] };
    },
  ],
])("is resolved with a token in %s", (_name, change) => {
  const text = JSON.stringify(
    synth((stack) => {
      const variable = new TerraformVariable(stack, "variable", {});
      const certificate = new TrustedCertificate(stack, "esx", { address: ADDRESS });
      Aspects.of(certificate).add({ visit: () => change(certificate, variable) });
    }),
  );
  expect(text).toContain("${var.variable}");
  expect(text).not.toContain("TfToken");
});

test("is resolved with what a subclass adds", () => {
  class Labelled extends TrustedCertificate {
    override toTerraform() {
      const content = super.toTerraform();
      content.resource.ksvla_trusted_certificate[this.friendlyUniqueId].label = label();
      return content;
    }
  }
  let label = () => "";
  const { resource } = synth((stack) => {
    const variable = new TerraformVariable(stack, "variable", {});
    label = () => `label ${variable.stringValue} ${variable.numberValue}`;
    new Labelled(stack, "esx", { address: ADDRESS });
  });
  expect(resource?.["ksvla_trusted_certificate"]?.["esx"]).toMatchObject({
    label: "label ${var.variable} ${var.variable}",
  });
});

test("finds references to other stacks", () => {
  const app = Testing.app();
  const first = new TerraformStack(app, "first");
  const variable = new TerraformVariable(first, "variable", {});
  new TerraformOutput(first, "variable-as-well", { value: variable.stringValue });
  const second = new TerraformStack(app, "second");
  new KsvlaProvider(second, "ksvla");
  const certificate = new TrustedCertificate(second, "esx", { address: ADDRESS });
  certificate.addOverride("thumbprint", variable.stringValue);
  second.prepareStack();
  expect(Testing.synth(first)).toContain("cross-stack-output-varvariable");
  expect(Testing.synth(second)).toContain("terraform_remote_state.cross-stack-reference-input-first");
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
