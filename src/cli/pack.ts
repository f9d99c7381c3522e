/** `ksvla pack`: the provider for many machines, from a web server of static files. */
import type { Command } from "commander";
import { notEmpty } from "./shared/arguments";
import { writableFolder } from "./shared/paths";

const EXAMPLES = `
Examples:
  ksvla pack /srv/terraform-mirror
  ksvla pack public   (a pipeline then publishes that folder)
`;

export function addPackCommand(program: Command): void {
  program
    .command("pack")
    .description("write a network mirror with the provider: a folder of files to serve over HTTPS")
    .argument(
      "<dir>",
      "the mirror's folder; made where it is missing, and what other providers have there stays",
      notEmpty("the mirror's folder"),
    )
    .addHelpText("after", EXAMPLES)
    .action(pack);
}

async function pack(dir: string): Promise<void> {
  const { indexMirror, installPlugin } = await import("../installation");
  const directory = writableFolder(dir, "The mirror");
  const installed = installPlugin({ directory, guarded: true });
  const indexes = indexMirror(directory, installed);
  const { source, version, files, hash } = installed;
  process.stdout.write(
    [
      `Packed the provider ${source} ${version}, with the hash ${hash}:`,
      ...[...files, ...indexes].map((file) => `  ${file}`),
      "",
      `Serve ${directory} over HTTPS, and put this into the CLI configuration`,
      "of Terraform or OpenTofu (~/.terraformrc, ~/.tofurc):",
      "",
      "  provider_installation {",
      "    network_mirror {",
      '      url     = "https://terraform-mirror.example.com/"',
      '      include = ["terraform.local/*/*"]',
      "    }",
      "    direct {",
      '      exclude = ["terraform.local/*/*"]',
      "    }",
      "  }",
      "",
    ].join("\n"),
  );
}
