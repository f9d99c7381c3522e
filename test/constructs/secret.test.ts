import { inspect } from "node:util";
import { TerraformOutput, TerraformVariable, Token } from "cdktf";
import { Secret } from "../../constructs";
import { DataKsvlaOpenstackConnectionTest, KsvlaInfrastructure } from "../../constructs/generated";
import { problems, stackWith, synth, untyped } from "./synth";

const PASSWORD = "Hunter2-Hunter2";
const infrastructure = (password: Secret, more: object = {}) => ({
  type: "VMWARE",
  address: "vcenter.example.test",
  admin: { name: "admin", passwordWo: password, ...more },
});
const adminOf = (password: Secret, more?: object) =>
  synth((stack) => new KsvlaInfrastructure(stack, "a", infrastructure(password, more))).resource?.[
    "ksvla_infrastructure"
  ]?.["a"]?.["admin"];

test("a variable's secret is an ephemeral, sensitive variable and a reference to it", () => {
  const { resource, variable } = synth((stack) => {
    new KsvlaInfrastructure(
      stack,
      "a",
      infrastructure(Secret.fromVariable("VCENTER_PASSWORD", { description: "Of vCenter." })),
    );
  });
  expect(variable).toEqual({
    VCENTER_PASSWORD: { type: "string", description: "Of vCenter.", ephemeral: true, sensitive: true, nullable: false },
  });
  expect(resource?.["ksvla_infrastructure"]?.["a"]?.["admin"]).toEqual({
    name: "admin",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
    password_wo: "${var.VCENTER_PASSWORD}",
  });
});

test("the same variable is declared once, however many secrets use it", () => {
  const { variable } = synth((stack) => {
    new KsvlaInfrastructure(stack, "a", infrastructure(Secret.fromVariable("SHARED")));
    new KsvlaInfrastructure(stack, "b", infrastructure(Secret.fromVariable("SHARED")));
  });
  expect(Object.keys(variable ?? {})).toEqual(["SHARED"]);
});

test.each(["", "1ST", "VCENTER-PASSWORD", "A B", "count", "version"])("%j cannot be a variable's name", (name) => {
  expect(() => Secret.fromVariable(name)).toThrow("The name of a secret's variable must");
});

test("what cannot be a variable's name may be the secret, and is not repeated", () => {
  expect(() => Secret.fromVariable(PASSWORD)).not.toThrow(PASSWORD);
  expect(() => Secret.fromVariable(PASSWORD)).toThrow("not repeated");
});

test("a secret's version is what tells Terraform that the secret changed", () => {
  expect(adminOf(Secret.fromVariable("X", { version: "2" }))).toMatchObject({ password_wo_version: "2" });
});

test("a version that is set by itself wins over the secret's", () => {
  expect(adminOf(Secret.fromVariable("X", { version: "2" }), { passwordWoVersion: "3" })).toMatchObject({
    password_wo_version: "3",
  });
});

test("an expression stays an expression", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  const expression = "${ephemeral.vault_kv_secret_v2.vcenter.data.password}";
  expect(adminOf(Secret.fromExpression(expression))).toMatchObject({ password_wo: expression });
});

test("a token is an expression", () => {
  const { resource } = synth((stack) => {
    const variable = new TerraformVariable(stack, "own", { type: "string" });
    new KsvlaInfrastructure(stack, "a", infrastructure(Secret.fromExpression(variable.stringValue)));
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  expect(resource?.["ksvla_infrastructure"]?.["a"]?.["admin"]).toMatchObject({ password_wo: "${var.own}" });
});

test.each([
  ["plain text", PASSWORD],
  ["a literal", `\${"${PASSWORD}"}`],
  ["a call with a literal", `\${upper("${PASSWORD}")}`],
  ["text before a reference", `${PASSWORD}\${var.a}`],
  ["text after a reference", `\${var.a}${PASSWORD}`],
  ["two references", `\${var.a}\${var.${PASSWORD}}`],
  ["text beside a token", `${PASSWORD}${Token.asString({ resolve: () => "a" })}`],
])("%s is no reference, and the error does not repeat it", (_, expression) => {
  const attempt = () => Secret.fromExpression(expression);
  expect(attempt).toThrow("must be exactly one token or one Terraform reference");
  expect(attempt).not.toThrow(PASSWORD);
});

test.each(['ephemeral.a.b.data["pass-word"]', "var.a", "ephemeral.a.b[0].c"])("%s is a reference", (name) => {
  const reference = `$\{${name}}`;
  expect(adminOf(Secret.fromExpression(reference))).toMatchObject({ password_wo: reference });
});

test("plain text is written only when it is said to be unsafe", () => {
  expect(adminOf(Secret.unsafePlainText(PASSWORD))).toMatchObject({ password_wo: PASSWORD });
});

test("plain text that looks like a template stays what it is", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  expect(adminOf(Secret.unsafePlainText("a${b}%{c}"))).toMatchObject({ password_wo: "a$${b}%%{c}" });
});

describe("a plain string in place of a secret", () => {
  const add = (stack: Parameters<Parameters<typeof stackWith>[0]>[0]) =>
    new KsvlaInfrastructure(stack, "a", infrastructure(untyped(PASSWORD)));

  test("is refused with the construct's path and the way out", () => {
    expect(problems(add)).toEqual([
      "[stack/a] admin.passwordWo: The value must be a Secret, got: plain text, which everybody could read in cdk.tf.json. " +
        'Take Secret.fromVariable("NAME"), or Secret.unsafePlainText if it may be seen.',
    ]);
  });

  test("is not written even where validation is skipped", () => {
    expect(JSON.stringify(stackWith(add).toTerraform())).not.toContain(PASSWORD);
  });
});

test("a known secret is validated without being repeated", () => {
  const [problem] = problems(
    (stack) => new KsvlaInfrastructure(stack, "a", infrastructure(Secret.unsafePlainText(""))),
  );
  expect(problem).toBe("[stack/a] admin.passwordWo: The value must not be empty.");
});

test("a secret can be handed to other resources by reference", () => {
  const { output } = synth((stack) => {
    new TerraformOutput(stack, "out", { value: Secret.fromVariable("X").reference(stack), sensitive: true });
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  expect(output?.["out"]?.["value"]).toBe("${var.X}");
});

describe("a data source's password", () => {
  const keystone = (password: Secret) => ({
    type: "OPENSTACK",
    address: "keystone.example.test",
    openstack: { protocol: "https" },
    admin: { name: "admin", domain: "Default", password },
  });

  test("cannot be ephemeral", () => {
    const found = problems((stack) => {
      new DataKsvlaOpenstackConnectionTest(stack, "test", keystone(Secret.fromVariable("X")));
    });
    expect(found).toEqual([expect.stringMatching(/^\[stack\/test\] admin.password: The value must not be ephemeral/)]);
  });

  test("can be a sensitive variable", () => {
    const { variable } = synth((stack) => {
      new DataKsvlaOpenstackConnectionTest(stack, "test", keystone(Secret.fromVariable("X", { ephemeral: false })));
    });
    expect(variable).toEqual({ X: { type: "string", sensitive: true, nullable: false } });
  });

  test("cannot be the same variable as an ephemeral one", () => {
    const add = () =>
      stackWith((stack) => {
        new KsvlaInfrastructure(stack, "a", infrastructure(Secret.fromVariable("X")));
        new DataKsvlaOpenstackConnectionTest(stack, "test", keystone(Secret.fromVariable("X", { ephemeral: false })));
      });
    expect(add).toThrow('[stack/test] The variable "X" is ephemeral elsewhere in the stack, and not here.');
  });
});

test("printing a secret does not show it", () => {
  const secret = Secret.unsafePlainText(PASSWORD);
  expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  expect(inspect(secret)).not.toContain(PASSWORD);
  expect(() => `${secret}`).toThrow("secret.reference(scope)");
});

test("a secret of another copy of the library is a secret", () => {
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof import("../../constructs/secret")>("../../constructs/secret");
    expect(Secret.isSecret(other.Secret.fromVariable("X"))).toBe(true);
  });
  expect(Secret.isSecret("X")).toBe(false);
  expect(Secret.isSecret(null)).toBe(false);
});
