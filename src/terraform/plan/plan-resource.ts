/** Planning a resource's change: what follows from its schema, and then from its own `plan`. */
import type { PlanChanges } from "../resource";
import { ctyTypeOfAttributes } from "../schema/cty-type";
import { completeObject, configWithDefaults, defaultOf } from "../schema/objects";
import type { Attributes } from "../schema/types";
import { Walk } from "../schema/walk";
import { sharing } from "../values/equality";
import { type AttributePath, isWithin, sortedUnique } from "../values/path";
import { isUnknown, type ObjectValue, UNKNOWN } from "../values/value";
import { fromConfig, fromPrior, unchanged } from "./likeness";
import { replacingPaths } from "./replacement";
import { keepSpelling } from "./spelling";
import { planViolations, type Violation } from "./violations";

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
  const spelled = keepSpelling(attributes, settle(attributes, proposed, config), prior);
  const settled = prior === null ? spelled : sharing(ctyTypeOfAttributes(attributes), spelled, prior);
  // Where a change can only replace, Terraform plans once more without prior state; nothing here becomes unknown.
  const decided = prior !== null && (!updatable || unchanged.ofObjects(attributes, prior, settled));
  if (decided) return settled;
  const effective = configWithDefaults(attributes, config);
  return keepState(attributes, markUnknown(attributes, settled, effective), effective, prior);
}

const decidedByConfig = new Walk(({ flags }) => flags.has("default") || flags.has("writeOnly"), [fromConfig.lineUp]);

/** Puts defaults in where nothing is configured, and takes out what is write-only. */
function settle(attributes: Attributes, planned: ObjectValue, config: ObjectValue): ObjectValue {
  return decidedByConfig.transform(attributes, [planned, config], (attribute, values) => {
    if (attribute.flags.has("writeOnly")) return null;
    return values[1] === null ? defaultOf(attribute) : values[0];
  });
}

const computed = new Walk(({ flags }) => flags.has("computed"), [fromConfig.lineUp]);

/** Makes unknown what is computed, and neither configured nor a default. */
function markUnknown(attributes: Attributes, planned: ObjectValue, config: ObjectValue): ObjectValue {
  return computed.transform(attributes, [planned, config], (_, [value, configured]) =>
    configured === null ? UNKNOWN : value,
  );
}

const outliving = new Walk(({ useStateForUnknown }) => useStateForUnknown, [fromConfig.lineUp, fromPrior.lineUp]);

/** Gives what is unknown and outlives changes (`useStateForUnknown`) the value that it has now, which may be null. */
function keepState(attributes: Attributes, planned: ObjectValue, config: ObjectValue, prior: ObjectValue | null) {
  return outliving.transform(attributes, [planned, config, prior], (_, [value, configured, before]) =>
    isUnknown(value) && !isUnknown(configured) && before !== undefined ? before : value,
  );
}

/** Adds what the resource's own planning says, and finds out what replaces the object. */
export function finishPlan(
  { attributes, updatable }: PlannedResource,
  { config, prior }: Change,
  bySchema: ObjectValue,
  changes: PlanChanges<Attributes> = {},
): FinishedPlan {
  const own = changes.planned ?? {};
  const planned = Object.keys(own).length === 0 ? bySchema : completeObject(attributes, { ...bySchema, ...own });
  const violations = planViolations(attributes, [planned, config, prior]);
  if (prior === null) return { planned, requiresReplace: [], violations };
  const effective = configWithDefaults(attributes, config);
  const kept = changes.keepsInPlace ?? [];
  const replacing = replacingPaths(attributes, { config: effective, prior, planned }, !updatable).filter(
    (path) => !kept.some((above) => isWithin(path, above)),
  );
  return { planned, requiresReplace: sortedUnique([...replacing, ...(changes.requiresReplace ?? [])]), violations };
}
