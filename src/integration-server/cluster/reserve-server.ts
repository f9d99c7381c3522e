/** A reserve server as the primary Integration Server knows it ("Managing reserve Integration Servers"). */
import { type Address, formatAddress, INTEGRATION_SERVER_PORT, sameAddress } from "../address";
import type { JsonObject } from "../http/json";
import type { JsonReader } from "../http/json-reader";
import type { Secret } from "../http/secret";
import type { ConnectionState } from "../infrastructures/infrastructure";
import { documented, type OpenUnion } from "../open-union";

/** Spelled otherwise than the statuses of infrastructures. */
const STATUSES = ["Connecting", "Connected", "Disconnected"] as const;
const ERRORS = [
  "NoError",
  "ServerError",
  "NetworkError",
  "InvalidCertificate",
  "AccessDenied",
  "Unauthorized",
] as const;

export type ReserveConnectionStatus = (typeof STATUSES)[number];
export type ReserveConnectionError = (typeof ERRORS)[number];

/** What is needed to register a reserve server, or to tell the primary one what has changed about it. */
export interface ReserveServerSettings {
  readonly address: Address;
  /** The password of the reserve server's own administrator. */
  readonly password: Secret;
}

/** A registered reserve server. */
export interface ReserveServer {
  readonly id: string;
  readonly role: OpenUnion<"Reserve">;
  /** `host:port`. */
  readonly address: string;
  /** When it was registered, as the server writes it. */
  readonly createdAt: string | undefined;
  readonly status: OpenUnion<ReserveConnectionStatus>;
  /** `NoError` where the server says nothing. */
  readonly error: OpenUnion<ReserveConnectionError>;
}

/** Where the connection stands: failed as soon as an attempt has ended with an error. */
export function reserveConnectionState({ status, error }: Pick<ReserveServer, "status" | "error">): ConnectionState {
  if (status === "Connected") return "connected";
  if (status !== "Connecting" && error !== "NoError") return "failed";
  return status === "Disconnected" ? "disconnected" : "connecting";
}

/** The body of a request that registers or changes a reserve server. */
export function reserveServerBody({ address, password }: ReserveServerSettings): JsonObject {
  return { role: "Reserve", address: formatAddress(address), password };
}

/** What an answer has to be about, as far as that is known. */
export interface AskedReserveServer {
  readonly id?: string;
  readonly address?: Address;
}

export function parseReserveServer(answer: JsonReader, { id, address }: AskedReserveServer = {}): ReserveServer {
  const connection = answer.object().field("connectionInfo").object();
  return {
    id: answer.field("id").id(id),
    role: documented(answer.field("role").optionalText() ?? "Reserve", ["Reserve"]),
    address: parseAddressOf(answer.field("address"), address),
    createdAt: answer.field("createdAt").shown(),
    status: documented(connection.field("status").text(), STATUSES),
    error: documented(connection.field("connectionError").optionalText() ?? "NoError", ERRORS),
  };
}

function parseAddressOf(answer: JsonReader, asked: Address | undefined): string {
  const address = answer.text();
  if (asked === undefined) return address;
  const wanted = formatAddress(asked);
  return sameAddress(address, wanted, INTEGRATION_SERVER_PORT) ? address : answer.foreign(wanted, `"${address}"`);
}

/** @param tell is told of one without an id, by its address: nothing can be done with it */
export function parseReserveServers(
  answer: JsonReader,
  tell: (address: string | undefined) => void,
): readonly ReserveServer[] {
  return answer
    .object()
    .field("instances")
    .list()
    .filter((server) => {
      const isIdentified = server.field("id").optionalText() !== undefined;
      if (!isIdentified) tell(server.field("address").optionalText());
      return isIdentified;
    })
    .map((server) => parseReserveServer(server));
}
