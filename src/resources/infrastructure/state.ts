/** From a configuration or a state to what the Integration Server has, and back. */
import type { Infrastructure } from "../../integration-server";
import { isUnknown } from "../../terraform";
import { connectionFacts, openstackFacts } from "../shared/connection-facts";
import { isInfrastructureType, sameInfrastructureAddress } from "../shared/schema/infrastructure-types";
import type { Shown } from "./as-added";
import type { InfrastructurePlan, InfrastructureState } from "./schema";

/** What the user decides. */
export type Settings = Pick<InfrastructureState, "type" | "address" | "admin" | "readOnly" | "openstack" | "timeouts">;
type AccountState = Settings["admin"];

/** An account that exists, but that the Integration Server does not report: adopted from the configuration. */
const UNREAD_ACCOUNT: AccountState = { name: null, domain: null, passwordWoVersion: null };

/** The complete state of a connection. */
export function stateOf(settings: Settings, infrastructure: Infrastructure): InfrastructureState {
  return { ...settings, id: infrastructure.id, ...connectionFacts(infrastructure, settings.readOnly !== null) };
}

/** What a plan decides, with the region that the Integration Server chose or chose before. */
export function plannedSettings(plan: InfrastructurePlan, region: string | null) {
  const { type, address, admin, readOnly, openstack, timeouts } = plan;
  return {
    type,
    address,
    admin: accountOf(admin),
    readOnly: readOnly && accountOf(readOnly),
    openstack: openstack && {
      protocol: openstack.protocol,
      region: isUnknown(openstack.region) ? region : openstack.region,
    },
    timeouts,
  };
}

export type PlannedSettings = ReturnType<typeof plannedSettings>;

function accountOf({ name, domain, passwordWoVersion }: InfrastructurePlan["admin"]) {
  return { name, domain, passwordWoVersion };
}

/**
 * The state after a look at the server: what differs there is drift, except for spelling.
 *
 * @param unchanged what is shown as when the connection was added
 */
export function refreshedSettings(
  state: Settings,
  infrastructure: Infrastructure,
  unchanged: ReadonlySet<keyof Shown>,
): Settings {
  const { type, address, accounts } = infrastructure;
  const openstack = openstackFacts(infrastructure);
  return {
    type: isInfrastructureType(type) ? type : state.type,
    address:
      unchanged.has("address") || sameInfrastructureAddress(state.type, address, state.address)
        ? state.address
        : address,
    admin: unchanged.has("admin")
      ? state.admin
      : {
          ...state.admin,
          name: accounts.admin?.name ?? state.admin.name,
          domain: accounts.admin?.domain ?? state.admin.domain,
        },
    readOnly: unchanged.has("readOnly") ? state.readOnly : refreshedReadOnly(state, infrastructure),
    openstack:
      openstack === null
        ? state.openstack
        : { ...openstack, region: openstack.region ?? state.openstack?.region ?? null },
    timeouts: state.timeouts,
  };
}

/**
 * Answers about OpenStack say nothing of accounts. A server that shows the admin account in the read-only one's place,
 * where none is configured, has none: it then uses the admin account for everything.
 */
function refreshedReadOnly({ readOnly: known }: Settings, { accounts }: Infrastructure): Settings["readOnly"] {
  if (accounts.admin === undefined) return known;
  if (accounts.readOnly === undefined) return null;
  const { name, domain } = accounts.readOnly;
  if (known === null && (name === undefined || name === accounts.admin.name)) return null;
  return {
    name: name ?? known?.name ?? null,
    domain: domain ?? known?.domain ?? null,
    passwordWoVersion: known?.passwordWoVersion ?? null,
  };
}

/** The settings of a connection that Terraform did not make; null where the Integration Server does not tell. */
export function importedSettings(infrastructure: Infrastructure): Settings | undefined {
  const { type, address, accounts, connection } = infrastructure;
  if (!isInfrastructureType(type)) return undefined;
  const admin = { name: accounts.admin?.name ?? null, domain: accounts.admin?.domain ?? null, passwordWoVersion: null };
  const settings: Omit<Settings, "readOnly"> = {
    type,
    address,
    admin,
    openstack: openstackFacts(infrastructure),
    timeouts: null,
  };
  const { name, domain } = accounts.readOnly ?? {};
  if (name !== undefined && name !== admin.name) {
    return { ...settings, readOnly: { name, domain: domain ?? null, passwordWoVersion: null } };
  }
  const exists = accounts.readOnly !== undefined || connection.readOnly !== undefined;
  return { ...settings, readOnly: exists ? UNREAD_ACCOUNT : null };
}
