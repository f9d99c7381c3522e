/** The example provider as a plugin that Terraform can start. */
import { serve } from "../../src/terraform/plugin";
import { createProviderServer } from "../../src/terraform/server/create-provider-server";
import { exampleProvider } from "./example-provider";

serve({
  name: "example",
  runByHand: "A provider for tests.",
  createServer: async (log) => createProviderServer(exampleProvider, { log }),
});
