/** Planning as Terraform asks for it: proposing first, then planning. */
import type { PlanChanges } from "../../../src/terraform";
import { type FinishedPlan, finishPlan, planBySchema } from "../../../src/terraform/plan/plan-resource";
import { completeObject } from "../../../src/terraform/schema/objects";
import type { Attributes } from "../../../src/terraform/schema/types";
import type { ObjectValue } from "../../../src/terraform/values/value";
import { proposedNewState } from "../../support/proposed-new-state";

export interface Situation {
  readonly config: ObjectValue;
  readonly prior?: ObjectValue | null;
  readonly updatable?: boolean;
  readonly changes?: PlanChanges<Attributes>;
}

/** Plans; attributes left out of `config` and `prior` are null. */
export function plan(
  attributes: Attributes,
  { config, prior = null, updatable = true, changes }: Situation,
): FinishedPlan {
  const change = {
    config: completeObject(attributes, config),
    prior: prior === null ? null : completeObject(attributes, prior),
  };
  const resource = { attributes, updatable };
  const bySchema = planBySchema(resource, change, proposedNewState(attributes, change.prior, change.config));
  return finishPlan(resource, change, bySchema, changes);
}
