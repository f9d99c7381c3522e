import type { DeleteRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { deregister } from "./registration";
import type { ReserveServerAttributes } from "./schema";
import { idOf } from "./state";

export async function remove(request: DeleteRequest<ReserveServerAttributes, Client>): Promise<void> {
  const { client, log, state } = request;
  const id = idOf(state);
  if (client.journal.takeCleared("reserve-server", id)) {
    log.info("Was de-registered before its successor was registered", { id });
    return;
  }
  await deregister({ id, address: state.address }, request);
}
