/** `ksvla install`: the provider for people who write HCL. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { InstalledPlugin } from "../installation";
import { notEmpty } from "./shared/arguments";
import { writableFolder } from "./shared/paths";
import { reportWarning } from "./shared/report";

interface InstallOptions {
  readonly pluginDir?: string;
}

const EXAMPLES = `
Examples:
  ksvla install
  ksvla install --plugin-dir terraform.d/plugins
`;

export function addInstallCommand(program: Command): void {
  program
    .command("install")
    .description("install the Terraform provider, so that Terraform finds it without a registry")
    .option(
      "--plugin-dir <dir>",
      "the plugin directory to install into (default: the one in your home directory)",
      notEmpty("the plugin directory"),
    )
    .addHelpText("after", EXAMPLES)
    .action(install);
}

async function install({ pluginDir }: InstallOptions): Promise<void> {
  const { installationWarnings, installPlugin, userPluginDirectory } = await import("../installation");
  const directory =
    pluginDir === undefined ? resolve(userPluginDirectory()) : writableFolder(pluginDir, "--plugin-dir");
  const installed = installPlugin({ directory, guarded: true });
  process.stdout.write(instructions(installed, pluginDir === undefined ? undefined : directory));
  for (const warning of installationWarnings(directory, process.cwd())) reportWarning(warning);
}

/** What was written, and what to write into the configuration. */
function instructions({ source, version, files }: InstalledPlugin, pluginDirectory: string | undefined): string {
  return [
    `Installed the provider ${source} ${version}:`,
    ...files.map((file) => `  ${file}`),
    "",
    "Put this into your configuration:",
    "",
    "  terraform {",
    "    required_providers {",
    "      ksvla = {",
    `        source  = "${source}"`,
    `        version = "${version}"`,
    "      }",
    "    }",
    "  }",
    "",
    `Then run: ${initCommand(pluginDirectory)}`,
    "",
  ].join("\n");
}

/** Terraform looks into `terraform.d/plugins` of its working directory by itself, into other folders when told. */
function initCommand(pluginDirectory: string | undefined): string {
  if (pluginDirectory === undefined) return "terraform init";
  const local = /^(.*)[\\/]terraform\.d[\\/]plugins$/.exec(pluginDirectory)?.[1];
  if (local !== undefined) return `terraform init   (in ${local})`;
  return `terraform init -plugin-dir=${quote(pluginDirectory)}`;
}

function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
