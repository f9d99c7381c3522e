import { DataResource, TerraformIterator, TerraformStack, TerraformVariable } from "cdktf";
import { Infrastructure, InfrastructureType, Secret, TrustedCertificate } from "../../../constructs";
import { LifecycleHook } from "../../../constructs/hook";
import { stackWith, untyped } from "../synth";
import { addHook, expression, type HookOptions, hooked, hookIn, hooksIn } from "./hooked";

/** What is wrong with the hook, without its path. */
function problems(add: (stack: TerraformStack) => void): readonly string[] {
  return stackWith(add).node.findChild("hook").node.validate();
}

test("both commands run on a resource that depends on the one whose life it is", () => {
  expect(
    hooked({
      afterCreate: "add",
      beforeDestroy: "remove",
      workingDirectory: "/srv",
      interpreter: ["bash", "-c"],
      onFailure: "continue",
    }),
  ).toMatchObject({
    depends_on: ["ksvla_trusted_certificate.certificate"],
    provisioner: [
      {
        "local-exec": {
          command: "add",
          environment: {},
          interpreter: ["bash", "-c"],
          on_failure: "continue",
          working_dir: "/srv",
        },
      },
      {
        "local-exec": {
          command: "remove",
          environment: {},
          interpreter: ["bash", "-c"],
          on_failure: "continue",
          when: "destroy",
          working_dir: "/srv",
        },
      },
    ],
  });
});

test("variables of the shell in a command stay what they are", () => {
  expect(hooked({ afterCreate: `add ${expression("NAME")}`, environment: { NAME: "a" } })).toMatchObject({
    provisioner: [{ "local-exec": { command: `add $${expression("NAME")}` } }],
  });
});

test("Terraform is told to refuse what another provider marks as sensitive", () => {
  const hook = hookIn((stack) => {
    const other = new DataResource(stack, "other");
    const environment = {
      ID: other.id,
      TEXT: `id: ${other.id}`,
      WRITTEN: `id: ${expression("terraform_data.other.id")}`,
    };
    addHook(stack, { afterCreate: "add", environment, triggers: { id: other.id } });
  });
  const isNotSensitive = (value: string) =>
    expression(`((ksvla_trusted_certificate.certificate != null) && !issensitive(${value}))`);
  expect(hook).toMatchObject({
    lifecycle: {
      precondition: [
        { condition: isNotSensitive("terraform_data.other.id") },
        { condition: isNotSensitive(`"id: ${expression("terraform_data.other.id")}"`) },
        { condition: isNotSensitive(`"id: ${expression("terraform_data.other.id")}"`) },
        { condition: isNotSensitive("terraform_data.other.id") },
      ],
    },
  });
});

test("the hook of a resource with instances has as many of them", () => {
  const hooks = hooksIn((stack) => {
    const forEach = TerraformIterator.fromList(["one.example.test", "two.example.test"]);
    const many = new TrustedCertificate(stack, "many", { forEach, address: forEach.value });
    const counted = new TrustedCertificate(stack, "counted", { count: 2, address: "a.example.test" });
    new LifecycleHook(stack, "for-each", { resource: many, afterCreate: "add" });
    new LifecycleHook(stack, "count", { resource: counted, afterCreate: "add" });
  });
  expect(hooks).toMatchObject({ "for-each": { for_each: expect.anything() }, count: { count: 2 } });
  expect(JSON.stringify(hooks["for-each"])).toContain(
    'lookup(ksvla_trusted_certificate.many[each.key], \\"id\\", \\"\\")',
  );
  expect(JSON.stringify(hooks["count"])).toContain("ksvla_trusted_certificate.counted[count.index]");
});

describe("synthesis refuses", () => {
  const found = (props: HookOptions) => problems((stack) => addHook(stack, props));
  const isStored = (path: string, got: string) => [
    expect.stringMatching(`^${path}: The value must not be a secret, .* got: ${got}$`),
  ];
  const run = { afterCreate: "add" };

  test("a hook without a command", () => {
    expect(found({})).toEqual(["A LifecycleHook needs a command: set afterCreate, beforeDestroy or both."]);
  });

  test("empty commands and names that no shell takes", () => {
    expect(found({ afterCreate: "", interpreter: [], environment: { "A-B": "" } })).toEqual([
      "afterCreate: The value must not be empty.",
      "interpreter: The value must not be empty.",
      expect.stringMatching(/^environment\["A-B"\]: The name of a variable must consist of/),
    ]);
  });

  test("tokens in a command, which belong into its environment", () => {
    const add = (stack: TerraformStack) => {
      const resource = new TrustedCertificate(stack, "certificate", { address: "vcenter.example.test" });
      new LifecycleHook(stack, "hook", { resource, beforeDestroy: `remove ${resource.id}` });
    };
    expect(problems(add)).toEqual([
      expect.stringMatching(
        /^beforeDestroy: The value must be plain text, got: a token\. Put the value into environment/,
      ),
    ]);
  });

  test("a resource of another stack", () => {
    const add = (stack: TerraformStack) => {
      const other = new TerraformStack(stack.node.root, "other");
      const resource = new TrustedCertificate(other, "certificate", { address: "vcenter.example.test" });
      new LifecycleHook(stack, "hook", { resource, ...run });
    };
    expect(problems(add)).toEqual(["resource: The hook must be in the stack of its resource, got: other/certificate"]);
  });

  test("a Secret, which reaches no file even without validation", () => {
    const environment = { PASSWORD: untyped<string>(Secret.unsafePlainText("open-sesame")) };
    expect(found({ ...run, environment })).toEqual(isStored('environment\\["PASSWORD"\\]', "a Secret"));
    expect(JSON.stringify(hookedUnvalidated({ beforeDestroy: "remove", environment }))).not.toContain("open-sesame");
  });

  test("a secret's reference", () => {
    const add = (stack: TerraformStack) =>
      addHook(stack, { ...run, triggers: { password: Secret.fromVariable("PASSWORD").reference(stack) } });
    expect(problems(add)).toEqual(isStored('triggers\\["password"\\]', "var.PASSWORD"));
  });

  test("a sensitive variable, in other text, too", () => {
    const add = (stack: TerraformStack) => {
      const token = new TerraformVariable(stack, "token", { sensitive: true });
      addHook(stack, { ...run, environment: { HEADER: `Bearer ${token.stringValue}` } });
    };
    expect(problems(add)).toEqual(isStored('environment\\["HEADER"\\]', "var.token"));
  });

  test("an ephemeral resource's attribute", () => {
    const environment = { TOKEN: expression("ephemeral.vault_token.it.value") };
    expect(found({ ...run, environment })).toEqual(
      isStored('environment\\["TOKEN"\\]', "ephemeral.vault_token.it.value"),
    );
  });

  test("a write-only attribute", () => {
    const add = (stack: TerraformStack) => {
      const vcenter = new Infrastructure(stack, "vcenter", {
        type: InfrastructureType.VMWARE,
        address: "vcenter.example.test",
        admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
      });
      addHook(stack, { ...run, environment: { PASSWORD: vcenter.getStringAttribute("admin.password_wo") } });
    };
    expect(problems(add)).toEqual(
      isStored('environment\\["PASSWORD"\\]', "ksvla_infrastructure.vcenter.admin.password_wo"),
    );
  });

  test("a variable that a library with a copy of cdktf of its own has made", () => {
    const add = (stack: TerraformStack) => {
      jest.isolateModules(() => {
        const other = jest.requireActual<typeof import("cdktf")>("cdktf");
        const variable = new other.TerraformVariable(stack, "theirs", { sensitive: true });
        expect(variable).not.toBeInstanceOf(TerraformVariable);
        addHook(stack, { ...run, environment: { TOKEN: variable.stringValue } });
      });
    };
    expect(problems(add)).toEqual(isStored('environment\\["TOKEN"\\]', "var.theirs"));
  });

  test("no attribute or variable that is not secret", () => {
    const add = (stack: TerraformStack) => {
      const region = new TerraformVariable(stack, "region", {});
      const vcenter = new Infrastructure(stack, "vcenter", {
        type: InfrastructureType.VMWARE,
        address: "vcenter.example.test",
        admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
      });
      addHook(stack, { ...run, environment: { NAME: vcenter.admin.name, REGION: region.stringValue, PLAIN: "a.b.c" } });
    };
    expect(problems(add)).toEqual([]);
  });
});

function hookedUnvalidated(props: HookOptions) {
  const stack = stackWith((scope) => addHook(scope, props));
  return stack.toTerraform();
}
