/** Long work in the log and in the notes: a line for each step and each bit of progress, in the log with what people look for first. */
import type { SvmOperationOptions } from "../../integration-server";
import type { Operation, Subject, Work } from "../../notes";
import type { Context } from "../../terraform";
import type { Client } from "../shared/client";
import { briefName, learnNames, namesIn } from "./naming";
import { locationOf, type Placed } from "./placement";

type Following = Pick<SvmOperationOptions, "onLeaving" | "onTask" | "onSubtask">;
type Logging = Pick<Context<Client>, "client" | "log" | "signal">;

/** What is done to an SVM, in the notes. */
export function svmSubject(operation: Operation, placed: Placed, context: Pick<Context<Client>, "client">): Subject {
  const { infrastructureId, locationId } = locationOf(placed);
  const names = namesIn(placed, context);
  return { operation, infrastructure: infrastructureId, svm: placed.name, place: locationId, ...names };
}

/**
 * Follows the work on an SVM at INFO and in its notes, and lets `following` know its ids.
 *
 * @param doing such as "deploying"
 */
export function logged(
  doing: string,
  placed: Placed,
  context: Logging,
  work: Work,
  { onLeaving, onTask, onSubtask }: Following = {},
): SvmOperationOptions {
  const { log, signal } = context;
  const { infrastructureId, locationId } = locationOf(placed);
  const fields = { svm: placed.name, location: locationId, infrastructure: infrastructureId };
  const begin = () => `${briefName(placed, context)}:`;
  return {
    signal,
    onLeaving,
    onBusy: (what) => {
      log.info(`${begin()} ${doing}: ${what}`, fields);
      work.waitFor(what);
    },
    onTask: (task) => {
      log.info(`${begin()} ${doing}`, { ...fields, task });
      work.learn({ task });
      onTask?.(task);
      // The connection has settled by now, so that lists show what there is.
      void learnNames(placed, context).then(() => work.learn(namesIn(placed, context)));
    },
    onSubtask: (subtask) => {
      log.debug(`${begin()} the task has a part for it`, { ...fields, ...subtask });
      onSubtask?.(subtask);
    },
    onProgress: ({ step, progress }) => {
      const percent = progress === undefined ? "" : ` ${progress} %`;
      log.info(`${begin()} ${step ?? doing}${percent}`, { ...fields, step, progress });
      work.learn({ step, progress });
    },
  };
}

/** At once: Terraform itself shows an error when everything else has ended, too. */
export function logFailure(doing: string, placed: Placed, error: unknown, context: Logging): void {
  const { infrastructureId, locationId } = locationOf(placed);
  const why = error instanceof Error ? error.message : String(error);
  context.log.error(`${briefName(placed, context)}: ${doing} has failed: ${why}`, {
    svm: placed.name,
    location: locationId,
    infrastructure: infrastructureId,
  });
}
