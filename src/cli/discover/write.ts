/** Looks at what is there, and writes it down. */
import { relative, resolve } from "node:path";
import { findTerraform, programName } from "../../installation";
import { connect } from "../shared/client";
import { counted } from "../shared/counted";
import { type InfrastructureOptions, scopeOf } from "../shared/infrastructures";
import { writeText } from "../shared/output";
import { writableFolder } from "../shared/paths";
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
  const { format } = options;
  const out = writableFolder(options.out, "--out");
  const server = await connect();
  const scope = await scopeOf(options);
  if (format === "inventory") return writeInventory(server, scope, out);
  const found = await find(server, scope);
  for (const sentence of found.leftOut) reportWarning(`Left out: ${sentence}`);
  if (found.infrastructures.every(({ isManaged, svms }) => isManaged && svms.length === 0)) {
    writeText(`Nothing to write down: ${NOTHING}`);
    return;
  }
  const paths = await writeNewFiles(out, format === "hcl" ? hclFiles(found) : cdktfFiles(found, format));
  writeText(report(found, paths, options));
}

const NOTHING = "a state here manages these connections, and no SVM in them can be taken over that it does not manage.";

function report({ infrastructures }: Found, paths: readonly string[], { out, format }: DiscoverOptions): string {
  const svms = infrastructures.reduce((sum, each) => sum + each.svms.length, 0);
  const variables = infrastructures.flatMap(variablesOf);
  const folder = relative(".", resolve(out)) || ".";
  const commands =
    format === "hcl"
      ? ["init", "plan"].map((name) => `${programName(findTerraform())} ${name}`)
      : ["npm install", `npx ${format} diff`];
  return [
    `Written down: ${counted(svms, "SVM")} of ${counted(infrastructures.length, "infrastructure")}.`,
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
