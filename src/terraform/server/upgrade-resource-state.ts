/** UpgradeResourceState: runs whenever Terraform loads a state, also one of the present schema version. */
import { DiagnosticError } from "../diagnostics";
import type { RequestOf } from "../protocol/tfplugin6";
import type { Resource, StoredRequest } from "../resource";
import type { Attributes } from "../schema/types";
import type { Call } from "./call";
import { encodeDecoded } from "./dynamic-values";
import { definitionOf, type Session } from "./session";
import { ownStateFromJson, rawStateJson } from "./stored-state";

export function upgradeResourceState({ provider, configuration }: Session) {
  return async (request: RequestOf<"upgradeResourceState">, call: Call) => {
    const { typeName, version, rawState } = request;
    const resource = definitionOf(provider.resources, "resource", typeName);
    const raw = upgraded(resource, typeName, version, rawStateJson(rawState), call);
    const { attributes } = resource.schema;
    const state = ownStateFromJson(attributes, raw);
    configuration.whenKnown((client) => tell(resource, { client, state, log: call.log }));
    return { upgradedState: encodeDecoded(attributes, state) };
  };
}

/** A state that can be read must not be lost for what a resource makes of the news. */
function tell(resource: Resource, request: StoredRequest<Attributes, unknown>): void {
  try {
    resource.stored?.(request);
  } catch (error) {
    request.log.warn("What the stored state means could not be taken in", { error: String(error) });
  }
}

function upgraded(
  { schema, upgradeState }: Resource,
  typeName: string,
  version: number,
  rawState: Readonly<Record<string, unknown>>,
  { log }: Call,
): Readonly<Record<string, unknown>> {
  if (version === schema.version) return rawState;
  if (version > schema.version) {
    throw new DiagnosticError(
      "State of a newer provider version",
      `The state of this ${typeName} was written with version ${version} of its schema, but this version of the provider knows versions up to ${schema.version} only. Use the provider version that wrote it, or a later one.`,
    );
  }
  const upgrade = upgradeState?.[version];
  if (upgrade !== undefined) return upgrade({ rawState, log });
  throw new DiagnosticError(
    "Unable to upgrade the stored state",
    `The state of this ${typeName} was written with version ${version} of its schema, which this version of the provider, with version ${schema.version}, can no longer upgrade. Apply once with a provider version in between.`,
  );
}
