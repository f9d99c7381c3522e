/** What hooks are for Terraform in apps of CDKTF. */
import { provider as nullProvider } from "@cdktf/provider-null";
import { TerraformStack } from "cdktf";
import { LifecycleHook } from "../../../constructs/hook";
import { synth } from "../synth";
import { addHook, expression, hooked } from "./hooked";

test("a new resource is a reason to run", () => {
  expect(hooked({ afterCreate: "add" })).toMatchObject({
    triggers: { resource: expression('lookup(ksvla_trusted_certificate.certificate, "id", "")') },
    lifecycle: { ignore_changes: [] },
  });
});

test("the command before the destruction finds its environment in the triggers, whose changes are ignored", () => {
  expect(hooked({ beforeDestroy: "remove", environment: { Some_NAME: "a" }, triggers: { run: "1" } })).toMatchObject({
    triggers: { "environment.Some_NAME": "a", "trigger.run": "1" },
    lifecycle: { ignore_changes: ['triggers["environment.Some_NAME"]'] },
    provisioner: [
      {
        "local-exec": { environment: { Some_NAME: expression('lookup(self.triggers, "environment.Some_NAME", "")') } },
      },
    ],
  });
});

test("the environment of a hook without a command before the destruction is not stored", () => {
  expect(hooked({ afterCreate: "add", environment: { NAME: "a" } })?.["triggers"]).not.toHaveProperty([
    "environment.NAME",
  ]);
});

describe("the NullProvider", () => {
  test("of a stack inside of the stack is not that of its hooks", () => {
    const { provider } = synth((stack) => {
      new nullProvider.NullProvider(new TerraformStack(stack, "nested"), "null");
      addHook(stack, { afterCreate: "add" });
    });
    expect(provider?.["null"]).toEqual([{}]);
  });

  test("is added once, however many hooks a stack has", () => {
    const { provider } = synth((stack) => {
      const hook = addHook(stack, { afterCreate: "add" });
      new LifecycleHook(stack, "second", { resource: hook, afterCreate: "add" });
    });
    expect(provider?.["null"]).toEqual([{}]);
  });

  test("that the stack has itself is taken, also when it is added later", () => {
    const { provider } = synth((stack) => {
      addHook(stack, { afterCreate: "add" });
      new nullProvider.NullProvider(stack, "own", { alias: "own" });
    });
    expect(provider?.["null"]).toEqual([{ alias: "own" }]);
  });

  test("is not in a stack without hooks", () => {
    expect(synth(() => {}).provider).not.toHaveProperty("null");
  });
});
