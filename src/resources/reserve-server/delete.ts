import type { DeleteRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { deregister } from "./registration";
import type { ReserveServerAttributes } from "./schema";
import { idOf } from "./state";

export async function remove(request: DeleteRequest<ReserveServerAttributes, Client>): Promise<void> {
  const { state } = request;
  await deregister({ id: idOf(state), address: state.address }, request);
}
