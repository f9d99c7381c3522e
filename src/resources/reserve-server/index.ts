/** `ksvla_reserve_server`: the Integration Server that takes over while the primary one is unavailable. */
import type { IntegrationServer, ReserveServer, ReserveServerSettings } from "../../integration-server";
import { formatAddress, parseAddress } from "../../integration-server/address";
import {
  type Config,
  computed,
  DiagnosticError,
  isUnknown,
  optional,
  type Planned,
  required,
  resource,
  type State,
  schema,
  string,
  timeouts,
  UNKNOWN,
} from "../../terraform";
import { hostAddress, productPassword } from "../../validators";
import { attempt } from "../shared/errors";
import { RESERVE_SERVER_PORT, sameServer } from "../shared/schema/reserve-server-address";
import { reserveServerAttributes, reserveServerFacts } from "../shared/schema/reserve-server-attributes";
import { isMendable, reserveServerProblem } from "./problems";
import { change, deregister, findReserveServer, register } from "./registration";

export const reserveServerSchema = schema({
  description:
    "The reserve server of a high-availability cluster, registered with the primary Integration Server (`ksvla_server_role`), which has to trust its certificate first (`ksvla_trusted_certificate`). Creating and changing it waits until the two are connected. Only one can be registered. A connection that fails because of the certificate, the password or the rights plans an update, which sends the settings again.",
  attributes: {
    address: required(string(), {
      description: `The reserve server's host or host:port. Without a port: ${RESERVE_SERVER_PORT}. Changed in place.`,
      validate: [hostAddress],
    }),
    passwordWo: required(string(), {
      description:
        "The password of the user admin on the reserve server. Changed in place. Write-only: never stored in plan or state. Needs Terraform or OpenTofu 1.11 or later.",
      validate: [productPassword],
      sensitive: true,
      writeOnly: true,
    }),
    passwordWoVersion: optional(string(), {
      description:
        "Any text that you change when the password changes, such as a date or a secret's version: Terraform cannot see a changed `password_wo` by itself. Another value sends the password again; setting it for the first time or removing it does not.",
      unreadable: true,
    }),
    timeouts: timeouts({ create: "10m", update: "10m" }),
    id: computed(string(), {
      description: "The id that the Integration Server gave the reserve server. Also the import id.",
      useStateForUnknown: true,
    }),
    ...reserveServerAttributes,
  },
});

type Attributes = (typeof reserveServerSchema)["attributes"];
type Registered = State<Attributes>;
type Settings = Pick<Registered, "address" | "passwordWoVersion" | "timeouts">;

export const reserveServer = resource<IntegrationServer>()({
  schema: reserveServerSchema,

  async create({ client, config, plan, save, signal }) {
    const registered = await register(settingsOf(config), client, signal);
    save(stateOf(plan, registered));
    const settled = await connected(registered.id, client, signal, (seen) => save(stateOf(plan, seen)));
    const problem = problemOf(settled, client);
    if (problem === undefined) return stateOf(plan, settled);
    throw extended(
      problem,
      `The reserve server was registered with the id ${settled.id} and is marked as tainted: the next apply replaces it.`,
    );
  },

  async read({ client, state, signal, warn }) {
    const reserve = await findReserveServer(idOf(state), client, signal);
    if (reserve === undefined) return null;
    const address = sameServer(reserve.address, state.address) ? state.address : reserve.address;
    const problem = problemOf(reserve, client);
    if (problem !== undefined) {
      warn({ summary: `The reserve server ${reserve.address} is not connected`, detail: problem.detail });
    }
    return stateOf({ ...state, address }, reserve);
  },

  /** What fails keeps the version of the password, so that the next plan sends it again. */
  async update({ client, config, plan, state, save, signal }) {
    if (!isToBeSent(state, plan)) return { ...state, ...settingsIn(plan) };
    const known = { ...state, address: plan.address };
    const current = ({ status, error }: ReserveServer) => ({ status, connectionError: error });
    const { address } = state;
    const changed = await change({ id: idOf(state), address }, settingsOf(config), client, signal);
    save({ ...known, ...current(changed) });
    const settled = await connected(changed.id, client, signal, (seen) => save(current(seen)));
    const problem = problemOf(settled, client);
    if (problem === undefined) return { ...known, ...settingsIn(plan), ...current(settled) };
    throw extended(problem, "The reserve server stays registered with the new settings.");
  },

  async delete({ client, state, signal }) {
    await deregister({ id: idOf(state), address: state.address }, client, signal);
  },

  /** Another spelling of the address is no change; a failed connection that can be mended is one. */
  async plan({ state, planned }) {
    if (state === null || planned === null) return undefined;
    const { address, status, connectionError } = state;
    const isSpelling = typeof planned.address === "string" && sameServer(address, planned.address);
    const outcome: Pick<Planned<Attributes>, "status" | "connectionError"> = isToBeSent(state, planned)
      ? { status: UNKNOWN, connectionError: UNKNOWN }
      : { status, connectionError };
    return { planned: { ...outcome, ...(isSpelling && { address }) } };
  },

  async importState({ id, client, signal }) {
    const reserve = await findReserveServer(id, client, signal);
    if (reserve !== undefined) {
      return stateOf({ address: reserve.address, passwordWoVersion: null, timeouts: null }, reserve);
    }
    throw new DiagnosticError(
      `Unable to import the reserve server ${id}`,
      "The Integration Server has no reserve server of this id. The data source ksvla_reserve_servers tells the ids of those that it has.",
    );
  },
});

/** Whether the server is to be told the settings: they differ, or sending them again can mend the connection. */
function isToBeSent(state: Registered, planned: Pick<Planned<Attributes>, "address" | "passwordWoVersion">): boolean {
  const { address, passwordWoVersion } = planned;
  const isElsewhere = address === null || isUnknown(address) || !sameServer(state.address, address);
  const hasNewPassword =
    state.passwordWoVersion !== null && passwordWoVersion !== null && passwordWoVersion !== state.passwordWoVersion;
  return isElsewhere || hasNewPassword || isMendable(state);
}

/** What the API takes, from the configuration: only there is the password. */
function settingsOf({ address, passwordWo }: Config<Attributes>): ReserveServerSettings {
  const parsed = parseAddress(address, RESERVE_SERVER_PORT);
  if (parsed !== undefined) return { address: parsed, password: passwordWo };
  throw new DiagnosticError("Invalid address", `The address "${address}" is no host or host:port.`, ["address"]);
}

function settingsIn({ address, passwordWoVersion, timeouts }: Settings): Settings {
  return { address, passwordWoVersion, timeouts };
}

function stateOf(settings: Settings, reserve: ReserveServer): Registered {
  return { ...settingsIn(settings), id: reserve.id, ...reserveServerFacts(reserve) };
}

/** The reserve server when its connection has been made or has failed. */
function connected(
  id: string,
  client: IntegrationServer,
  signal: AbortSignal,
  onProgress: (seen: ReserveServer) => void,
): Promise<ReserveServer> {
  return attempt(`look at the connection to the reserve server ${id}`, () =>
    client.reserveServers.waitForConnection(id, { signal, onProgress }),
  );
}

function problemOf(reserve: ReserveServer, client: IntegrationServer): DiagnosticError | undefined {
  const { status, connectionError } = reserveServerFacts(reserve);
  return reserveServerProblem({ address: reserve.address, status, connectionError }, formatAddress(client.address));
}

function extended({ summary, detail, path }: DiagnosticError, remark: string): DiagnosticError {
  return new DiagnosticError(summary, `${detail}\n\n${remark}`, path);
}

function idOf({ id, address }: Pick<Registered, "id" | "address">): string {
  if (id !== null) return id;
  throw new DiagnosticError(
    `The reserve server ${address} has no id in the state`,
    'Remove it from the state with "terraform state rm" and import it by the id that the data source ksvla_reserve_servers tells.',
  );
}
