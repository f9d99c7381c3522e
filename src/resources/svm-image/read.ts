import type { ReadRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { SvmImageAttributes, SvmImageState } from "./schema";

/** The API cannot read an image back. */
export async function read({ state }: ReadRequest<SvmImageAttributes, Client>): Promise<SvmImageState> {
  return state;
}
