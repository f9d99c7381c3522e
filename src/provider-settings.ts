/** The provider's configuration and the environment, as the REST client takes them. */
import { readFile } from "node:fs/promises";
import { type IntegrationServerOptions, Secret } from "./integration-server";
import type { providerSchema } from "./provider-schema";
import { type Config, DiagnosticError, parseDuration } from "./terraform";
import {
  certificateThumbprint,
  hasCertificate,
  isPem,
  notEmpty,
  pemOrPath,
  productPassword,
  serverAddress,
} from "./validators";

type ProviderConfig = Config<(typeof providerSchema)["attributes"]>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration wins over the environment; an empty variable counts as none. */
export async function clientOptions(
  config: Partial<ProviderConfig>,
  environment: Environment,
): Promise<Omit<IntegrationServerOptions, "log">> {
  const setting = (name: SettingName, configured: string | null | undefined) =>
    configured ?? fromEnvironment(name, environment);
  const caCertificate = setting("caCertificate", config.caCertificate);
  return {
    address: needed("address", setting("address", config.address)),
    username: setting("username", config.username),
    password: new Secret(needed("password", setting("password", config.password))),
    caCertificate: caCertificate === undefined ? undefined : await pemFrom(caCertificate),
    thumbprint: setting("thumbprint", config.thumbprint),
    insecure: config.insecure ?? fromEnvironment("insecure", environment) === "true",
    requestTimeout: milliseconds(config.requestTimeout),
    pollInterval: milliseconds(config.pollInterval),
    svmConcurrency: config.svmConcurrency ?? undefined,
  };
}

/** Where the journal shall be, if anybody says so. */
export function configuredJournalDirectory(
  { journalDirectory }: Pick<ProviderConfig, "journalDirectory">,
  environment: Environment,
): string | undefined {
  return journalDirectory ?? fromEnvironment("journalDirectory", environment);
}

interface Setting {
  readonly variable: string;
  /** The attribute in Terraform. */
  readonly attribute: string;
  /** Variables are checked as the attribute is. */
  readonly validate: (value: string) => string | undefined;
}
type SettingName =
  | "address"
  | "username"
  | "password"
  | "caCertificate"
  | "thumbprint"
  | "insecure"
  | "journalDirectory";

const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  address: { variable: "KSVLA_ADDRESS", attribute: "address", validate: serverAddress },
  username: { variable: "KSVLA_USERNAME", attribute: "username", validate: notEmpty },
  password: { variable: "KSVLA_PASSWORD", attribute: "password", validate: productPassword },
  caCertificate: { variable: "KSVLA_CA_CERTIFICATE", attribute: "ca_certificate", validate: pemOrPath },
  thumbprint: { variable: "KSVLA_THUMBPRINT", attribute: "thumbprint", validate: certificateThumbprint },
  insecure: { variable: "KSVLA_INSECURE", attribute: "insecure", validate: trueOrFalse },
  journalDirectory: { variable: "KSVLA_JOURNAL_DIRECTORY", attribute: "journal_directory", validate: notEmpty },
};

function fromEnvironment(name: SettingName, environment: Environment): string | undefined {
  const { variable, attribute, validate } = SETTINGS[name];
  const value = environment[variable];
  if (value === undefined || value === "") return undefined;
  const problem = validate(value);
  if (problem === undefined) return value;
  const detail = `The environment variable ${variable}, which stands for ${attribute}, ${problem}`;
  throw new DiagnosticError(`Invalid value of ${variable}`, detail, [name]);
}

function needed(name: "address" | "password", value: string | undefined): string {
  if (value !== undefined) return value;
  const { variable, attribute } = SETTINGS[name];
  throw new DiagnosticError(
    `The Integration Server's ${name} is missing`,
    `Set ${attribute} in the configuration of the provider "ksvla", or the environment variable ${variable}.`,
    [name],
  );
}

async function pemFrom(text: string): Promise<string> {
  return isPem(text) ? text : pemFile(text);
}

async function pemFile(path: string): Promise<string> {
  let content: string;
  try {
    content = await readFile(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const detail = `ca_certificate (caCertificate in CDKTF) is no PEM text, so it was taken for the path of a file: ${reason}. Relative paths start in the present folder, which for the provider is where Terraform runs.`;
    throw new DiagnosticError("Unable to read the CA certificate", detail, ["caCertificate"], { cause: error });
  }
  if (hasCertificate(content)) return content;
  const detail = `The file ${path} holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----"). Name the file of the certificate's issuer, or of the certificate itself, in that form.`;
  throw new DiagnosticError("Unable to read the CA certificate", detail, ["caCertificate"]);
}

function trueOrFalse(text: string): string | undefined {
  return text === "true" || text === "false" ? undefined : `must be "true" or "false", got: "${text}"`;
}

/** Validated before: a duration that cannot be read does not come here. */
function milliseconds(duration: string | null | undefined): number | undefined {
  return duration == null ? undefined : parseDuration(duration);
}
