/** What hooks are for Terraform in apps of CDK Terrain. */
jest.mock("../../../constructs/hook/null-resource", () => jest.requireActual("../../../constructs/hook/data-resource"));

import { synth } from "../synth";
import { addHook, expression, hooked } from "./hooked";

test("new resources and changed triggers are reasons to run", () => {
  expect(hooked({ afterCreate: "add", triggers: { run: "1" } })).toMatchObject({
    triggers_replace: {
      resource: expression('lookup(ksvla_trusted_certificate.certificate, "id", "")'),
      "trigger.run": "1",
    },
  });
});

test("the command before the destruction finds its environment in the triggers, whose changes are ignored", () => {
  expect(hooked({ beforeDestroy: "remove", environment: { Some_NAME: "a" } })).toMatchObject({
    triggers_replace: { "environment.Some_NAME": "a" },
    lifecycle: { ignore_changes: ['triggers_replace["environment.Some_NAME"]'] },
    provisioner: [
      {
        "local-exec": {
          environment: { Some_NAME: expression('lookup(self.triggers_replace, "environment.Some_NAME", "")') },
        },
      },
    ],
  });
});

test("no provider is needed", () => {
  expect(synth((stack) => addHook(stack, { afterCreate: "add" })).provider).not.toHaveProperty("null");
});
