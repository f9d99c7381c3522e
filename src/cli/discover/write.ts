/** Looks at what is there, and writes it down. */
import { relative, resolve } from "node:path";
import { connect } from "../shared/client";
import { type InfrastructureOptions, scopeOf } from "../shared/infrastructures";
import { writeText } from "../shared/output";
import { reportWarning } from "../shared/report";
import { cdktfFiles } from "./cdktf";
import { writeNewFiles } from "./files";
import { type Found, find } from "./found";
import { hclFiles } from "./hcl";
import { writeInventory } from "./inventory";
import { variablesOf } from "./variables";

export interface DiscoverOptions extends InfrastructureOptions {
  readonly out: string;
  readonly format: "cdktf" | "cdktn" | "hcl" | "inventory";
}

export async function discover(options: DiscoverOptions): Promise<void> {
  const { out, format } = options;
  const scope = await scopeOf(options);
  if (format === "inventory") return writeInventory(scope, out);
  const found = await find(await connect(), scope);
  const paths = await writeNewFiles(resolve(out), format === "hcl" ? hclFiles(found) : cdktfFiles(found, format));
  for (const sentence of found.leftOut) reportWarning(`Left out: ${sentence}`);
  writeText(report(found, paths, options));
}

function report({ infrastructures }: Found, paths: readonly string[], { out, format }: DiscoverOptions): string {
  const svms = infrastructures.reduce((sum, each) => sum + each.svms.length, 0);
  const variables = infrastructures.flatMap(variablesOf);
  const folder = relative(".", resolve(out)) || ".";
  const commands = format === "hcl" ? ["terraform init", "terraform plan"] : ["npm install", `npx ${format} diff`];
  return [
    `Written down: ${svms} SVMs of ${infrastructures.length} infrastructures.`,
    ...paths.map((path) => `  ${path}`),
    "",
    "Next:",
    `  cd ${quote(folder)}`,
    ...(format === "hcl" ? ["  npx cdktf-ksvla install"] : []),
    ...variables.map(({ name }) => `  export TF_VAR_${name}=…`),
    ...commands.map((command) => `  ${command}`),
    "",
    "The plan imports everything, and takes SVMs over in place; applying it sends nothing to the Integration Server.",
    "",
  ].join("\n");
}

function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
