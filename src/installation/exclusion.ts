/**
 * A CLI configuration with a `provider_installation` block replaces the folders in which Terraform looks for providers by
 * itself. Terraform then asks every method of the block that accepts a provider, and one that fails spoils the rest:
 * `direct` cannot reach `terraform.local`, and a mirror's folder may not exist. Measured with Terraform 1.11.4.
 */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { PROVIDER_NAME, PROVIDER_SOURCE } from "./address";
import { providerInstallations } from "./cli-configuration";
import { mirrorHolds } from "./mirror";
import type { InstallationMethod, ProviderInstallation } from "./provider-installation";

const [HOST = ""] = PROVIDER_SOURCE.split("/");
const PATTERN = `${HOST}/*/*`;

export interface InstallationPlace {
  /** The mirror into which the plugin is or will be installed. */
  readonly directory: string;
  /** The path by which a configuration names it. */
  readonly path: string;
  /** Where Terraform runs. */
  readonly workingDirectory: string;
  readonly version: string;
}

/**
 * Why Terraform will not find the plugin, and the lines to add to its configuration, for each file that stands in the
 * way.
 */
export function exclusions(place: InstallationPlace, environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  return providerInstallations(place.workingDirectory, environment).flatMap((installation) => {
    const { methods } = installation;
    if (methods.some(({ overridden }) => overridden.includes(PROVIDER_SOURCE))) return [];
    const accepting = methods.filter(acceptsProvider);
    const isFound = accepting.some((method) => isMeantForProvider(method) || isMirrorWith(method, place));
    const failing = accepting.filter((method) => fails(method, isFound, place));
    return isFound && failing.length === 0 ? [] : [advice(installation, place, isFound, failing)];
  });
}

/** The folders in which CLI configurations let the provider be looked for. */
export function configuredMirrors(
  workingDirectory: string,
  environment: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  const methods = providerInstallations(workingDirectory, environment).flatMap((installation) => installation.methods);
  const folders = methods
    .filter(acceptsProvider)
    .flatMap(({ kind, path }) => (kind === "filesystem_mirror" && path ? path : []));
  return [...new Set(folders.map((folder) => resolve(workingDirectory, folder)))];
}

/** An exclusion wins over an inclusion; no inclusion is all of them. Not in a pattern: the registry's host. */
function acceptsProvider({ kind, include, exclude }: InstallationMethod): boolean {
  return kind !== "dev_overrides" && !exclude.some(matches) && (include.length === 0 || include.some(matches));
}

function matches(pattern: string): boolean {
  const own = PROVIDER_SOURCE.split("/");
  const parts = pattern.toLowerCase().split("/");
  return parts.length === own.length && parts.every((part, index) => part === "*" || part === own[index]);
}

/** Who names our host for a server knows that it has the provider. */
function isMeantForProvider({ kind, include }: InstallationMethod): boolean {
  return kind !== "filesystem_mirror" && include.some((pattern) => pattern.toLowerCase().startsWith(`${HOST}/`));
}

function isMirrorWith({ kind, path }: InstallationMethod, place: InstallationPlace): boolean {
  if (kind !== "filesystem_mirror" || path === undefined) return false;
  const directory = resolve(place.workingDirectory, path);
  return canonical(directory) === canonical(place.directory) || mirrorHolds(directory, place.version);
}

/** Whether asking this method for the provider ends in an error. A network mirror may answer that it has none. */
function fails(method: InstallationMethod, isFound: boolean, place: InstallationPlace): boolean {
  if (isMeantForProvider(method) || isMirrorWith(method, place)) return false;
  if (method.kind !== "filesystem_mirror") return method.kind === "direct" || !isFound;
  return method.path !== undefined && !existsSync(resolve(place.workingDirectory, method.path));
}

function advice(
  { file, line, programs }: ProviderInstallation,
  { path }: InstallationPlace,
  isFound: boolean,
  failing: readonly InstallationMethod[],
): string {
  const mirror = [
    "  filesystem_mirror {",
    `    path    = ${JSON.stringify(path)}`,
    `    include = ["${PATTERN}"]`,
    "  }",
  ];
  const exclude = failing.map(({ kind, line: at, exclude: present }) => {
    const list = [...present, PATTERN].map((pattern) => JSON.stringify(pattern)).join(", ");
    return `  exclude = [${list}]   # in ${kind}, line ${at}`;
  });
  return [
    `The block provider_installation in ${file}, line ${line}, keeps ${programs.join(" and ")} from finding the provider ` +
      `${PROVIDER_NAME} in ${path}.`,
    ...(isFound ? [] : ["Add this to the block:", "", ...mirror, ""]),
    ...(failing.length === 0
      ? []
      : [isFound ? "Add this to its methods:" : "and this to its methods:", "", ...exclude, ""]),
  ]
    .join("\n")
    .trimEnd();
}

/** Without links, as far as the path exists. */
function canonical(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return path === dirname(path) ? path : join(canonical(dirname(path)), basename(path));
}
