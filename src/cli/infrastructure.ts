/** `ksvla infrastructure refresh`: the Integration Server reads an infrastructure anew, for scripts and hooks. */
import type { Command } from "commander";
import type { RefreshOptions } from "./infrastructures/refresh";
import { duration, notEmpty } from "./shared/arguments";
import { ENVIRONMENT_HELP } from "./shared/client";
import { refuseTimeoutAlone } from "./shared/time-limit";

const HELP = `
Lists of hypervisors, projects and SVMs are as old as the server's last look at the
infrastructure. A hook that has changed something there asks for a new one. With --wait,
the exit code is 1 when the infrastructure is not connected then, or the time is up.

Examples:
  ksvla infrastructure refresh 12
  ksvla infrastructure refresh "$INFRASTRUCTURE_ID" --wait --timeout 10m
`;

export function addInfrastructureCommand(program: Command): void {
  program
    .command("infrastructure")
    .description("have the Integration Server read an infrastructure anew")
    .addHelpText("after", "\nExample:\n  ksvla infrastructure refresh 12 --wait\n")
    .command("refresh")
    .description("have the Integration Server read an infrastructure anew")
    .argument("<id>", "the infrastructure's id", notEmpty("the infrastructure's id"))
    .option("--json", "write one JSON document")
    .option("--wait", "wait until it is connected again")
    .option("--timeout <duration>", "how long to wait at most, such as 10m (default: as long as it takes)", duration)
    .addHelpText("after", HELP + ENVIRONMENT_HELP)
    .action(async (id: string, options: RefreshOptions) => {
      refuseTimeoutAlone(options);
      const { refresh } = await import("./infrastructures/refresh");
      await refresh(id, options);
    });
}
