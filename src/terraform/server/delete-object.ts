import type { ObjectValue } from "../values/value";
import type { Applied } from "./applied";
import { boundOf } from "./bounds";
import { runOperation } from "./operation";
import { storable } from "./state-check";

/** Deletes an object. When that fails, it keeps its state. */
export async function deleteObject(
  { session, call, typeName, resource, kept }: Applied,
  state: ObjectValue,
): Promise<ObjectValue | null> {
  const { attributes } = resource.schema;
  const operation = { name: "delete", typeName, bound: boundOf(attributes, "delete", state) } as const;
  try {
    await runOperation(session, call, operation, { state, private: kept }, (request) => resource.delete(request));
    return null;
  } catch (error) {
    call.fail(error);
    return storable(attributes, state);
  }
}
