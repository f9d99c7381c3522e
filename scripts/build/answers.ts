/** Answers of the provider that are the same whatever is asked, as bytes. */
import { ksvla } from "../../src/provider";
import { hclog } from "../../src/terraform/plugin/hclog";
import { providerService, rpcPath } from "../../src/terraform/plugin/provider-service";
import type { RpcName } from "../../src/terraform/protocol/tfplugin6";
import { createProviderServer } from "../../src/terraform/server/create-provider-server";

const ANSWERED: readonly RpcName[] = ["getMetadata", "getProviderSchema", "getResourceIdentitySchemas"];

/** By the call's path. */
export async function builtAnswers(): Promise<Readonly<Record<string, Uint8Array>>> {
  const log = hclog({ module: "build", level: "off", write: () => {} });
  const methods = providerService(createProviderServer(ksvla, { log }), log);
  const answers = ANSWERED.map(async (name) => {
    const method = methods.get(rpcPath(name));
    if (method === undefined || !("unary" in method)) throw new Error(`The provider does not answer ${name}.`);
    return [rpcPath(name), await method.unary(new Uint8Array())] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}
