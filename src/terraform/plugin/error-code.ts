/** The `code` of an error of the operating system, e.g. "EADDRINUSE". */
export function errorCode(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
