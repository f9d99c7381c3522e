/** Finds the user's Terraform. */
import { accessSync, constants, statSync } from "node:fs";
import { basename, delimiter, isAbsolute, join, resolve, sep } from "node:path";

/**
 * The absolute path of the Terraform to run: what `TERRAFORM_BINARY_NAME` names (a path, or a name on the PATH),
 * else `terraform` on the PATH, else `tofu` there. Npm scripts have `node_modules/.bin` on the PATH; what lies there
 * is some package's and not the user's choice, so it is passed over.
 */
export function findTerraform(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = environment["TERRAFORM_BINARY_NAME"];
  const names = chosen ? [chosen] : ["terraform", "tofu"];
  for (const name of names) {
    const candidates = name.includes(sep) || isAbsolute(name) ? [resolve(name)] : onPath(name, environment);
    const found = candidates.find(isExecutable);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What people type for such a program. @param binary its path or name; undefined where nobody knows which it will be */
export function programName(binary: string | undefined): "terraform" | "tofu" {
  return basename(binary ?? "").includes("tofu") ? "tofu" : "terraform";
}

function onPath(name: string, environment: NodeJS.ProcessEnv): string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.filter((folder) => !folder.split(sep).includes("node_modules")).map((folder) => join(folder, name));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
