/** ConfigureProvider: makes the client that life cycle code works with. */

import type { RequestOf } from "../protocol/tfplugin6";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import { unknownPaths } from "../values/unknown";
import type { Call } from "./call";
import { decodeConfig } from "./dynamic-values";
import { runOperation } from "./operation";
import { learnSecrets } from "./secrets";
import type { Session } from "./session";

export function configureProvider(session: Session) {
  return async (request: RequestOf<"configureProvider">, call: Call) => {
    const { provider, configuration, log } = session;
    const { attributes } = provider.schema;
    const config = decodeConfig(attributes, request.config);
    learnSecrets(log.secrets, attributes, config);
    const unknown = unknownPaths(ctyTypeOfAttributes(attributes), config);
    if (unknown.length > 0) {
      configuration.postpone(unknown);
      return {};
    }
    const operation = { name: "configure", typeName: `the provider "${provider.name}"` } as const;
    const fields = { config, terraformVersion: request.terraformVersion };
    const client = await runOperation(session, call, operation, fields, (context) => provider.configure(context));
    configuration.succeed(client);
    return {};
  };
}
