/** A warning at synth of what Terraform would ask for where nobody can answer. */
import { openSync } from "node:fs";
import { type App, TerraformStack, Testing } from "cdktf";
import { KsvlaProvider, Secret } from "../../constructs";
import { KsvlaInfrastructure } from "../../constructs/generated";

jest.mock("node:fs", () => ({ ...jest.requireActual<object>("node:fs"), openSync: jest.fn(), closeSync: jest.fn() }));

const environment = process.env;

beforeEach(() => {
  process.env = { ...environment };
  delete process.env["TF_INPUT"];
  process.env["CI"] = "true";
  jest.mocked(openSync).mockImplementation(() => {
    throw new Error("ENXIO");
  });
});
afterEach(() => {
  process.env = environment;
});

function appWith(...variables: readonly string[]): App {
  const app = Testing.app();
  for (const [index, variable] of variables.entries()) {
    const stack = new TerraformStack(app, `stack-${index}`);
    new KsvlaProvider(stack, "ksvla");
    new KsvlaInfrastructure(stack, "a", {
      type: "VMWARE",
      address: "vcenter.example.test",
      admin: { name: "admin", passwordWo: Secret.fromVariable(variable) },
    });
  }
  return app;
}

function warnings(app: App): readonly string[] {
  app.node
    .findAll()
    .filter(TerraformStack.isStack)
    .forEach((stack) => void Testing.synth(stack, true));
  return app.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => `${node.path}: ${data}`),
    );
}

test("without a terminal, one warning names all variables of an app that have no value", () => {
  process.env["TF_VAR_GIVEN"] = "";
  expect(warnings(appWith("FIRST", "GIVEN", "SECOND"))).toEqual([
    "stack-0/Secret-FIRST: Not in the environment: TF_VAR_FIRST, TF_VAR_SECOND. Terraform asks for what has no value, and waits " +
      "for ever where nobody can answer, as here, where there is no terminal. Set them where the app is deployed. TF_INPUT=0 in " +
      "the environment, here and there, makes Terraform fail instead, and ends this warning.",
  ]);
});

test("a variable that several stacks take is named once", () => {
  const [warning] = warnings(appWith("SHARED", "SHARED"));
  expect(warning?.match(/TF_VAR_SHARED/g)).toHaveLength(1);
});

test.each(["0", "false"])("with TF_INPUT=%s, Terraform asks nothing", (input) => {
  process.env["TF_INPUT"] = input;
  expect(warnings(appWith("FIRST"))).toEqual([]);
});

test("with a value for each, there is nothing to ask for", () => {
  process.env["TF_VAR_FIRST"] = "Hunter2-Hunter2";
  expect(warnings(appWith("FIRST"))).toEqual([]);
});

test("in a terminal, somebody can answer", () => {
  if (process.platform === "win32") delete process.env["CI"];
  jest.mocked(openSync).mockReturnValue(99);
  expect(warnings(appWith("FIRST"))).toEqual([]);
});
