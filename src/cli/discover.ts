/** `ksvla discover`: what was connected and deployed by hand, as code that takes it over. */
import { type Command, Option } from "commander";
import type { DiscoverOptions } from "./discover/write";
import { notEmpty } from "./shared/arguments";
import { ENVIRONMENT_HELP } from "./shared/client";
import { addInfrastructureOption } from "./shared/infrastructures";

const EXAMPLES = `
Writes an app of CDKTF or CDK Terrain, or a Terraform configuration in HCL, with every connection and every SVM that is
there, and what imports them. Applying it changes nothing. Passwords become variables. What a state here manages is not
written once more.
An inventory is what the simulator starts with (ksvla simulator --inventory): all of it, without secrets.

Examples:
  ksvla discover --infrastructure 12 --infrastructure 13 --out site-a
  ksvla discover --infrastructure 12 --out site-a --format hcl
  ksvla discover --infrastructure 12 --out test --format inventory
`;

export function addDiscoverCommand(program: Command): void {
  const command = program
    .command("discover")
    .description("write code and imports for connections and SVMs that are there already")
    .requiredOption("--out <dir>", "the folder to write into; no file in it is overwritten", notEmpty("the folder"))
    .addOption(
      new Option("--format <format>", "what to write; cdktn is CDK Terrain")
        .choices(["cdktf", "cdktn", "hcl", "inventory"])
        .default("cdktf"),
    );
  addInfrastructureOption(command)
    .addHelpText("after", EXAMPLES + ENVIRONMENT_HELP)
    .action(run);
}

async function run(options: DiscoverOptions): Promise<void> {
  const { discover } = await import("./discover/write");
  await discover(options);
}
