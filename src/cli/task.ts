/** `ksvla task`: a task of the Integration Server, for scripts and hooks. */
import type { Command } from "commander";
import { duration, notEmpty } from "./shared/arguments";
import { ENVIRONMENT_HELP } from "./shared/client";
import { refuseTimeoutAlone } from "./shared/time-limit";
import type { TaskOptions } from "./tasks/show-task";

const HELP = `
Ids of tasks are in Terraform's states (task_id of ksvla_svm), in errors, and in what
"ksvla watch --json" tells. With --wait, each step is a line on stderr, and the exit code
is 1 when the task ends otherwise than completed, or the time is up.

Examples:
  ksvla task 0a1b2c3d-0000-4000-8000-000000000000
  ksvla task "$TASK_ID" --wait --timeout 45m --json
`;

export function addTaskCommand(program: Command): void {
  program
    .command("task")
    .description("show a task of the Integration Server with its parts, or wait for its end")
    .argument("<id>", "the task's id", notEmpty("the task's id"))
    .option("--json", "write one JSON document")
    .option("--wait", "wait until it has ended")
    .option("--timeout <duration>", "how long to wait at most, such as 45m (default: as long as it takes)", duration)
    .addHelpText("after", HELP + ENVIRONMENT_HELP)
    .action(async (id: string, options: TaskOptions) => {
      refuseTimeoutAlone(options);
      const { showTask } = await import("./tasks/show-task");
      await showTask(id, options);
    });
}
