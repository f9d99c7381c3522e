import { unchanged } from "../plan/likeness";
import { isUnknown, type ObjectValue } from "../values/value";
import type { Applied } from "./applied";
import { boundOf } from "./bounds";
import { runOperation } from "./operation";
import { stateProblems, storable } from "./state-check";

/**
 * Changes an object. Where the change concerns Terraform alone (`timeouts`, unreadable attributes adopted after an
 * import) nothing is called. When it fails, the state is the prior one with what was saved over it.
 */
export async function updateObject(
  { session, call, typeName, resource, kept }: Applied,
  prior: ObjectValue,
  planned: ObjectValue,
  config: ObjectValue,
): Promise<ObjectValue> {
  const { attributes } = resource.schema;
  const update = resource.update?.bind(resource);
  if (update === undefined || unchanged.ofObjects(attributes, prior, planned)) {
    call.log.debug("Nothing about the object itself changes");
    return storable(attributes, overlay(prior, planned));
  }
  let saved: ObjectValue = {};
  const save = (known: ObjectValue) => {
    saved = { ...saved, ...known };
  };
  const operation = { name: "update", typeName, bound: boundOf(attributes, "update", planned) } as const;
  try {
    const fields = { config, plan: planned, state: prior, save, private: kept };
    const state = await runOperation(session, call, operation, fields, update);
    call.add(...stateProblems(attributes, state, planned));
    return storable(attributes, state);
  } catch (error) {
    call.fail(error);
    return storable(attributes, overlay(prior, saved));
  }
}

/** The base with every value of `top` that is there and known. */
function overlay(base: ObjectValue, top: ObjectValue): ObjectValue {
  const known = Object.entries(top).filter(([, value]) => value !== undefined && !isUnknown(value));
  return { ...base, ...Object.fromEntries(known) };
}
