/** Connects the Integration Server to an infrastructure, and waits until everything in it is connected. */
import {
  ApiError,
  failureOf,
  type Infrastructure,
  type IntegrationServer,
  type NewInfrastructure,
  Secret,
  sleep,
} from "../../integration-server";
import type { Started } from "../../journal";
import type { Work } from "../../notes";
import { type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { openstackFacts } from "../shared/connection-facts";
import { connectionProblems, type ProblemContext } from "../shared/connection-problems";
import { durationOf } from "../shared/duration";
import { TAKES_EFFECT } from "../shared/effect";
import { attempt, combined, explained, withRemark } from "../shared/errors";
import { begin, endUnlessUncertain } from "../shared/journal";
import { noted } from "../shared/noted";
import { infrastructureType } from "../shared/schema/infrastructure-types";
import { keepAsAdded } from "./as-added";
import { adoptEarlier, howToGoOn, refusedBesides } from "./earlier-run";
import { connectionName, isAsAdded, nameOf } from "./identity";
import { fingerprint, makingOf } from "./journal";
import type { InfrastructureAttributes, InfrastructureConfig, InfrastructureState } from "./schema";
import { type PlannedSettings, plannedSettings, stateOf } from "./state";

type InfrastructureCreateRequest = CreateRequest<InfrastructureAttributes, Client>;

export async function create(request: InfrastructureCreateRequest): Promise<InfrastructureState> {
  const subject = { operation: "connect", infrastructure: null, svm: null, place: request.plan.address } as const;
  return noted(
    request,
    subject,
    (work) => createNoted(request, work),
    ({ id }) => `connected, id ${id}`,
  );
}

async function createNoted(request: InfrastructureCreateRequest, work: Work): Promise<InfrastructureState> {
  const { config, plan, save, signal } = request;
  const { server } = request.client;
  const settings = plannedSettings(plan, null);
  const connection = newConnection(settings, config);
  const current = (seen: Infrastructure) => stateOf(plannedSettings(plan, openstackFacts(seen)?.region ?? null), seen);
  const earlier = await adoptEarlier(settings, request, current);
  if (earlier.is === "adopted") return earlier.state;
  if (infrastructureType(connection.type).openstack) await testConnection(connection, server, signal);
  const { added, started } = await add(settings, connection, earlier.remains, { request, work });
  work.learn({ infrastructure: added.id });
  let isSeen = false;
  const onProgress = (seen: Infrastructure) => {
    const isFirst = !isSeen;
    isSeen = true;
    const isIt = isAsAdded(settings, seen);
    if (isFirst && !isIt) throw confused(seen, connection, started);
    if (isIt) keepAsAdded(seen, request);
    save(current(seen));
    work.learn({ step: howFar(seen) });
  };
  const settled = await attempt(`look at the connection to ${nameOf(connection)}`, async () => {
    try {
      return await server.infrastructures.waitForConnection(added.id, { signal, onProgress });
    } catch (error) {
      // What nobody has seen is what its answer said.
      if (!isSeen) save(current(added));
      if (started.entry.id !== undefined) started.leave("unfinished");
      throw error;
    }
  });
  const problems = connectionProblems(settled, contextOf(connection));
  if (problems.length === 0) return current(settled);
  started.leave("failed");
  const remark = `The connection was added with the id "${added.id}" and is marked as tainted: the next apply replaces it.`;
  throw combined(problems.map((problem) => withRemark(problem, remark)));
}

function howFar({ connection: { admin, readOnly }, microservices }: Infrastructure): string {
  const parts = [admin, ...(readOnly ? [readOnly] : []), ...microservices];
  return `${parts.filter(({ status }) => status === "CONNECTED").length} of ${parts.length} connected`;
}

/** What the API takes: as planned, with the passwords, which only the configuration has. */
function newConnection(
  { type, address, openstack, admin, readOnly }: PlannedSettings,
  config: InfrastructureConfig,
): NewInfrastructure {
  return {
    type,
    address,
    openstack: openstack === null ? undefined : { protocol: openstack.protocol, region: openstack.region ?? undefined },
    admin: credentials("admin", admin, config.admin),
    readOnly: readOnly === null ? undefined : credentials("readOnly", readOnly, config.readOnly),
  };
}

function credentials(
  attribute: "admin" | "readOnly",
  { name, domain }: PlannedSettings["admin"],
  configured: InfrastructureConfig["readOnly"],
) {
  if (configured !== null) return { name, domain: domain ?? undefined, password: new Secret(configured.passwordWo) };
  throw new DiagnosticError(
    `The password of the account ${name} is missing`,
    "The connection was planned with this account, but the configuration has no password_wo (password in CDKTF) for it. Configure it, and apply again.",
    [attribute, "passwordWo"],
  );
}

/** Finds out before anything is added what would not work (SVM management, "Connecting … (OpenStack infrastructures)"). */
async function testConnection(
  connection: NewInfrastructure,
  server: IntegrationServer,
  signal: AbortSignal,
): Promise<void> {
  const test = await attempt(`test the connection to ${nameOf(connection)}`, () =>
    server.infrastructures.testConnection(connection, { signal }),
  );
  const problems = connectionProblems(test, contextOf(connection));
  if (problems.length > 0) throw combined(problems);
}

interface Noted {
  readonly request: InfrastructureCreateRequest;
  readonly work: Work;
}

interface Added {
  readonly added: Infrastructure;
  readonly started: Started;
}

/** In milliseconds, while a server goes on having a connection that was removed, and refuses another one to that address. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 15_000;
/** A removal that goes on, and not one that somebody is advised to make. */
const GOES_ON =
  /\b(?:removing|deleting|being (?:removed|deleted)|(?:removal|deletion)\b.{0,60}\b(?:progress|pending|under way|running|not finished))\b/i;

/** Adds the connection exactly once. One to the same address that is on its way out is waited for. */
async function add(
  settings: PlannedSettings,
  connection: NewInfrastructure,
  remains: Started | undefined,
  { request, work }: Noted,
): Promise<Added> {
  const { client, signal, timeout = TAKES_EFFECT, log } = request;
  const { clock } = client.server.pace;
  const limit = Math.min(TAKES_EFFECT, timeout);
  const end = clock.now() + limit;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const result = await addOnce(settings, connection, { request, work });
    if ("added" in result) return result;
    const { refusal, started } = result;
    if (!isLeaving(refusal, connection, client) || clock.now() + pause > end) {
      if (remains !== undefined && failureOf(refusal).kind === "conflict") throw refusedBesides(remains);
      throw explained(`connect to ${nameOf(connection)}`, refusal, adviceOnRejection(refusal, connection, started));
    }
    const what = `a connection to that address is still being removed: waiting for that, for ${durationOf(limit)} at most`;
    log.info(`Connecting to ${nameOf(connection)}: ${what}`);
    work.waitFor(what);
    await sleep(clock, pause, signal);
  }
}

/** Nothing came of a refusal, and nothing of it is left in the journal unless that is uncertain. */
async function addOnce(
  settings: PlannedSettings,
  connection: NewInfrastructure,
  { request: { client, signal, timeout }, work }: Noted,
): Promise<Added | { readonly refusal: unknown; readonly started: Started }> {
  const { server, journal } = client;
  const name = connectionName(connection);
  const started = begin(journal, { ...makingOf(settings), name, fingerprint: fingerprint(settings), timeout });
  let added: Infrastructure;
  try {
    added = await server.infrastructures.create(connection, { signal, onBusy: (what) => work.waitFor(what) });
  } catch (refusal) {
    endUnlessUncertain(started, refusal);
    return { refusal, started };
  }
  // What this run or its state has already was not made by this request.
  const isHeld = typeof journal.holderOf("infrastructure", added.id) === "string";
  if (isHeld || !isAsAdded(settings, added)) throw confused(added, connection, started);
  started.note({ id: added.id });
  return { added, started };
}

/** Whether what the server already has goes by itself: we have removed it, or the server says so. */
function isLeaving(refusal: unknown, connection: NewInfrastructure, { journal }: Client): boolean {
  if (failureOf(refusal).kind !== "conflict") return false;
  const says = refusal instanceof ApiError ? (refusal.serverMessage ?? "") : "";
  return journal.isLeaving("infrastructure", connectionName(connection), TAKES_EFFECT) || GOES_ON.test(says);
}

/** The answer was about another connection, which is not ours to take over and, later, to remove. */
function confused(other: Infrastructure, connection: NewInfrastructure, started: Started): DiagnosticError {
  started.note({ id: undefined });
  return new DiagnosticError(
    `Unable to connect to ${nameOf(connection)}`,
    `The Integration Server answered with the id "${other.id}", which is that of the connection to ${nameOf(other)}. That one was left alone. If it is the same server, spelled as the Integration Server spells it, configure the address so. ${mayHaveBeenAdded(started)}`,
  );
}

function mayHaveBeenAdded(started: Started): string {
  return `The connection may have been added all the same, and the next apply does not know either. ${howToGoOn(started)}`;
}

function adviceOnRejection(error: unknown, connection: NewInfrastructure, started: Started): string | undefined {
  const name = nameOf(connection);
  const { kind, effect } = failureOf(error);
  if (effect === "unknown") return mayHaveBeenAdded(started);
  if (kind === "conflict") {
    return `${name} seems to be connected already. Import that connection by its id with "terraform import", or remove it in the Integration Server Console.`;
  }
  return undefined;
}

function contextOf({ address, admin, readOnly }: NewInfrastructure): ProblemContext {
  return { address, admin: admin.name, readOnly: readOnly?.name ?? null };
}
