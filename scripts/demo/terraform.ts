/** Which Terraform the demo runs: the user's own, or one that is fetched for this project. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { findTerraform } from "../../src/installation/terraform-binary";

const run = promisify(execFile);

/**
 * Fetched on demand and not a dependency: its command would come before the user's own `terraform` on the PATH of
 * every npm script.
 */
const FALLBACK_PACKAGE = "@jahed/terraform";
const FALLBACK_VERSION = "1.11.4";

export interface Terraform {
  readonly path: string;
  /** E.g. "Terraform 1.11.4". */
  readonly description: string;
}

/**
 * @param root The project's folder; a fetched Terraform is kept in its `node_modules/.cache`.
 * @throws Error that says what to install.
 */
export async function provideTerraform(root: string): Promise<Terraform> {
  const chosen = process.env["TERRAFORM_BINARY_NAME"];
  const found = findTerraform();
  if (chosen && found === undefined) {
    throw new Error(`TERRAFORM_BINARY_NAME is "${chosen}", and there is no such program. ${HOW_TO_INSTALL}`);
  }
  const path = found ?? (await fetchTerraform(root));
  const { stdout } = await run(path, ["version"], { env: { ...process.env, CHECKPOINT_DISABLE: "1" } });
  const [, product = "", version = ""] = /^(\S+) v(\S+)/m.exec(stdout) ?? [];
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 11)) {
    throw new Error(
      `${path} is ${product} ${version}, but write-only attributes need version 1.11 or later. ${HOW_TO_INSTALL}`,
    );
  }
  return { path, description: `${product} ${version} (${path})` };
}

const HOW_TO_INSTALL =
  "Install Terraform (https://developer.hashicorp.com/terraform/install), or set TERRAFORM_BINARY_NAME " +
  "to the path of one, and run this again.";

async function fetchTerraform(root: string): Promise<string> {
  // The package keeps the program in the cache folder of the project that npm was started in.
  const program = join(root, "node_modules", ".cache", FALLBACK_PACKAGE, `terraform-v${FALLBACK_VERSION}`);
  if (existsSync(program)) return program;
  const npmArguments = ["exec", "--yes", `--package=${FALLBACK_PACKAGE}@${FALLBACK_VERSION}`, "--"];
  const reason = await run("npm", [...npmArguments, "terraform", "version"], {
    cwd: root,
    env: { ...process.env, INIT_CWD: root },
  }).then(
    () => `it is not at ${program}`,
    ({ stderr }: { stderr?: string }) => npmError(stderr) ?? "its download from releases.hashicorp.com did not succeed",
  );
  if (existsSync(program)) return program;
  throw new Error(
    `There is no terraform on the PATH, and fetching one with npm (${FALLBACK_PACKAGE}) failed: ${reason}. ` +
      HOW_TO_INSTALL,
  );
}

function npmError(stderr: string | undefined): string | undefined {
  return stderr?.split("\n").find((line) => line.startsWith("npm error"));
}
