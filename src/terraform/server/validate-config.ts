/** The Validate… calls: what is wrong with a configuration before anything is planned. */

import type { DynamicValue, RequestOf } from "../protocol/tfplugin6";
import type { Resource } from "../resource";
import type { Problem, Schema } from "../schema/schema";
import type { Attributes } from "../schema/types";
import { validateConfig } from "../schema/validate";
import { Walk } from "../schema/walk";
import { type AttributePath, renderPath } from "../values/path";
import type { ObjectValue } from "../values/value";
import type { Call } from "./call";
import { decodeConfig } from "./dynamic-values";
import { runOperation } from "./operation";
import { learnSecrets } from "./secrets";
import { definitionOf, type Session } from "./session";

export function validateProviderConfig(session: Session) {
  return async ({ config }: RequestOf<"validateProviderConfig">, call: Call): Promise<object> => {
    checkSchema(session, call, session.provider.schema, config);
    return {};
  };
}

export function validateResourceConfig(session: Session) {
  return async (request: RequestOf<"validateResourceConfig">, call: Call): Promise<object> => {
    const resource = definitionOf(session.provider.resources, "resource", request.typeName);
    const config = await validate(session, call, resource, request);
    if (!request.clientCapabilities?.writeOnlyAttributesAllowed) {
      refuseWriteOnly(call, resource.schema.attributes, config);
    }
    return {};
  };
}

export function validateDataResourceConfig(session: Session) {
  return async (request: RequestOf<"validateDataResourceConfig">, call: Call): Promise<object> => {
    const dataSource = definitionOf(session.provider.dataSources, "data source", request.typeName);
    await validate(session, call, dataSource, request);
    return {};
  };
}

export function validateEphemeralResourceConfig(session: Session) {
  return async (request: RequestOf<"validateEphemeralResourceConfig">, call: Call): Promise<object> => {
    const { ephemeralResources } = session.provider;
    await validate(session, call, definitionOf(ephemeralResources, "ephemeral resource", request.typeName), request);
    return {};
  };
}

type Definition = Pick<Resource, "schema" | "validate">;
interface Configured {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
}

/** By the schema, and where that finds nothing by the definition's own validation. */
export async function validate(
  session: Session,
  call: Call,
  definition: Definition,
  { typeName, config: value }: Configured,
): Promise<ObjectValue> {
  const config = checkSchema(session, call, definition.schema, value);
  const ownValidation = definition.validate?.bind(definition);
  if (call.failed || ownValidation === undefined) return config;
  const fields = { config, client: session.configuration.clientIfKnown };
  report(call, await runOperation(session, call, { name: "validate", typeName }, fields, ownValidation));
  return config;
}

function checkSchema(session: Session, call: Call, schema: Schema, value: DynamicValue | undefined): ObjectValue {
  const config = decodeConfig(schema.attributes, value);
  learnSecrets(session.log.secrets, schema.attributes, config);
  report(call, validateConfig(schema, config));
  return config;
}

function report(call: Call, problems: Iterable<Problem>): void {
  for (const { path, message, summary = "Invalid value" } of problems)
    call.add({ severity: "error", summary, detail: message, path });
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
