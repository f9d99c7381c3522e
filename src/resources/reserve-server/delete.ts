import type { DeleteRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { deregister } from "./registration";
import type { ReserveServerAttributes } from "./schema";
import { idOf } from "./state";

export async function remove({
  client: { server, journal },
  state,
  signal,
}: DeleteRequest<ReserveServerAttributes, Client>): Promise<void> {
  const id = idOf(state);
  await deregister({ id, address: state.address }, server, signal);
  journal.gone("reserve-server", id);
}
