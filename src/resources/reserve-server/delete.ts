import type { IntegrationServer } from "../../integration-server";
import type { DeleteRequest } from "../../terraform";
import { deregister } from "./registration";
import type { ReserveServerAttributes } from "./schema";
import { idOf } from "./state";

export async function remove({
  client,
  state,
  signal,
}: DeleteRequest<ReserveServerAttributes, IntegrationServer>): Promise<void> {
  await deregister({ id: idOf(state), address: state.address }, client, signal);
}
