/** The Integration Server of the environment: whether it is there, who it is, and whether it takes our word. */
import {
  ApiError,
  type Inspection,
  type IntegrationServer,
  IntegrationServerError,
  inspect,
} from "../../integration-server";
import { type Address, formatAddress, parseServerAddress } from "../../integration-server/address";
import { connect } from "../shared/client";
import { oneLine } from "../shared/report";
import { type Finding, ok, problem, warning } from "./check";

/** Milliseconds for everything that needs no credentials. */
const PATIENCE = 15_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A difference that spoils nothing yet, and is a sign that nobody keeps the clocks. */
const CLOCKS_APART = 5 * MINUTE;
const SOON = 14 * DAY;

type Environment = Readonly<Record<string, string | undefined>>;

/** What several checks are about. */
export interface Looked {
  /** Undefined where the environment names none. */
  readonly address: Address | undefined;
  /** What was seen there, or why nothing was. */
  readonly seen: Inspection | Error | undefined;
  /** Who has signed in, or why nobody has; undefined where nobody could try. */
  readonly server: IntegrationServer | Error | undefined;
}

export async function look(environment: Environment): Promise<Looked> {
  const address = parseServerAddress(environment["KSVLA_ADDRESS"] ?? "");
  const seen = address && (await attempted(() => inspectAs(address, environment)));
  const canTry = address !== undefined && environment["KSVLA_PASSWORD"];
  // Once: a wrong password that is tried again may lock the account.
  const server = canTry ? await attempted(() => connect(environment)) : undefined;
  return { address, seen, server };
}

async function inspectAs(address: Address, environment: Environment): Promise<Inspection> {
  const { clientOptions } = await import("../../provider-settings");
  // Whether the password is there is not asked here.
  const { caCertificate, thumbprint, insecure } = await clientOptions({ password: "-" }, environment);
  return inspect(address, { caCertificate, thumbprint, insecure }, AbortSignal.timeout(PATIENCE));
}

/** Where the client is behind an error, its own words: what is to be done stands apart there. */
async function attempted<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) return new Error(String(error));
    return error.cause instanceof IntegrationServerError ? error.cause : error;
  }
}

const NO_ADDRESS = "KSVLA_ADDRESS is not set, so no server can be looked at (the provider's block is not read).";
const SET_IT =
  "To have it checked, set KSVLA_ADDRESS and what else the provider takes from the environment: see --help.";

export function checkAddress({ address, seen }: Looked, environment: Environment): Finding {
  const { KSVLA_ADDRESS: given } = environment;
  if (!given) return warning(NO_ADDRESS, SET_IT);
  if (address === undefined) {
    return problem(
      `KSVLA_ADDRESS is "${given}", which is no address.`,
      'Set it to "host", "host:port" or "https://host:port".',
    );
  }
  if (!(seen instanceof Error) || !isAboutConnecting(seen)) return ok(`${formatAddress(address)} answers.`);
  const proxies = ["HTTPS_PROXY", "https_proxy"].filter((name) => environment[name]);
  const proxy = proxies.length > 0 ? ` The provider goes through no proxy, also where ${proxies[0]} names one.` : "";
  return problem(
    `${formatAddress(address)} does not answer: ${oneLine(seen)}`,
    `Is the name right, and the port (7271 unless told otherwise) open from here?${proxy}`,
  );
}

/** What is wrong with our own settings, such as an unreadable certificate, says nothing of who answers. */
function isAboutConnecting(error: Error): boolean {
  return !(error instanceof IntegrationServerError) && error.name !== "DiagnosticError";
}

export function checkTls({ address, seen }: Looked, environment: Environment, now: number): Finding {
  if (address === undefined || seen === undefined) return notChecked("there is no address");
  if (seen instanceof Error) {
    return isAboutConnecting(seen) ? notChecked("nobody answers") : problem(oneLine(seen), adviceOf(seen));
  }
  const [own] = seen.chain;
  if (own === undefined) return problem(`${formatAddress(address)} presents no certificate.`);
  const chain = seen.chain.map(({ subject }) => subject).join(", issued by ");
  const pins = `Its thumbprints:\n  SHA-256 ${own.sha256}\n  SHA-1   ${own.sha1}`;
  const message = `${chain}; valid from ${dateOf(own.validFrom)} to ${dateOf(own.validTo)}. ${pins}`;
  if (seen.refusal !== undefined) {
    return problem(
      `It is not trusted: ${seen.refusal.explanation}.\n${message}`,
      `If this is the certificate that the server should have (compare it in the server's own console), pin it: export KSVLA_THUMBPRINT=${own.sha256}`,
    );
  }
  if (environment["KSVLA_INSECURE"] === "true" && !environment["KSVLA_THUMBPRINT"]) {
    return warning(
      `Nobody verifies it, since KSVLA_INSECURE is true: credentials go to whoever answers.\n${message}`,
      `Unset KSVLA_INSECURE, and pin it: export KSVLA_THUMBPRINT=${own.sha256}`,
    );
  }
  const left = own.validTo.getTime() - now;
  if (left > SOON) return ok(message);
  const ends = left < 0 ? "It has expired" : `It expires in ${Math.ceil(left / DAY)} days`;
  return warning(
    `${ends}, which a pinned thumbprint does not mind.\n${message}`,
    "Renew the server's certificate, and the thumbprint with it.",
  );
}

const dateOf = (date: Date): string => date.toISOString().slice(0, 10);

export function checkClock({ seen }: Looked): Finding {
  if (seen === undefined || seen instanceof Error) return notChecked("nobody answers");
  const { clockDifference } = seen;
  if (clockDifference === undefined) return ok("The server does not tell its time.");
  const apart = Math.round(Math.abs(clockDifference) / 1000);
  if (Math.abs(clockDifference) < CLOCKS_APART) return ok(`The server's clock and this one are ${apart} s apart.`);
  return warning(
    `The server's clock is ${apart} s ${clockDifference > 0 ? "ahead of" : "behind"} this one.`,
    "Let both take their time from a time server: certificates are valid by these clocks.",
  );
}

export function checkCredentials({ address, seen, server }: Looked, environment: Environment): Finding {
  if (address === undefined) return notChecked("there is no address");
  if (seen !== undefined && !(seen instanceof Error) && seen.refusal !== undefined) {
    return notChecked("nobody signs in to a server that is not trusted");
  }
  if (server === undefined) return warning("KSVLA_PASSWORD is not set, so nobody has tried to sign in.", SET_IT);
  const user = environment["KSVLA_USERNAME"] || "admin";
  if (server instanceof Error) return problem(`${user} cannot sign in: ${oneLine(server)}`, adviceOf(server));
  return ok(`${user} can sign in.`);
}

/** The documents know no way to read the role: what the list of reserve servers answers tells. */
export async function checkRole({ server }: Looked): Promise<Finding> {
  if (server === undefined || server instanceof Error) return notChecked("nobody is signed in");
  try {
    const reserves = await server.reserveServers.list();
    const listed = reserves.map(({ address, status }) => `${address ?? "one without an address"}, ${status}`);
    const down = reserves.filter(({ status }) => status !== "Connected");
    const message =
      listed.length > 0
        ? `A primary server with the reserve server ${listed.join("; ")}.`
        : "A primary server without a reserve server.";
    return down.length === 0
      ? ok(message)
      : warning(message, "Look at the reserve server: while it is down, there is none.");
  } catch (error) {
    const said = oneLine(error);
    // So answers whoever has no cluster, or has another role in one.
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
      return ok(`It tells of no cluster of its own: ${said}`);
    }
    return problem(`Its cluster cannot be asked for: ${said}`, adviceOf(error));
  }
}

function notChecked(why: string): Finding {
  return warning(`Not checked, since ${why}.`);
}

function adviceOf(error: unknown): string | undefined {
  return error instanceof IntegrationServerError ? error.advice : undefined;
}
