/** The Integration Server that the environment names, by the rules of the provider's configuration. */
import type { IntegrationServer, Logger } from "../../integration-server";
import { oneLine, reportWarning } from "./report";
import { signOfLife } from "./sign-of-life";

type Environment = Readonly<Record<string, string | undefined>>;

/** Without these there is nobody to ask. Everything else has a default, or may be left out. */
const NEEDED = ["KSVLA_ADDRESS", "KSVLA_PASSWORD"] as const;

/** Every command that asks a server says so in its help. */
export const ENVIRONMENT_HELP = `
Environment, as for the provider:
  KSVLA_ADDRESS         the Integration Server: host, host:port or https URL
  KSVLA_USERNAME        default: admin
  KSVLA_PASSWORD        the administrator's password
  KSVLA_CA_CERTIFICATE  its authority: PEM text, or the path of a PEM file
  KSVLA_THUMBPRINT      or its certificate's SHA-1 or SHA-256 thumbprint
  KSVLA_INSECURE        true: not verified at all; for experiments only
`;

/** A server that has accepted the credentials. */
export async function connect(environment: Environment = process.env): Promise<IntegrationServer> {
  const missing = NEEDED.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set. Set what the provider takes from the environment: see --help.`,
    );
  }
  const { clientOptions } = await import("../../provider-settings");
  const { IntegrationServer } = await import("../../integration-server");
  const { attempt } = await import("../../resources/shared/errors");
  const options = await clientOptions({}, environment);
  signOfLife.waitFor(options.address);
  const log = await quietLog();
  // Known before anything can fail that would show it.
  options.password.reveal(log.secrets);
  return attempt(`sign in to the Integration Server at ${options.address}`, async () => {
    const server = new IntegrationServer({ ...options, log });
    await server.signIn();
    return server;
  });
}

/** Only what somebody should know is said; where the client has more to say, Terraform's log has it. */
async function quietLog(): Promise<Logger> {
  const { Redactor } = await import("../../terraform/plugin/redaction");
  const secrets = new Redactor();
  const ignore = (): void => undefined;
  const warn = (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    const details = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
    reportWarning(secrets.redact(oneLine([message, ...details].join(", "))));
  };
  const info: Logger["info"] = (_, fields) => {
    if (typeof fields?.["reason"] === "string") signOfLife.retrying(secrets.redact(oneLine(fields["reason"])));
  };
  return { trace: ignore, debug: ignore, info, warn, error: warn, secrets };
}
