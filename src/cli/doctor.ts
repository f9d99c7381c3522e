/** `ksvla doctor`: what is wrong between here and SVMs that are deployed. */
import type { Command } from "commander";
import type { DoctorOptions } from "./doctor/examine";
import { notEmpty } from "./shared/arguments";
import { ENVIRONMENT_HELP } from "./shared/client";
import { addInfrastructureOption } from "./shared/infrastructures";

const EXAMPLES = `
Every check runs, also when an earlier one has found something. The exit code is 3 when one of them is a problem.

Examples:
  ksvla doctor
  ksvla doctor --json
  ksvla doctor --probe --infrastructure 12     (also: how the server differs from its documents; with questions only)
  ksvla doctor --probe --report doctor.md      (to attach to an issue: without secrets, names and addresses of servers)
`;

export function addDoctorCommand(program: Command): void {
  const command = program
    .command("doctor")
    .description("find what keeps Terraform, the provider or the Integration Server from working, and say what to do")
    .option("--json", "write one JSON document")
    .option("--probe", "also ask the server how it differs from its documents; nothing is changed by that")
    .option("--report <file>", "also write a report to attach to an issue", notEmpty("the file to write"));
  addInfrastructureOption(command)
    .addHelpText("after", EXAMPLES + ENVIRONMENT_HELP)
    .action(doctor);
}

async function doctor(options: DoctorOptions): Promise<void> {
  const { examine } = await import("./doctor/examine");
  await examine(options);
}
