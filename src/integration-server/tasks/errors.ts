/** What can go wrong with a task. */
import { IntegrationServerError } from "../http/errors";
import { failurePath, type Task, taskName } from "./task";

/** A task ended without having done its work, or before the part of it that mattered had. */
export class TaskFailedError extends IntegrationServerError {
  readonly name = "TaskFailedError";
  readonly advice: string;

  constructor(
    /** The task that was waited for, or the one that took it along, as it ended. */
    readonly task: Task,
    /** What is wrong although the task itself may not be: continues the sentence. */
    remark?: string,
  ) {
    const path = failurePath(task);
    const [culprit = task] = path.slice(-1);
    const step = culprit === task ? "" : ` at ${taskName(culprit)}`;
    const error = remark ?? path.findLast((each) => each.error !== undefined)?.error;
    super(
      `Task ${taskName(task)} (${task.id}) ended as ${task.state}${step}${error === undefined ? "" : `: ${error}`}`,
    );
    this.advice = adviceOnTask(task.state, error !== undefined);
  }
}

function adviceOnTask(state: Task["state"], isExplained: boolean): string {
  if (state === "Failed" && isExplained) return "Remove the cause, then apply again.";
  if (state === "Failed") return "It does not say why: look into the log of the Integration Server, then apply again.";
  if (state === "Completed") return "Look at what exists on the Integration Server before you apply again.";
  return "Somebody stopped it on the Integration Server. Apply again when that is settled.";
}
