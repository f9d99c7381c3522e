/** PlanResourceChange: what an apply would do. */

import type { Diagnostic } from "../diagnostics";
import { finishPlan, planBySchema } from "../plan/plan-resource";
import type { Violation } from "../plan/violations";
import type { RequestOf } from "../protocol/tfplugin6";
import type { Context, PlanChanges, PlanRequest, Resource } from "../resource";
import { completeObject } from "../schema/objects";
import type { Attributes } from "../schema/types";
import { renderPath } from "../values/path";
import type { ObjectValue } from "../values/value";
import type { Call } from "./call";
import { decodeObject, encodeNext, encodeObject } from "./dynamic-values";
import { providerBug } from "./failures";
import { identityOf } from "./identity";
import { runOperation } from "./operation";
import { StoredPrivate } from "./private-state";
import { learnSecrets } from "./secrets";
import { definitionOf, type Session } from "./session";
import { toWirePath } from "./wire-diagnostics";

export function planResourceChange(session: Session) {
  return async (request: RequestOf<"planResourceChange">, call: Call) => {
    const { typeName } = request;
    // A client that stores what an earlier plan of this change has kept sends it back.
    const kept = new StoredPrivate(request.plannedPrivate.length > 0 ? request.plannedPrivate : request.priorPrivate);
    const resource = definitionOf(session.provider.resources, "resource", typeName);
    const { attributes } = resource.schema;
    const change = {
      config: decodeObject(attributes, request.config) ?? completeObject(attributes, {}),
      prior: decodeObject(attributes, request.priorState),
    };
    learnSecrets(session.log.secrets, attributes, change.config);
    const proposed = decodeObject(attributes, request.proposedNewState);
    const ownChanges = (planned: ObjectValue | null) =>
      ownPlan(session, call, typeName, resource, {
        config: change.config,
        state: change.prior,
        planned,
        private: kept,
      });
    if (proposed === null) {
      const changes = await ownChanges(null);
      if (changes?.planned !== undefined)
        call.add(
          providerBug(
            "Provider planned values for a destroyed object",
            `The planning of ${typeName} returned values although the object is to be destroyed.`,
          ),
        );
      return {
        plannedState: encodeObject(attributes, null),
        plannedPrivate: kept.toWire(),
        plannedIdentity: request.priorIdentity,
      };
    }
    const planning = { attributes, updatable: resource.update !== undefined };
    const bySchema = planBySchema(planning, change, proposed);
    const plan = finishPlan(planning, change, bySchema, await ownChanges(bySchema));
    call.add(...plan.violations.map(toDiagnostic));
    return {
      plannedState: encodeNext(attributes, plan.planned, change.prior),
      requiresReplace: plan.requiresReplace.map(toWirePath),
      plannedPrivate: kept.toWire(),
      // Also where the change gives the object another one: Terraform refuses an unknown one; apply answers what it is.
      plannedIdentity: request.priorIdentity ?? identityOf(resource.schema, change.prior ?? plan.planned),
    };
  };
}

async function ownPlan(
  session: Session,
  call: Call,
  typeName: string,
  resource: Resource,
  fields: Omit<PlanRequest<Attributes, unknown>, keyof Context<unknown>>,
): Promise<PlanChanges<Attributes> | undefined> {
  const plan = resource.plan?.bind(resource);
  if (plan === undefined) return undefined;
  return runOperation(session, call, { name: "plan", typeName }, fields, plan);
}

function toDiagnostic({ path, problem }: Violation): Diagnostic {
  return {
    ...providerBug("Provider planned an invalid change", `The attribute \`${renderPath(path)}\` ${problem}.`),
    path,
  };
}
