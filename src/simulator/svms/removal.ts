import type { TaskPlan } from "../tasks/task";
import type { World } from "../world/world";
import type { RemovalRequest } from "./request";
import { existingSvm, existingSvmParameters, taskTypes } from "./steps";

/** How many SVMs are removed at the same time: a removal has no `threadsCount`. */
const threadsCount = 10;

/** "SVM removal". The documents show no steps. */
export function removalPlan(world: World, request: RemovalRequest): TaskPlan {
  const { whole, single } = taskTypes("Delete", request.locationType);
  return {
    type: whole,
    threadsCount,
    children: request.svms.map((item) => ({
      type: single,
      parameters: existingSvmParameters(world, item),
      milliseconds: 5000,
      finish: () => {
        world.svms.remove(existingSvm(world, item).vm.id);
        return true;
      },
    })),
    finish: () => undefined,
  };
}
