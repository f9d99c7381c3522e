/** GetProviderSchema: everything that the provider declares. */
import type { RequestOf, ResponseOf } from "../protocol/tfplugin6";
import type { Schema } from "../schema/schema";
import type { Session } from "./session";
import { wireSchema } from "./wire-schema";

/** What this server can do beyond the protocol's first version. */
export const SERVER_CAPABILITIES = {
  planDestroy: true,
  getProviderSchemaOptional: true,
  moveResourceState: true,
  generateResourceConfig: true,
} as const;

/** Answers with the same message each time: schemas do not change, and converting them is not free. */
export function getProviderSchema({ provider }: Session) {
  let response: ResponseOf<"getProviderSchema"> | undefined;
  return async (_request: RequestOf<"getProviderSchema">): Promise<ResponseOf<"getProviderSchema">> => {
    response ??= {
      provider: wireSchema(provider.schema),
      resourceSchemas: wireSchemas(provider.resources),
      dataSourceSchemas: wireSchemas(provider.dataSources),
      ephemeralResourceSchemas: wireSchemas(provider.ephemeralResources ?? {}),
      listResourceSchemas: wireSchemas(provider.listResources ?? {}),
      serverCapabilities: SERVER_CAPABILITIES,
    };
    return response;
  };
}

function wireSchemas(definitions: Readonly<Record<string, { readonly schema: Schema }>>) {
  return Object.fromEntries(
    Object.entries(definitions).map(([typeName, { schema }]) => [typeName, wireSchema(schema)]),
  );
}
