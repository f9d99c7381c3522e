/** Registers a reserve server with the primary one, and waits until the two are connected. */
import type { CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { withRemark } from "../shared/errors";
import { connected, problemOf } from "./connection";
import { adoptEarlier } from "./earlier-run";
import { register } from "./registration";
import type { ReserveServerAttributes, ReserveServerState } from "./schema";
import { stateOf } from "./state";

export async function create(request: CreateRequest<ReserveServerAttributes, Client>): Promise<ReserveServerState> {
  const { plan, save, signal } = request;
  const { server } = request.client;
  const earlier = await adoptEarlier(request);
  if (earlier !== undefined) return stateOf(plan, earlier);
  const { registered, started } = await register(request);
  save(stateOf(plan, registered));
  const settled = await connected(registered.id, server, signal, (seen) => save(stateOf(plan, seen))).catch((error) => {
    started.leave("unfinished");
    throw error;
  });
  const problem = problemOf(settled, server);
  if (problem === undefined) return stateOf(plan, settled);
  started.leave("failed");
  throw withRemark(
    problem,
    `The reserve server was registered with the id "${settled.id}" and is marked as tainted: the next apply replaces it.`,
  );
}
