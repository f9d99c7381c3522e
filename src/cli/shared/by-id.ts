/** Asking the Integration Server about what somebody has named by its id. */
import { isNotFound } from "../../integration-server";
import { explained } from "../../resources/shared/errors";

const UNKNOWN_ID =
  "It does not exist on this Integration Server, or exists no more. Check the id, and that KSVLA_ADDRESS is the Integration Server that gave it.";

/** As `attempt`; an id that the server does not know is no matter of a configuration here. */
export async function attemptById<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(action, error, isNotFound(error) ? UNKNOWN_ID : undefined);
  }
}
