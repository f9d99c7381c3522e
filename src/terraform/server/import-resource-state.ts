/** ImportResourceState: takes an existing object over. */
import { DiagnosticError } from "../diagnostics";
import type { RequestOf } from "../protocol/tfplugin6";
import { boundOf } from "./bounds";
import type { Call } from "./call";
import { encodeObject } from "./dynamic-values";
import { runOperation } from "./operation";
import { StoredPrivate } from "./private-state";
import { definitionOf, type Session } from "./session";
import { stateProblems, storable } from "./state-check";

export function importResourceState(session: Session) {
  return async ({ typeName, id }: RequestOf<"importResourceState">, call: Call) => {
    const resource = definitionOf(session.provider.resources, "resource", typeName);
    const importState = resource.importState?.bind(resource);
    if (importState === undefined) {
      throw new DiagnosticError(
        "Import is not supported",
        `A ${typeName} cannot be imported. Remove the import block, and let Terraform create the object.`,
      );
    }
    const { attributes } = resource.schema;
    const operation = { name: "import", typeName, bound: boundOf(attributes, "read", null) } as const;
    const kept = new StoredPrivate(new Uint8Array());
    const state = await runOperation(session, call, operation, { id, private: kept }, importState);
    call.add(...stateProblems(attributes, state));
    const imported = { state: encodeObject(attributes, storable(attributes, state)), private: kept.toWire() };
    return { importedResources: [{ typeName, ...imported }] };
  };
}
