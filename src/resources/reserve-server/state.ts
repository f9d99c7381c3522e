/** From a configuration or a state to what the Integration Server has, and back. */
import { type ReserveServer, type ReserveServerSettings, Secret } from "../../integration-server";
import { DiagnosticError, isUnknown } from "../../terraform";
import { parsedAddress } from "../shared/address";
import { isNewVersion } from "../shared/password-version";
import { reserveServerFacts } from "../shared/reserve-servers";
import { RESERVE_SERVER_PORT, sameServer } from "../shared/schema/reserve-server-address";
import { isMendable } from "./problems";
import type { ReserveServerConfig, ReserveServerPlanned, ReserveServerState } from "./schema";

/** What the user decides. */
type Settings = Pick<ReserveServerState, "address" | "passwordWoVersion" | "timeouts">;

/** What the API takes: as planned, with the password, which only the configuration has. */
export function settingsOf(
  { address }: Pick<ReserveServerState, "address">,
  { passwordWo }: ReserveServerConfig,
): ReserveServerSettings {
  return { address: parsedAddress(address, RESERVE_SERVER_PORT), password: new Secret(passwordWo) };
}

export function settingsIn({ address, passwordWoVersion, timeouts }: Settings): Settings {
  return { address, passwordWoVersion, timeouts };
}

/** The complete state of a reserve server. */
export function stateOf(settings: Settings, reserve: ReserveServer): ReserveServerState {
  return { ...settingsIn(settings), id: reserve.id, ...reserveServerFacts(reserve) };
}

/** Whether the server is to be told the settings: they differ, or sending them again can mend the connection. */
export function isToBeSent(
  state: ReserveServerState,
  { address, passwordWoVersion }: Pick<ReserveServerPlanned, "address" | "passwordWoVersion">,
): boolean {
  const isElsewhere = address === null || isUnknown(address) || !sameServer(state.address, address);
  return isElsewhere || isNewVersion(state.passwordWoVersion, passwordWoVersion) || isMendable(state);
}

export function idOf({ id, address }: Pick<ReserveServerState, "id" | "address">): string {
  if (id !== null) return id;
  throw new DiagnosticError(
    `The reserve server ${address} has no id in the state`,
    'Remove it from the state with "terraform state rm" and import it by the id that the data source ksvla_reserve_servers tells.',
  );
}
