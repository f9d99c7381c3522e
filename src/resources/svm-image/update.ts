import type { UpdateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { SvmImageAttributes, SvmImageState } from "./schema";
import { verified } from "./verify";

/** Anything else registers another image. */
export async function update(request: UpdateRequest<SvmImageAttributes, Client>): Promise<SvmImageState> {
  const { plan, state } = request;
  const next = { ...state, verify: plan.verify, timeouts: plan.timeouts };
  return plan.verify && state.verified !== true ? verified(next, request) : next;
}
