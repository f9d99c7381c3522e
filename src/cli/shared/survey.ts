/** Looks at infrastructures: documented questions only, few for each. */
import {
  connectionState,
  type Infrastructure,
  type IntegrationServer,
  OPENSTACK_TYPES,
} from "../../integration-server";
import { attemptById } from "./by-id";
import { contents, isTimeout, type Looking, type Patience, type SurveyScope } from "./contents";
import { oneLine } from "./report";
import type { Seen } from "./seen";

/** How many infrastructures are looked at together. */
const TOGETHER = 4;

const PATIENCE: Patience = { connection: 60_000, list: 300_000 };

/** Looks at each infrastructure; one that cannot be looked at hides none of the others. */
export async function survey(
  server: IntegrationServer,
  scope: SurveyScope,
  patience: Patience = PATIENCE,
): Promise<readonly Seen[]> {
  const look: Looking = { server, scope, patience };
  const seen: Seen[] = [];
  const waiting = [...scope.infrastructures.entries()];
  const lookAtNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, id] = next;
      seen[index] = await lookAt(id, look);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, lookAtNext));
  return seen;
}

async function lookAt(id: string, look: Looking): Promise<Seen> {
  const unknown = {
    id,
    type: undefined,
    name: undefined,
    address: undefined,
    status: "UNKNOWN",
    isOpenstack: false,
  } as const;
  const nothing = { places: [], strays: [], hiddenPlaces: 0 };
  let known: Omit<Seen, "problem" | keyof typeof nothing> = unknown;
  try {
    const infrastructure = await connection(look.server, id, look.patience.connection);
    const { type, address, name = infrastructure.displayName } = infrastructure;
    const status = statusOf(infrastructure);
    known = { id, type, name, address, status, isOpenstack: OPENSTACK_TYPES.some((each) => each === type) };
    if (status !== "CONNECTED") return { ...known, problem: whyDown(infrastructure), ...nothing };
    return { ...known, problem: undefined, ...(await contents(known, look)) };
  } catch (error) {
    const problem = isTimeout(error) ? "The server did not answer in time." : oneLine(error);
    return { ...known, problem, ...nothing };
  }
}

/** A connection that is being made may be made in a moment. */
async function connection(server: IntegrationServer, id: string, patience: number): Promise<Infrastructure> {
  const { infrastructures } = server;
  const first = await attemptById(`read the infrastructure "${id}"`, () => infrastructures.get(id));
  const state = connectionState(first);
  if (state === "connected" || state === "failed") return first;
  const signal = AbortSignal.timeout(patience);
  return infrastructures.waitForConnection(id, { signal }).catch(() => first);
}

function statusOf(infrastructure: Infrastructure): Seen["status"] {
  switch (connectionState(infrastructure)) {
    case "connected":
      return "CONNECTED";
    case "connecting":
      return "CONNECTING";
    case "disconnected":
    case "failed":
      return "DISCONNECTED";
  }
}

function whyDown({ connection, microservices }: Infrastructure): string {
  const { admin, readOnly } = connection;
  const parts = [
    { who: "the admin account", ...admin },
    ...(readOnly ? [{ who: "the read-only account", ...readOnly }] : []),
    ...microservices.map((each) => ({ who: `${each.service} in ${each.region}`, errorMessage: undefined, ...each })),
  ];
  const down = parts.filter(({ status, error }) => status !== "CONNECTED" || error !== "NO_ERROR");
  const reasons = down.map(({ who, status, error, errorMessage }) => {
    const reason = error === "NO_ERROR" ? status : error;
    return `${who}: ${reason}${errorMessage === undefined ? "" : ` (${errorMessage})`}`;
  });
  return reasons.join("; ");
}
