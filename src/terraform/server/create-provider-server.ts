/** The protocol's provider server, from what a provider consists of. */
import type { RedactingLogger } from "../logger";
import type { ProviderServer } from "../protocol/tfplugin6";
import type { Provider } from "../provider";
import type { Attributes } from "../schema/types";
import { applyResourceChange } from "./apply-resource-change";
import { answering, streaming } from "./call";
import { configureProvider } from "./configure-provider";
import { closeEphemeralResource, openEphemeralResource, renewEphemeralResource } from "./ephemeral-resources";
import { generateResourceConfig } from "./generate-resource-config";
import { getMetadata } from "./get-metadata";
import { getProviderSchema } from "./get-provider-schema";
import { importResourceState } from "./import-resource-state";
import { listResource, validateListResourceConfig } from "./list-resource";
import { moveResourceState } from "./move-resource-state";
import { planResourceChange } from "./plan-resource-change";
import { readDataSource } from "./read-data-source";
import { readResource } from "./read-resource";
import { getResourceIdentitySchemas, upgradeResourceIdentity } from "./resource-identities";
import { newSession } from "./session";
import { upgradeResourceState } from "./upgrade-resource-state";
import {
  validateDataResourceConfig,
  validateEphemeralResourceConfig,
  validateProviderConfig,
  validateResourceConfig,
} from "./validate-config";

/**
 * Serves a provider. No method rejects: what goes wrong becomes diagnostics.
 */
export function createProviderServer<A extends Attributes, Client>(
  provider: Provider<A, Client>,
  { log }: { readonly log: RedactingLogger },
): ProviderServer {
  const session = newSession(provider, log);
  return {
    getMetadata: answering(session, "getMetadata", getMetadata(session)),
    getProviderSchema: answering(session, "getProviderSchema", getProviderSchema(session)),
    validateProviderConfig: answering(session, "validateProviderConfig", validateProviderConfig(session)),
    validateResourceConfig: answering(session, "validateResourceConfig", validateResourceConfig(session)),
    validateDataResourceConfig: answering(session, "validateDataResourceConfig", validateDataResourceConfig(session)),
    validateEphemeralResourceConfig: answering(
      session,
      "validateEphemeralResourceConfig",
      validateEphemeralResourceConfig(session),
    ),
    configureProvider: answering(session, "configureProvider", configureProvider(session)),
    getResourceIdentitySchemas: answering(session, "getResourceIdentitySchemas", getResourceIdentitySchemas(session)),
    upgradeResourceIdentity: answering(session, "upgradeResourceIdentity", upgradeResourceIdentity(session)),
    upgradeResourceState: answering(session, "upgradeResourceState", upgradeResourceState(session)),
    moveResourceState: answering(session, "moveResourceState", moveResourceState(session)),
    readResource: answering(session, "readResource", readResource(session)),
    planResourceChange: answering(session, "planResourceChange", planResourceChange(session)),
    applyResourceChange: answering(session, "applyResourceChange", applyResourceChange(session)),
    importResourceState: answering(session, "importResourceState", importResourceState(session)),
    generateResourceConfig: answering(session, "generateResourceConfig", generateResourceConfig(session)),
    validateListResourceConfig: answering(session, "validateListResourceConfig", validateListResourceConfig(session)),
    listResource: streaming(session, "listResource", listResource(session)),
    readDataSource: answering(session, "readDataSource", readDataSource(session)),
    openEphemeralResource: answering(session, "openEphemeralResource", openEphemeralResource(session)),
    renewEphemeralResource: answering(session, "renewEphemeralResource", renewEphemeralResource(session)),
    closeEphemeralResource: answering(session, "closeEphemeralResource", closeEphemeralResource(session)),
    getFunctions: async () => ({}),
    callFunction: async ({ name }) => ({ error: { text: `The provider has no function "${name}".` } }),
    stopProvider: async () => {
      log.info("Terraform asked to stop: interrupting what is in progress");
      session.stop.ask();
      return {};
    },
  };
}
