/** ImportResourceState: takes an existing object over. */
import { DiagnosticError } from "../diagnostics";
import type { RequestOf } from "../protocol/tfplugin6";
import { boundOf } from "./bounds";
import type { Call } from "./call";
import { encodeObject } from "./dynamic-values";
import { identityOf, importIdOf } from "./identity";
import { runOperation } from "./operation";
import { StoredPrivate } from "./private-state";
import { definitionOf, type Session } from "./session";
import { stateProblems, storable } from "./state-check";

export function importResourceState(session: Session) {
  return async ({ typeName, id: givenId, identity }: RequestOf<"importResourceState">, call: Call) => {
    const resource = definitionOf(session.provider.resources, "resource", typeName);
    const importState = resource.importState?.bind(resource);
    if (importState === undefined) {
      throw new DiagnosticError(
        "Import is not supported",
        `A ${typeName} cannot be imported. Remove the import block, and let Terraform create the object.`,
      );
    }
    const { schema } = resource;
    const { attributes } = schema;
    const id = identity === undefined ? givenId : importIdOf(schema, identity);
    const operation = { name: "import", typeName, bound: boundOf(attributes, "read", null) } as const;
    const kept = new StoredPrivate(new Uint8Array());
    const state = await runOperation(session, call, operation, { id, private: kept }, importState);
    call.add(...stateProblems(attributes, state));
    const imported = storable(attributes, state);
    return {
      importedResources: [
        {
          typeName,
          state: encodeObject(attributes, imported),
          private: kept.toWire(),
          identity: identityOf(schema, imported),
        },
      ],
    };
  };
}
