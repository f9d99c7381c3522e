/** ListResource and ValidateListResourceConfig: which objects there are, for `terraform query`. */
import type { RequestOf } from "../protocol/tfplugin6";
import { configWithDefaults } from "../schema/objects";
import { boundOf } from "./bounds";
import type { Call } from "./call";
import { decodeConfig, encodeObject } from "./dynamic-values";
import { identityOf } from "./identity";
import { streamOperation } from "./operation";
import { learnSecrets } from "./secrets";
import { definitionOf, type Session } from "./session";
import { stateProblems, storable } from "./state-check";
import { validate } from "./validate-config";

export function validateListResourceConfig(session: Session) {
  return async (request: RequestOf<"validateListResourceConfig">, call: Call): Promise<object> => {
    await validate(session, call, listResourceOf(session, request.typeName), request);
    return {};
  };
}

export function listResource(session: Session) {
  return async function* (request: RequestOf<"listResource">, call: Call, cancelled: AbortSignal) {
    const { typeName, includeResourceObject, limit } = request;
    const listing = listResourceOf(session, typeName);
    const { schema } = definitionOf(session.provider.resources, "resource", typeName);
    const config = configWithDefaults(
      listing.schema.attributes,
      decodeConfig(listing.schema.attributes, request.config),
    );
    learnSecrets(session.log.secrets, listing.schema.attributes, config);
    const bound = boundOf(listing.schema.attributes, "read", config);
    const operation = { name: "list", typeName, bound, cancelled } as const;
    let count = 0;
    for await (const { displayName, state } of streamOperation(session, call, operation, { config }, (context) =>
      listing.list(context),
    )) {
      call.add(...stateProblems(schema.attributes, state));
      const found = storable(schema.attributes, state);
      yield {
        displayName,
        identity: identityOf(schema, found),
        ...(includeResourceObject && { resourceObject: encodeObject(schema.attributes, found) }),
      };
      count += 1;
      if (count === limit) return;
    }
  };
}

function listResourceOf({ provider }: Session, typeName: string) {
  return definitionOf(provider.listResources, "list resource", typeName);
}
