/** MoveResourceState: a `moved` block from another resource type. */
import { DiagnosticError } from "../diagnostics";
import type { RequestOf } from "../protocol/tfplugin6";
import type { Call } from "./call";
import { encodeObject } from "./dynamic-values";
import { identityOf } from "./identity";
import { definitionOf, type Session } from "./session";
import { rawStateJson, stateFromJson } from "./stored-state";

export function moveResourceState({ provider }: Session) {
  return async (request: RequestOf<"moveResourceState">, { log }: Call) => {
    const { sourceProviderAddress, sourceTypeName, sourceSchemaVersion, targetTypeName } = request;
    const resource = definitionOf(provider.resources, "resource", targetTypeName);
    const sourceRawState = rawStateJson(request.sourceState);
    const sourceRawIdentity = request.sourceIdentity && rawStateJson(request.sourceIdentity);
    const source = {
      sourceProviderAddress,
      sourceTypeName,
      sourceSchemaVersion,
      sourceRawState,
      sourceRawIdentity,
      log,
    };
    const raw = await resource.moveState?.(source);
    if (raw === undefined) {
      throw new DiagnosticError(
        "Unable to move the resource",
        `A ${targetTypeName} cannot take over the state of a ${sourceTypeName} of ${sourceProviderAddress}. Remove the moved block; import the object instead, if ${targetTypeName} supports it.`,
      );
    }
    const { attributes } = resource.schema;
    const state = stateFromJson(attributes, raw);
    return { targetState: encodeObject(attributes, state), targetIdentity: identityOf(resource.schema, state) };
  };
}
