import type { IntegrationServer } from "../../integration-server";
import type { ReadRequest } from "../../terraform";
import type { SvmImageAttributes, SvmImageState } from "./schema";

/** The API cannot read an image back. */
export async function read({ state }: ReadRequest<SvmImageAttributes, IntegrationServer>): Promise<SvmImageState> {
  return state;
}
