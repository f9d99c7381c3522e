import { App, TerraformStack } from "cdktn";
import type { Construct } from "constructs";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, SvmDeployment, SvmImage } from "../../constructs";
import { DataKsvlaCertificate } from "../../constructs/generated";
import { LifecycleHook } from "../../constructs/hook";
import { missingKind } from "../../constructs/kind/kinds";
import { stackWith, untyped } from "./synth";

describe("in an app of the other CDK", () => {
  const elements: Readonly<Record<string, (scope: Construct) => unknown>> = {
    "a provider": (scope) => new KsvlaProvider(scope, "it"),
    "a resource": (scope) =>
      new Infrastructure(scope, "it", {
        type: InfrastructureType.VMWARE,
        address: "vcenter.example.test",
        admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
      }),
    "a data source": (scope) => new DataKsvlaCertificate(scope, "it", { address: "vcenter.example.test" }),
    "a fleet": (scope) => new SvmDeployment(scope, "it", { image: SvmImage.fromImageId(scope, "image", "1") }),
    "a hook": (scope) => new LifecycleHook(scope, "it", { resource: untyped({}), afterCreate: "add" }),
  };

  test.each(Object.entries(elements))("%s is refused with the entry to import", (_, create) => {
    const stack = new TerraformStack(new App(), "stack");

    expect(() => create(stack)).toThrow(
      '[stack/it] This app is one of CDK Terrain, and the construct is for CDKTF. Import it from "cdktf-ksvla/cdktn" instead of "cdktf-ksvla"',
    );
  });
});

test("in an app of its own CDK, whichever copy of it, a construct is what it is", () => {
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof import("cdktf")>("cdktf");
    const stack = new other.TerraformStack(new other.App(), "stack");
    expect(stack).not.toBeInstanceOf(stackWith(() => {}).constructor);

    expect(new KsvlaProvider(stack, "it").node.path).toBe("stack/it");
  });
});

describe("an entry whose CDK cannot be loaded", () => {
  const missing = (message: string) => Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });

  test.each([
    ["Node.js", "Cannot find module 'cdktn'\nRequire stack:\n- /app/node_modules/cdktf-ksvla/dist/cdktn/index.js"],
    ["Yarn", "cdktf-ksvla tried to access cdktn (a peer dependency) but it isn't provided by your application"],
  ])("says which entry is the right one, as %s tells it", (_, message) => {
    expect(missingKind(missing(message))).toMatchObject({
      message:
        '"cdktf-ksvla/cdktn" is for apps of CDK Terrain, and its package cdktn is not installed. An app of CDKTF imports from ' +
        '"cdktf-ksvla". In an app of CDK Terrain, run: npm install cdktn',
    });
  });

  test.each([
    ["is there but lacks another package", missing("Cannot find module 'cdktf-helper'\nRequire stack:\n- /app/cdktf")],
    ["throws by itself", new TypeError("'cdktf' is undefined")],
  ])("fails as it does where the CDK %s", (_, error) => {
    expect(missingKind(error)).toBe(error);
  });
});
