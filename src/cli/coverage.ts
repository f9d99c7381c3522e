/** `ksvla coverage`: which hypervisors and OpenStack projects have a running SVM, and which have none. */
import { type Command, InvalidArgumentError } from "commander";
import type { CoverageOptions } from "./coverage/show";
import { notEmpty } from "./shared/arguments";
import { ENVIRONMENT_HELP } from "./shared/client";
import { addInfrastructureOption } from "./shared/infrastructures";

const EXAMPLES = `
A place is covered when an SVM is seen to run there. A gap is one of:
  no-svm       there is none
  not-running  there is one, but none is Enabled
  old          those that run are older than --min-version, or than the newest one that is seen
  unknown      nobody can tell, as while a connection is down

Examples:
  ksvla coverage
  ksvla coverage --infrastructure 12 --json
  ksvla coverage --fail-on-gap --min-version 6.2      (in a pipeline: exit code 3 when there is a gap)
  ksvla coverage --html coverage.html                 (one file to open, mail or print)
`;

export function addCoverageCommand(program: Command): void {
  const command = program
    .command("coverage")
    .description("show which hypervisors and OpenStack projects have a running SVM, and which have none or an old one")
    .option("--json", "write one JSON document")
    .option("--html <file>", "also write a page, complete in one file", notEmpty("the file to write"))
    .option("--fail-on-gap", "end with exit code 3 when there is a gap")
    .option("--min-version <version>", "SVMs that are older are gaps (default: the newest that is seen)", version)
    .option(
      "--min-free-space <number>",
      "storages with less free space have no room; in the unit that the server uses",
      amount,
      1,
    );
  addInfrastructureOption(command)
    .addHelpText("after", EXAMPLES + ENVIRONMENT_HELP)
    .action(coverage);
}

function version(value: string): string {
  if (/^\d+(\.\d+)*$/.test(value)) return value;
  throw new InvalidArgumentError("It is no version, such as 6.2 or 6.2.0.1000.");
}

function amount(value: string): number {
  const number = Number(value);
  if (value.trim() !== "" && number >= 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError("It is no number from 0 on.");
}

async function coverage(options: CoverageOptions): Promise<void> {
  const { showCoverage } = await import("./coverage/show");
  await showCoverage(options);
}
