/** Planning a resource's change: what follows from its schema, and then from its own `plan`. */

import type { PlanChanges } from "../resource";
import type { Attributes } from "../schema/types";
import { type AttributePath, isWithin, sortedUnique } from "../values/path";
import type { ObjectValue } from "../values/value";
import { changesObject } from "./changes";
import { completeObject } from "./complete";
import { applyDefaults, configWithDefaults } from "./defaults";
import { replacingPaths } from "./replacement";
import { keepStateForUnknown, markComputedUnknown } from "./unknowns";
import { planViolations, type Violation } from "./violations";
import { withoutWriteOnly } from "./write-only";

/** What is to be planned. */
export interface PlannedResource {
  readonly attributes: Attributes;
  /** Whether the object can be changed in place. */
  readonly updatable: boolean;
}
export interface Change {
  readonly config: ObjectValue;
  /** Null when the object is to be created. */
  readonly prior: ObjectValue | null;
}
export interface FinishedPlan {
  readonly planned: ObjectValue;
  readonly requiresReplace: readonly AttributePath[];
  readonly violations: readonly Violation[];
}

/** What the schema makes of the state that Terraform proposes. */
export function planBySchema(
  { attributes, updatable }: PlannedResource,
  { config, prior }: Change,
  proposed: ObjectValue,
): ObjectValue {
  const settled = withoutWriteOnly(attributes, applyDefaults(attributes, proposed, config));
  // Where a change can only replace, Terraform plans once more without prior state; nothing here becomes unknown.
  const decided = prior !== null && (!updatable || !changesObject(attributes, prior, settled));
  if (decided) return settled;
  const effective = configWithDefaults(attributes, config);
  const marked = markComputedUnknown(attributes, settled, effective);
  return keepStateForUnknown(attributes, marked, { config: effective, prior });
}

/** Adds what the resource's own planning says, and finds out what replaces the object. */
export function finishPlan(
  { attributes, updatable }: PlannedResource,
  { config, prior }: Change,
  bySchema: ObjectValue,
  changes: PlanChanges<Attributes> = {},
): FinishedPlan {
  const planned = completeObject(attributes, { ...bySchema, ...changes.planned });
  const violations = [...planViolations(attributes, { config, prior, planned })];
  if (prior === null) return { planned, requiresReplace: [], violations };
  const effective = configWithDefaults(attributes, config);
  const kept = changes.keepsInPlace ?? [];
  const replacing = replacingPaths(attributes, { config: effective, prior, planned }, !updatable).filter(
    (path) => !kept.some((above) => isWithin(path, above)),
  );
  return { planned, requiresReplace: sortedUnique([...replacing, ...(changes.requiresReplace ?? [])]), violations };
}
