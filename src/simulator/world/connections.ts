import { joinAddress, splitAddress } from "./addresses";
import type {
  ConnectionErrorCode,
  ConnectionSettings,
  ConnectionState,
  ConnectionStatus,
  Credentials,
} from "./infrastructure";
import {
  type AccountRole,
  connectionProfiles,
  type HypervisorPlatform,
  type Microservice,
  type MicroserviceName,
  microserviceNames,
  type OpenstackPlatform,
  type Platform,
} from "./platforms";
import type { World } from "./world";

/** One microservice of one region, as one account sees it. */
export interface MicroserviceState extends Microservice {
  readonly region: string;
  readonly service: MicroserviceName;
  readonly status: ConnectionStatus;
  readonly error: ConnectionErrorCode;
}

const connected: ConnectionState = { status: "CONNECTED", error: "NO_ERROR", message: "" };
const disconnected = (error: ConnectionErrorCode, message: string): ConnectionState => ({
  status: "DISCONNECTED",
  error,
  message,
});

/** The platform behind an address, whether it can be reached or not. */
export function platformAt(world: World, settings: ConnectionSettings): Platform | undefined {
  return world.platforms.get(splitAddress(settings.address, connectionProfiles[settings.type].port).host);
}

/** How an account's connection to a hypervisor, management server or Keystone stands right now. */
export function accountState(
  world: World,
  settings: ConnectionSettings,
  account: Credentials,
  needed: Exclude<AccountRole, "none">,
): ConnectionState {
  const platform = platformAt(world, settings);
  const failure =
    reachability(world, settings, platform) ??
    (platform === undefined ? undefined : authorization(platform, account, needed)) ??
    (platform?.kind === "hypervisor" ? secondary(platform) : undefined);
  return failure ?? connected;
}

/** How the microservices in the asked-for region, or in every region, stand right now; none while Keystone is not connected. */
export function microserviceStates(
  world: World,
  settings: ConnectionSettings,
  keystone: ConnectionState,
): readonly MicroserviceState[] {
  const platform = platformAt(world, settings);
  if (platform?.kind !== "openstack" || keystone.status === "DISCONNECTED") {
    return [];
  }
  return regionsOf(platform, settings).flatMap((region) =>
    microserviceNames.flatMap((service) =>
      region.services[service].map((each) => ({
        ...each,
        region: region.id,
        service,
        ...(keystone.status === "CONNECTING"
          ? { status: "CONNECTING" as const, error: "NO_ERROR" as const }
          : microserviceState(world, each)),
      })),
    ),
  );
}

function reachability(
  world: World,
  settings: ConnectionSettings,
  platform: Platform | undefined,
): ConnectionState | undefined {
  const profile = connectionProfiles[settings.type];
  const { host, port } = splitAddress(settings.address, profile.port);
  const main = world.endpoints.get(joinAddress(host, port));
  if (platform === undefined || main === undefined) {
    return disconnected("NETWORK_ERROR", `${joinAddress(host, port)} does not answer.`);
  }
  const trusted = trustedEndpoints(platform, settings, host, port);
  for (const address of [main.address, ...trusted]) {
    const outage = world.endpoints.get(address)?.outage;
    if (outage !== undefined) {
      return disconnected(outage, `${address} ${outage === "NETWORK_ERROR" ? "does not answer" : "is broken"}.`);
    }
  }
  if (platform.kind === "openstack" && settings.specificSettings?.protocol !== platform.protocol) {
    return disconnected("NETWORK_ERROR", `${main.address} does not speak ${settings.specificSettings?.protocol}.`);
  }
  const untrusted = trusted.find((address) => !world.isTrusted(address));
  if (untrusted !== undefined) {
    return disconnected("INVALID_CERTIFICATE", `The certificate of ${untrusted} is not trusted.`);
  }
  if (platform.type !== settings.type) {
    return disconnected("SERVER_ERROR", `${main.address} is no ${settings.type}.`);
  }
  return regionFailure(platform, settings);
}

/** The addresses whose certificate or SSH key must be trusted before the Integration Server connects. */
function trustedEndpoints(platform: Platform, settings: ConnectionSettings, host: string, port: number): string[] {
  if (platform.kind === "openstack" && platform.protocol === "http") {
    return [];
  }
  return connectionProfiles[settings.type].trust.map((each) => joinAddress(host, each.port ?? port));
}

function regionFailure(platform: Platform, settings: ConnectionSettings): ConnectionState | undefined {
  return platform.kind === "openstack" && regionsOf(platform, settings).length === 0
    ? disconnected("SERVER_ERROR", `Keystone knows no region ${settings.specificSettings?.region}.`)
    : undefined;
}

function regionsOf(platform: OpenstackPlatform, settings: ConnectionSettings) {
  const wanted = settings.specificSettings?.region;
  return platform.regions.filter((region) => wanted === undefined || region.id === wanted);
}

function authorization(
  platform: Platform,
  account: Credentials,
  needed: Exclude<AccountRole, "none">,
): ConnectionState | undefined {
  const known = platform.accounts.find((each) => each.name === account.name && each.domain === account.domain);
  if (known === undefined || known.password !== account.password) {
    return disconnected("UNAUTHORIZED", "The platform refused the user name or the password.");
  }
  const suffices = known.role === "admin" || known.role === needed;
  return suffices ? undefined : disconnected("ACCESS_DENIED", `The account ${account.name} lacks rights.`);
}

function secondary(platform: HypervisorPlatform): ConnectionState | undefined {
  const { primaryServerAddress } = platform;
  return primaryServerAddress === undefined
    ? undefined
    : { ...disconnected("NETWORK_ERROR", ""), primaryServerAddress };
}

function microserviceState(world: World, service: Microservice): Pick<ConnectionState, "status" | "error"> {
  const endpoint = world.endpoints.get(service.address);
  if (endpoint === undefined || endpoint.outage !== undefined) {
    return { status: "DISCONNECTED", error: endpoint?.outage ?? "NETWORK_ERROR" };
  }
  if (service.protocol === "https" && !world.isTrusted(service.address)) {
    return { status: "DISCONNECTED", error: "INVALID_CERTIFICATE" };
  }
  return { status: "CONNECTED", error: "NO_ERROR" };
}
