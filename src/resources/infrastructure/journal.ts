/** A connection in the journal: what it is known by before it has an id, and how it is made. */
import { canonicalAddress } from "../../integration-server/address";
import { type Fingerprint, fingerprintOf, type Making } from "../../journal";
import { infrastructureType } from "../shared/schema/infrastructure-types";
import type { PlannedSettings } from "./state";

/** What tells a connection from others, of what is planned or configured. */
export interface Connecting extends Pick<PlannedSettings, "type" | "address"> {
  readonly admin: Pick<PlannedSettings["admin"], "name">;
}

export function makingOf({ type, address, admin }: Connecting): Making {
  const canonical = canonicalAddress(address, infrastructureType(type).port);
  return { kind: "infrastructure", place: { type, address: canonical, account: admin.name.normalize("NFC") } };
}

/** The API documents no way to change a connection. */
export function fingerprint({ type, openstack, admin, readOnly }: PlannedSettings): Fingerprint {
  return fingerprintOf({ identity: { type, openstack, admin, readOnly }, settings: {} });
}
