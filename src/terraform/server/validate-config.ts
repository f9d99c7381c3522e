/** The Validate… calls: what is wrong with a configuration before anything is planned. */

import type { DynamicValue, RequestOf } from "../protocol/tfplugin6";
import type { Schema } from "../schema/schema";
import type { Attributes } from "../schema/types";
import { validateConfig } from "../schema/validate";
import { Walk } from "../schema/walk";
import { type AttributePath, renderPath } from "../values/path";
import type { ObjectValue } from "../values/value";
import type { Call } from "./call";
import { decodeConfig } from "./dynamic-values";
import { learnSecrets } from "./secrets";
import { definitionOf, type Session } from "./session";

export function validateProviderConfig(session: Session) {
  return async ({ config }: RequestOf<"validateProviderConfig">, call: Call): Promise<object> => {
    validate(session, call, session.provider.schema, config);
    return {};
  };
}

export function validateResourceConfig(session: Session) {
  return async (request: RequestOf<"validateResourceConfig">, call: Call): Promise<object> => {
    const { schema } = definitionOf(session.provider.resources, "resource", request.typeName);
    const config = validate(session, call, schema, request.config);
    if (!request.clientCapabilities?.writeOnlyAttributesAllowed) refuseWriteOnly(call, schema.attributes, config);
    return {};
  };
}

export function validateDataResourceConfig(session: Session) {
  return async ({ typeName, config }: RequestOf<"validateDataResourceConfig">, call: Call): Promise<object> => {
    validate(session, call, definitionOf(session.provider.dataSources, "data source", typeName).schema, config);
    return {};
  };
}

export function validateEphemeralResourceConfig(session: Session) {
  return async ({ typeName, config }: RequestOf<"validateEphemeralResourceConfig">, call: Call): Promise<object> => {
    const { schema } = definitionOf(session.provider.ephemeralResources, "ephemeral resource", typeName);
    validate(session, call, schema, config);
    return {};
  };
}

function validate(session: Session, call: Call, schema: Schema, value: DynamicValue | undefined): ObjectValue {
  const config = decodeConfig(schema.attributes, value);
  learnSecrets(session.secrets, schema.attributes, config);
  for (const { path, message, summary = "Invalid value" } of validateConfig(schema, config))
    call.add({ severity: "error", summary, detail: message, path });
  return config;
}

const writeOnly = new Walk(({ flags }) => flags.has("writeOnly"));

/** A client that does not know write-only attributes would store them. */
function refuseWriteOnly(call: Call, attributes: Attributes, config: ObjectValue): void {
  const paths: AttributePath[] = [];
  writeOnly.visit(attributes, [config], (_, [value], path) => {
    if (value !== null) paths.push([...path]);
    return false;
  });
  const [first] = paths;
  if (first === undefined) return;
  const names = paths.map((path) => `\`${renderPath(path)}\``).join(", ");
  call.add({
    severity: "error",
    summary: "Write-only attributes need Terraform 1.11 or later",
    detail: `This version of Terraform or OpenTofu would keep ${names} in the plan and the state. Write-only attributes, which are never stored, need Terraform 1.11 or OpenTofu 1.11. Upgrade it, or leave them out where they are optional.`,
    path: first,
  });
}
