/**
 * Where Terraform and OpenTofu take their CLI configuration from, and what it says about installing providers. The
 * places: their documentation, "CLI Configuration File", and for `*.tfrc` their sources, `internal/command/cliconfig`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { installationsInJson, isJson } from "./cli-configuration-json";
import { type Block, parseHcl } from "./hcl/parse";
import { homeDirectory } from "./home";
import type { InstallationMethod, ProviderInstallation } from "./provider-installation";
import { programName } from "./terraform-binary";

/**
 * The `provider_installation` block that each program obeys; nothing where there is none, and where the file cannot
 * be read, which the program itself will say.
 *
 * @param workingDirectory Where the program will run.
 */
export function providerInstallations(
  workingDirectory: string,
  environment: NodeJS.ProcessEnv = process.env,
): readonly ProviderInstallation[] {
  const found = new Map<string, ProviderInstallation>();
  for (const program of programs(environment)) {
    const [first] = configurationFiles(program, workingDirectory, environment).flatMap(blocksIn);
    if (first === undefined) continue;
    const { programs = [] } = found.get(first.file) ?? {};
    found.set(first.file, { ...first, programs: [...programs, program] });
  }
  return [...found.values()];
}

type Program = "Terraform" | "OpenTofu";

/** CDKTF runs what `TERRAFORM_BINARY_NAME` names. Otherwise it may be either. */
function programs({ TERRAFORM_BINARY_NAME: binary }: NodeJS.ProcessEnv): readonly Program[] {
  if (!binary) return ["Terraform", "OpenTofu"];
  return programName(binary) === "tofu" ? ["OpenTofu"] : ["Terraform"];
}

/** In the order in which they are read. */
function configurationFiles(program: Program, workingDirectory: string, environment: NodeJS.ProcessEnv): string[] {
  const chosen = environment["TF_CLI_CONFIG_FILE"] || environment["TERRAFORM_CONFIG"];
  if (chosen) return [resolve(workingDirectory, chosen)];
  const home = homeDirectory(environment);
  if (home === undefined) return [];
  const [terraformrc, directory] = [join(home, ".terraformrc"), join(home, ".terraform.d")];
  if (program === "Terraform") return [terraformrc, ...piecesIn(directory)];
  const xdg = environment["XDG_CONFIG_HOME"] ? [join(environment["XDG_CONFIG_HOME"], "opentofu")] : [];
  const main = [join(home, ".tofurc"), terraformrc, ...xdg.map((folder) => join(folder, "tofurc"))].find(existsSync);
  return [
    ...(main === undefined ? [] : [main]),
    ...[directory, ...xdg].filter(existsSync).slice(0, 1).flatMap(piecesIn),
  ];
}

function piecesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".tfrc"))
      .sort()
      .map((name) => join(directory, name));
  } catch {
    return [];
  }
}

function blocksIn(file: string): Omit<ProviderInstallation, "programs">[] {
  try {
    const text = readFileSync(file, "utf8");
    if (isJson(text)) return installationsInJson(text).map((installation) => ({ file, ...installation }));
    const { blocks } = parseHcl(text, { dialect: "hcl1" });
    return blocks
      .filter(({ type }) => type === "provider_installation")
      .map(({ line, body }) => ({ file, line: line + 1, methods: body?.blocks.map(methodOf) ?? [] }));
  } catch {
    return [];
  }
}

function methodOf({ type, line, body }: Block): InstallationMethod {
  const path = body?.attributes.get("path");
  return {
    kind: type,
    line: line + 1,
    ...(typeof path === "string" && { path }),
    include: textsIn(body?.attributes.get("include")),
    exclude: textsIn(body?.attributes.get("exclude")),
    overridden: type === "dev_overrides" ? [...(body?.attributes.keys() ?? [])] : [],
  };
}

function textsIn(value: unknown): readonly string[] {
  return [value].flat().filter((item) => typeof item === "string");
}
