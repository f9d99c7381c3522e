/** GenerateResourceConfig: a configuration for an object that is imported, to be completed by the user. */
import type { RequestOf } from "../protocol/tfplugin6";
import { completeObject, configurationOf } from "../schema/objects";
import type { Call } from "./call";
import { decodeConfig, encodeObject } from "./dynamic-values";
import { definitionOf, type Session } from "./session";

export function generateResourceConfig({ provider }: Session) {
  return async ({ typeName, state: value }: RequestOf<"generateResourceConfig">, _call: Call) => {
    const resource = definitionOf(provider.resources, "resource", typeName);
    const { attributes } = resource.schema;
    const state = decodeConfig(attributes, value);
    const config = configurationOf(attributes, state);
    const generated = resource.generateConfig?.({ config, state }) ?? config;
    return { config: encodeObject(attributes, completeObject(attributes, generated)) };
  };
}
