/** The connection test of which nothing is stored, in either CDK. */
import { Fn, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { KsvlaProvider, Secret } from "../../constructs";
import { EphemeralKsvlaOpenstackConnectionTest } from "../../constructs/generated";
import { knowsFeatures } from "../../constructs/kind/features";
import { problems, synth, untyped } from "./synth";

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

const ACCOUNT = { name: "svm-admin", domain: "Default", password: Secret.fromVariable("OPENSTACK_PASSWORD") };
const KEYSTONE = { type: "OPENSTACK", address: "keystone.example.test:5000", openstack: { protocol: "https" } };

function connectionTest(stack: TerraformStack): EphemeralKsvlaOpenstackConnectionTest {
  return new EphemeralKsvlaOpenstackConnectionTest(stack, "keystone", { ...KEYSTONE, admin: ACCOUNT });
}

test("is a block of its own, which takes an ephemeral secret", () => {
  const result = synth((stack) => {
    const keystone = connectionTest(stack);
    keystone.lifecycle = {
      postcondition: [{ condition: Fn.tobool("${self.connected}"), errorMessage: "OpenStack cannot be reached." }],
    };
  }) as ReturnType<typeof synth> & { readonly ephemeral?: object };
  expect(result.ephemeral).toEqual({
    ksvla_openstack_connection_test: {
      keystone: {
        ...KEYSTONE,
        admin: { name: "svm-admin", domain: "Default", password: "${var.OPENSTACK_PASSWORD}" },
        lifecycle: { postcondition: [expect.objectContaining({ error_message: "OpenStack cannot be reached." })] },
      },
    },
  });
  expect(result.data).toBeUndefined();
  expect(result.variable?.["OPENSTACK_PASSWORD"]).toMatchObject({ ephemeral: true });
});

test("is referred to as ephemeral, by itself and by its attributes", () => {
  const { output, provider } = synth((stack) => {
    const keystone = connectionTest(stack);
    new TerraformOutput(stack, "connected", { value: keystone.connected });
    new TerraformOutput(stack, "first", { value: keystone.microservices.get(0).address });
    new KsvlaProvider(stack, "second", { alias: "second", username: keystone.name });
    new TerraformOutput(stack, "itself", { value: keystone.fqn });
  });
  expect(output).toEqual({
    connected: { value: "${ephemeral.ksvla_openstack_connection_test.keystone.connected}" },
    first: { value: "${ephemeral.ksvla_openstack_connection_test.keystone.microservices[0].address}" },
    itself: { value: "${ephemeral.ksvla_openstack_connection_test.keystone}" },
  });
  expect(provider?.["ksvla"]).toContainEqual({
    alias: "second",
    username: "${ephemeral.ksvla_openstack_connection_test.keystone.name}",
  });
});

test("is checked as everything is", () => {
  const wrong = problems((stack) => {
    const admin = { ...ACCOUNT, password: untyped<Secret>("Hunter2") };
    new EphemeralKsvlaOpenstackConnectionTest(stack, "keystone", { ...KEYSTONE, type: "VMWARE", admin });
  });
  expect(wrong).toEqual([
    expect.stringContaining("[stack/keystone] admin.password: The value must be a Secret, got: plain text"),
    expect.stringContaining("[stack/keystone] type: The value must be one of"),
  ]);
});

test("is HCL where the CDK writes such blocks, and refused where it would be left out", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const keystone = connectionTest(stack);
  const write = () => Testing.synthHcl(stack);
  if (knowsFeatures(keystone)) expect(write()).toContain('ephemeral "ksvla_openstack_connection_test" "keystone"');
  else expect(write).toThrow("[stack/keystone] CDKTF writes no ephemeral resources as HCL");
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
