/**
 * Why a reserve server is not connected, and what to do about each documented cause
 * (Cluster management, "Registering a reserve Integration Server with the primary Integration Server").
 */
import { type ReserveConnectionError, reserveConnectionState } from "../../integration-server";
import { DiagnosticError } from "../../terraform";
import { howToTrust, OF_RESERVE_SERVER } from "../shared/trust-advice";

/** What Terraform knows of a connection, from the server or from the state. */
export interface ReserveConnection {
  readonly address: string;
  readonly status: string | null;
  readonly connectionError: string | null;
}

interface Cause {
  /** What to do now. */
  readonly advice: (address: string, primary: string) => string;
  /** The attribute at fault. */
  readonly path: "address" | "passwordWo";
  /**
   * Whether the settings are at fault, so that sending them again can mend it. An outage passes without Terraform, and
   * must not keep it from other work meanwhile.
   */
  readonly mendable: boolean;
}

const CAUSES: Readonly<Record<Exclude<ReserveConnectionError, "NoError">, Cause>> = {
  InvalidCertificate: {
    advice: (address) =>
      `Its certificate is not trusted, or changed since. ${howToTrust(OF_RESERVE_SERVER, [{ name: "reserve", address, protocol: "https" }])}\n\nWhere there is such a resource already, compare the thumbprint and apply with "-replace=" and that resource's address.`,
    path: "address",
    mendable: true,
  },
  Unauthorized: {
    advice: (address) =>
      `${address} refused the password. Set password_wo (password in CDKTF) to the one of the user admin on the reserve server, which is not this server's, and change password_wo_version (in CDKTF, the version of the Secret).`,
    path: "passwordWo",
    mendable: true,
  },
  AccessDenied: {
    advice: (address) =>
      `${address} accepted the password, but does not let itself be registered. Check that it is standalone: neither the primary server of a cluster nor the reserve server of another one.`,
    path: "address",
    mendable: true,
  },
  NetworkError: {
    advice: (address, primary) =>
      `Check that ${address} is right and running, and that ${primary} can reach it through the network and its firewalls.`,
    path: "address",
    mendable: false,
  },
  ServerError: {
    advice: (address, primary) =>
      `${address} answered, but with an error. Check that an Integration Server of the same version as ${primary} works there, and look into the logs of both.`,
    path: "address",
    mendable: false,
  },
};

/**
 * What is wrong with a connection; undefined when nothing has failed.
 *
 * @param primary the Integration Server that connects to the reserve server, as host:port
 */
export function reserveServerProblem(connection: ReserveConnection, primary: string): DiagnosticError | undefined {
  const { address, status, connectionError } = connection;
  if (!hasFailed(connection)) return undefined;
  const cause = causeOf(connection);
  return new DiagnosticError(
    `Unable to connect to the reserve server ${address}`,
    `The Integration Server ${primary} reports ${status} with ${connectionError}. ${cause?.advice(address, primary) ?? "Look into the logs of both servers for the cause."}`,
    [cause?.path ?? "address"],
  );
}

/** True when the connection has failed in a way that passes only when somebody sends the settings again. */
export function isMendable(connection: ReserveConnection): boolean {
  return hasFailed(connection) && (causeOf(connection)?.mendable ?? false);
}

function hasFailed({ status, connectionError }: ReserveConnection): boolean {
  if (status === null || connectionError === null) return false;
  const state = reserveConnectionState({ status, error: connectionError });
  return state === "failed" || state === "disconnected";
}

function causeOf({ connectionError }: ReserveConnection): Cause | undefined {
  return Object.entries(CAUSES).find(([error]) => error === connectionError)?.[1];
}
