/** `ksvla svm list`: the SVMs that there are. */
import type { Command } from "commander";
import { ENVIRONMENT_HELP } from "./shared/client";
import { addInfrastructureOption } from "./shared/infrastructures";
import type { SvmListOptions } from "./svms/list-svms";

const HELP = `
What the server lists: an SVM that is still being uploaded is not there yet. TERRAFORM says
whether a state here manages it; the import id is <infrastructure id>/<SVM id>. An
infrastructure that cannot be looked at is a warning, and exit code 1.

Examples:
  ksvla svm list
  ksvla svm list --infrastructure 12 --json
`;

export function addSvmCommand(program: Command): void {
  const list = program
    .command("svm")
    .description("list the SVMs that there are")
    .addHelpText("after", "\nExample:\n  ksvla svm list\n")
    .command("list")
    .description("list the SVMs of the infrastructures here, with state, version, place and id")
    .option("--json", "write one JSON document");
  addInfrastructureOption(list)
    .addHelpText("after", HELP + ENVIRONMENT_HELP)
    .action(async (options: SvmListOptions) => {
      const { listSvms } = await import("./svms/list-svms");
      await listSvms(options);
    });
}
