/** The plugin's entry point: the program that Terraform starts. */
import { serve } from "./terraform/plugin/serve";

void serve({
  name: "ksvla",
  runByHand: [
    "This is a Terraform plugin: terraform starts it by itself, and it does nothing on its own.",
    'To make it known to Terraform, run "npx cdktf-ksvla install", or use the constructs of cdktf-ksvla, which install it.',
  ].join("\n"),
  /** Loaded for the first call that is about more than the schema. */
  async createServer(log) {
    const [{ ksvla }, { createProviderServer }, { expectShortLife }] = await Promise.all([
      import("./provider"),
      import("./terraform/server/create-provider-server"),
      import("./terraform/plugin/engine"),
    ]);
    expectShortLife();
    return createProviderServer(ksvla, { log });
  },
});
