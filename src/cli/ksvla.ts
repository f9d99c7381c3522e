/** The `ksvla` command. Each subcommand loads its own code when it runs, so that `--help` stays quick. */
import { Command } from "commander";
import { VERSION } from "../version";
import { addCoverageCommand } from "./coverage";
import { addDiscoverCommand } from "./discover";
import { addDoctorCommand } from "./doctor";
import { addInfrastructureCommand } from "./infrastructure";
import { addInstallCommand } from "./install";
import { addJournalCommand } from "./journal";
import { addPackCommand } from "./pack";
import { addRunCommand } from "./run";
import { reportFailure } from "./shared/report";
import { addSimulatorCommand } from "./simulator";
import { addSvmCommand } from "./svm";
import { addTaskCommand } from "./task";
import { addWatchCommand } from "./watch";

const program = new Command("ksvla")
  .description("Kaspersky Security for Virtualization Light Agent as code: the Terraform provider and its tools.")
  .version(VERSION, "-v, --version", "print the version")
  .helpOption("-h, --help", "print this help")
  .exitOverride()
  .showHelpAfterError("Run it with --help to see what there is.");

addCoverageCommand(program);
addDiscoverCommand(program);
addDoctorCommand(program);
addInfrastructureCommand(program);
addInstallCommand(program);
addJournalCommand(program);
addPackCommand(program);
addRunCommand(program);
addSimulatorCommand(program);
addSvmCommand(program);
addTaskCommand(program);
addWatchCommand(program);

// Whoever reads has seen enough, as with `| head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

program.parseAsync().catch(reportFailure);
