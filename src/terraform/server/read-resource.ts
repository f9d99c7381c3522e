/** ReadResource: what has become of an object. */

import type { RequestOf } from "../protocol/tfplugin6";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import { withoutWriteOnly } from "../schema/objects";
import { equalValues } from "../values/equality";
import { boundOf } from "./bounds";
import type { Call } from "./call";
import { decodeConfig, encodeObject } from "./dynamic-values";
import { identityOf } from "./identity";
import { runOperation } from "./operation";
import { StoredPrivate } from "./private-state";
import { learnSecrets } from "./secrets";
import { definitionOf, type Session } from "./session";
import { stateProblems, storable } from "./state-check";

export function readResource(session: Session) {
  return async (request: RequestOf<"readResource">, call: Call) => {
    const { typeName, currentState } = request;
    const kept = new StoredPrivate(request.private);
    try {
      return { ...(await read(session, request, call, kept)), private: kept.toWire() };
    } catch (error) {
      // Neither state nor error would mean that the object is gone.
      call.fail(error);
      call.log.debug("Kept the state as it was", { type: typeName });
      return { newState: currentState, newIdentity: request.currentIdentity, private: kept.toWire() };
    }
  };
}

async function read(session: Session, request: RequestOf<"readResource">, call: Call, kept: StoredPrivate) {
  const { typeName, currentState } = request;
  const resource = definitionOf(session.provider.resources, "resource", typeName);
  const { attributes } = resource.schema;
  const state = withoutWriteOnly(attributes, decodeConfig(attributes, currentState));
  learnSecrets(session.log.secrets, attributes, state);
  const operation = { name: "read", typeName, bound: boundOf(attributes, "read", state) } as const;
  const found = await runOperation(session, call, operation, { state, private: kept }, (context) =>
    resource.read(context),
  );
  if (found === null) {
    call.log.info("The object exists no more");
    return { newState: encodeObject(attributes, null) };
  }
  call.add(...stateProblems(attributes, found));
  const isTheSame = equalValues(ctyTypeOfAttributes(attributes), found, state);
  const newState = isTheSame ? state : storable(attributes, found);
  return { newState: encodeObject(attributes, newState), newIdentity: identityOf(resource.schema, newState) };
}
