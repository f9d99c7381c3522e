/** Between the ids that a connection shows and those of its platform; see `newIds` among the habits. */
import { ApiError } from "../http/api-error";
import { property } from "../property";
import type { World } from "../world/world";

/** Puts the platform's ids for the connection's, or the other way round. */
export function translateIds<Value>(world: World, infrastructureId: string, value: Value): Value {
  return world.renumberings.get(infrastructureId)?.exchange(value) ?? value;
}

/**
 * Does something with the body of a request about SVMs in the platforms' own ids.
 *
 * @throws ApiError whatever is thrown with one, in the connections' ids again
 */
export function withPlatformIds<Result>(world: World, body: unknown, act: (body: unknown) => Result): Result {
  const svms = property(body, "svms");
  if (!Array.isArray(svms)) {
    return act(body);
  }
  try {
    const translated = svms.map((svm) => translateIds(world, infrastructureOf(svm), svm));
    return act(Object.assign({}, body, { svms: translated }));
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    const ids = new Set(svms.map(infrastructureOf));
    const message = [...ids].reduce((text, id) => translateIds(world, id, text), error.message);
    throw new ApiError(error.status, error.code, message, error.headers);
  }
}

function infrastructureOf(svm: unknown): string {
  return String(property(property(property(svm, "deploymentInfo"), "target"), "infrastructureId"));
}
