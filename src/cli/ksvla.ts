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
import { EXIT_CODES, oneLine, reportFailure } from "./shared/report";
import { signOfLife } from "./shared/sign-of-life";
import { addSimulatorCommand } from "./simulator";
import { addSvmCommand } from "./svm";
import { addTaskCommand } from "./task";
import { addWatchCommand } from "./watch";

const program = new Command("ksvla")
  .description("Kaspersky Security for Virtualization Light Agent as code: the Terraform provider and its tools.")
  .version(VERSION, "-v, --version", "print the version")
  .helpOption("-h, --help", "print this help")
  .exitOverride()
  // What follows a command's name is that command's: "run" hands it on.
  .enablePositionalOptions()
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

// Whoever reads has seen enough, as with `| head`: the command goes on, so that its exit code tells the truth.
const SEEN_ENOUGH = "EPIPE";
process.stderr.on("error", () => undefined);
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === SEEN_ENOUGH) return;
  process.stderr.write(`error: Unable to write on stdout: ${oneLine(error)}\n`);
  process.exit(EXIT_CODES.failed);
});

// Events are no document.
let writesDocument = false;
program.hook("preAction", (_, command) => {
  signOfLife.begin((line) => process.stderr.write(`${line}\n`));
  writesDocument = command.opts()["json"] === true && command.name() !== "watch";
});

program.parseAsync().catch((error: unknown) => reportFailure(error, writesDocument));
