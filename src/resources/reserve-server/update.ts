/** Sends the settings again. */
import type { ReserveServer } from "../../integration-server";
import type { UpdateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { withRemark } from "../shared/errors";
import { connected, problemOf } from "./connection";
import { change } from "./registration";
import type { ReserveServerAttributes, ReserveServerState } from "./schema";
import { idOf, isToBeSent, settingsIn, settingsOf } from "./state";

/** What fails keeps the version of the password, so that the next plan sends it again. */
export async function update({
  client: { server },
  config,
  plan,
  state,
  save,
  signal,
}: UpdateRequest<ReserveServerAttributes, Client>): Promise<ReserveServerState> {
  if (!isToBeSent(state, plan)) return { ...state, ...settingsIn(plan) };
  const known = { ...state, address: plan.address };
  const current = ({ status, error }: ReserveServer) => ({ status, connectionError: error });
  const before = { id: idOf(state), address: state.address };
  const changed = await change(before, settingsOf(plan, config), server, signal);
  save({ ...known, ...current(changed) });
  const settled = await connected(changed.id, server, signal, (seen) => save(current(seen)));
  const problem = problemOf(settled, server);
  if (problem === undefined) return { ...known, ...settingsIn(plan), ...current(settled) };
  throw withRemark(problem, "The reserve server stays registered with the new settings.");
}
