/** ApplyResourceChange: creates, updates or deletes an object, and loses nothing when that fails. */

import type { RequestOf } from "../protocol/tfplugin6";
import type { ObjectValue } from "../values/value";
import type { Applied } from "./applied";
import type { Call } from "./call";
import { createObject } from "./create-object";
import { deleteObject } from "./delete-object";
import { decodeObject, encodeObject, encodeWhatFits } from "./dynamic-values";
import { identityOf } from "./identity";
import { StoredPrivate } from "./private-state";
import { learnSecrets } from "./secrets";
import { definitionOf, type Session } from "./session";
import { updateObject } from "./update-object";

export function applyResourceChange(session: Session) {
  return async (request: RequestOf<"applyResourceChange">, call: Call) => {
    const kept = new StoredPrivate(request.plannedPrivate);
    try {
      return { ...(await apply(session, request, call, kept)), private: kept.toWire() };
    } catch (error) {
      // Life cycle code has its own care; this is for what comes before and after it.
      call.fail(error);
      return { newState: request.priorState, private: kept.toWire() };
    }
  };
}

async function apply(session: Session, request: RequestOf<"applyResourceChange">, call: Call, kept: StoredPrivate) {
  const { typeName } = request;
  const resource = definitionOf(session.provider.resources, "resource", typeName);
  const { attributes } = resource.schema;
  const prior = decodeObject(attributes, request.priorState);
  const planned = decodeObject(attributes, request.plannedState);
  const config = decodeObject(attributes, request.config) ?? {};
  for (const value of [prior, planned, config]) learnSecrets(session.log.secrets, attributes, value);
  const applied = { session, call, typeName, resource, kept };
  const state = await newState(applied, prior, planned, config);
  if (state === null) return { newState: encodeObject(attributes, null) };
  return {
    newState: encodeWhatFits(attributes, state, (error) => call.fail(error)),
    newIdentity: identityOf(resource.schema, state),
  };
}

async function newState(
  applied: Applied,
  prior: ObjectValue | null,
  planned: ObjectValue | null,
  config: ObjectValue,
): Promise<ObjectValue | null> {
  if (planned === null) return prior === null ? null : deleteObject(applied, prior);
  return prior === null ? createObject(applied, planned, config) : updateObject(applied, prior, planned, config);
}
