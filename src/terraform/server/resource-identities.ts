/** GetResourceIdentitySchemas and UpgradeResourceIdentity. */
import { DiagnosticError } from "../diagnostics";
import type { RequestOf } from "../protocol/tfplugin6";
import type { Resource } from "../resource";
import type { Call } from "./call";
import { identityAttributes, identityOf, wireIdentitySchema } from "./identity";
import { definitionOf, type Session } from "./session";
import { rawStateJson, stateFromJson } from "./stored-state";

export function getResourceIdentitySchemas({ provider }: Session) {
  return async (_request: RequestOf<"getResourceIdentitySchemas">) => ({
    identitySchemas: Object.fromEntries(
      Object.entries(provider.resources).flatMap(([typeName, { schema }]) => {
        const identity = wireIdentitySchema(schema);
        return identity === undefined ? [] : [[typeName, identity] as const];
      }),
    ),
  });
}

export function upgradeResourceIdentity({ provider }: Session) {
  return async ({ typeName, version, rawIdentity }: RequestOf<"upgradeResourceIdentity">, _call: Call) => {
    const resource = definitionOf(provider.resources, "resource", typeName);
    const raw = upgraded(resource, typeName, version, rawStateJson(rawIdentity));
    const identity = stateFromJson(identityAttributes(resource.schema) ?? {}, raw);
    return { upgradedIdentity: identityOf(resource.schema, identity) };
  };
}

function upgraded(
  { schema: { identity }, upgradeIdentity }: Resource,
  typeName: string,
  version: number,
  raw: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (version === identity?.version) return raw;
  const upgrade = upgradeIdentity?.[version];
  if (upgrade !== undefined) return upgrade(raw);
  throw new DiagnosticError(
    "Unable to upgrade the stored identity",
    `The identity of this ${typeName} was written with version ${version} of its schema, which this version of the provider does not know. Use the provider version that wrote it, or a later one.`,
  );
}
