import type { ObjectValue } from "../values/value";
import type { Applied } from "./applied";
import { boundOf } from "./bounds";
import { runOperation } from "./operation";
import { stateProblems, storable } from "./state-check";

/**
 * Creates an object. When that fails after something exists, the state is what was planned with what was saved over it:
 * Terraform stores it as tainted. When nothing exists, there is no state.
 */
export async function createObject(
  { session, call, typeName, resource, kept }: Applied,
  planned: ObjectValue,
  config: ObjectValue,
): Promise<ObjectValue | null> {
  const { attributes } = resource.schema;
  let saved: ObjectValue | undefined;
  const save = (known: ObjectValue) => {
    saved = { ...saved, ...known };
  };
  const operation = { name: "create", typeName, bound: boundOf(attributes, "create", planned) } as const;
  try {
    const fields = { config, plan: planned, save, private: kept };
    const state = await runOperation(session, call, operation, fields, (request) => resource.create(request));
    save(state);
    call.add(...stateProblems(attributes, state, planned));
    return storable(attributes, state);
  } catch (error) {
    call.fail(error);
    return saved === undefined ? null : storable(attributes, { ...planned, ...saved });
  }
}
