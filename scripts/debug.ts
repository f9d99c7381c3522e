/** `npm run debug`: serves the provider to every Terraform that is told where it is; see CONTRIBUTING. */
import { PROVIDER_SOURCE } from "../src/installation/address";
import { ksvla } from "../src/provider";
import { hclog, levelFromEnvironment } from "../src/terraform/plugin/hclog";
import { serveReattached } from "../src/terraform/plugin/reattach";
import { createProviderServer } from "../src/terraform/server/create-provider-server";

async function main(): Promise<void> {
  const write = (line: string) => process.stderr.write(line);
  const log = hclog({ module: "provider.ksvla", level: levelFromEnvironment(process.env), write });
  const createServer = async () => createProviderServer(ksvla, { log });
  const { value } = await serveReattached({ address: PROVIDER_SOURCE, log, createServer });
  console.log(`In the shell of Terraform or OpenTofu:\n\nexport TF_REATTACH_PROVIDERS='${value}'\n\nCtrl-C ends it.`);
  // An exit of its own, so that the socket is removed.
  process.once("SIGINT", () => process.exit(0));
}

void main();
