/** `ksvla run`: runs a command, and shows what its Terraform is doing on the Integration Server. */
import type { Command } from "commander";
import { notEmpty } from "./shared/arguments";

const HELP = `
The command has this terminal as if it had been started without "ksvla run": its input
and output are its own. Lines on stderr, which begin with "ksvla:", tell what the provider
is doing: one per step of each SVM, and a sign of life every 30 s. The exit code is the
command's; 128 and the signal's number when a signal ended it, 127 when there is no such
command, 126 when it cannot be started. SIGTERM is handed on to it, and SIGINT where
there is no terminal that sends it to the command anyway.

Whatever the command starts, and wherever: Terraform hands its environment on to the
provider, which learns from KSVLA_RUN_DIRECTORY that it is watched. "ksvla watch" in
another terminal works at the same time.

Examples:
  ksvla run -- cdktf deploy --auto-approve
  ksvla run -- terraform apply -auto-approve -parallelism=50
`;

export function addRunCommand(program: Command): void {
  program
    .command("run")
    .description("run a command, such as cdktf deploy, and tell on stderr what it is doing to SVMs")
    .usage("-- <command> [arguments...]")
    .argument("<command...>", "the command, with what belongs to it", command)
    .passThroughOptions()
    .addHelpText("after", HELP)
    .action(async ([name = "", ...args]: readonly string[]) => {
      const { runWatched } = await import("./watching/run-watched");
      process.exitCode = await runWatched(name, args);
    });
}

/** Its arguments may be empty, and it itself may not. */
function command(value: string, previous: readonly string[] = []): string[] {
  return [...previous, previous.length === 0 ? notEmpty("the command to run")(value) : value];
}
