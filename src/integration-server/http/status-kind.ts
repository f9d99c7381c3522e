/** What a server says with a status that is no success. */

/** `busy`: asks to come again. `broken`: failed, nobody knows when. `unsupported`: does not know the operation. */
export type StatusKind =
  | "redirected"
  | "refused"
  | "unauthorized"
  | "forbidden"
  | "missing"
  | "unsupported"
  | "conflict"
  | "busy"
  | "broken";

const KINDS: ReadonlyMap<number, StatusKind> = new Map([
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "missing"],
  [405, "unsupported"],
  // The server has not waited for the whole request.
  [408, "busy"],
  [409, "conflict"],
  [410, "missing"],
  [429, "busy"],
]);

/** @param retryAfter what the answer's `Retry-After` says, if anything */
export function statusKind(status: number, retryAfter: number | undefined): StatusKind {
  if (status < 400) return "redirected";
  // Without that header, 503 is also what a proxy answers that has lost the server behind it.
  if (status === 503 && retryAfter !== undefined) return "busy";
  return status >= 500 ? "broken" : (KINDS.get(status) ?? "refused");
}
