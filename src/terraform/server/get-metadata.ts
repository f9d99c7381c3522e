/** GetMetadata: the type names alone, for clients that do not need the schemas. */
import type { RequestOf, ResponseOf } from "../protocol/tfplugin6";
import { SERVER_CAPABILITIES } from "./get-provider-schema";
import type { Session } from "./session";

export function getMetadata({ provider }: Session) {
  return async (_request: RequestOf<"getMetadata">): Promise<ResponseOf<"getMetadata">> => ({
    serverCapabilities: SERVER_CAPABILITIES,
    resources: typeNames(provider.resources),
    dataSources: typeNames(provider.dataSources),
    ephemeralResources: typeNames(provider.ephemeralResources ?? {}),
    listResources: typeNames(provider.listResources ?? {}),
  });
}

function typeNames(definitions: Readonly<Record<string, unknown>>) {
  return Object.keys(definitions).map((typeName) => ({ typeName }));
}
