/** A reserve server in the journal: what it is known by before it has an id, and how it is registered. */
import { canonicalAddress } from "../../integration-server/address";
import { type Fingerprint, fingerprintOf, type Making } from "../../journal";
import { RESERVE_SERVER_PORT } from "../shared/schema/reserve-server-address";
import type { ReserveServerConfig } from "./schema";

export function makingOf({ address }: Pick<ReserveServerConfig, "address">): Making {
  return { kind: "reserve-server", place: { address: canonicalAddress(address, RESERVE_SERVER_PORT) } };
}

export function fingerprint({ passwordWoVersion }: Pick<ReserveServerConfig, "passwordWoVersion">): Fingerprint {
  return fingerprintOf({ identity: {}, settings: { passwordWoVersion } });
}
