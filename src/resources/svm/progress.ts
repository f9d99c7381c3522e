/** Long work in the log: one line for each step and each bit of progress. */
import type { SvmOperationOptions } from "../../integration-server";
import type { Context } from "../../terraform";
import { locationOf, type Placed } from "./placement";

type Following = Pick<SvmOperationOptions, "onLeaving" | "onTask" | "onSubtask">;

/** Follows the work on an SVM at INFO, and lets `following` know its ids. */
export function logged(
  doing: string,
  placed: Placed,
  { log, signal }: Pick<Context<unknown>, "log" | "signal">,
  { onLeaving, onTask, onSubtask }: Following = {},
): SvmOperationOptions {
  const { infrastructureId, locationId } = locationOf(placed);
  const fields = { svm: placed.name, location: locationId, infrastructure: infrastructureId };
  return {
    signal,
    onLeaving,
    onTask: (task) => {
      log.info(`${doing} the SVM`, { ...fields, task });
      onTask?.(task);
    },
    onSubtask: (subtask) => {
      log.debug("The task has a part for the SVM", { ...fields, ...subtask });
      onSubtask?.(subtask);
    },
    onProgress: ({ step, progress }) => log.info(`${doing} the SVM`, { ...fields, step, progress }),
  };
}
