import { ApiError } from "./api";

export type Format = "json" | "xml";

/**
 * Which format a request asked for. The API speaks JSON; older versions answer XML to whoever does not say so, hence a
 * client that forgets `Accept: application/json` gets XML here.
 *
 * @throws ApiError 406 if it accepts neither
 */
export function negotiate(accept: string | undefined): Format {
  const ranges = (accept ?? "*/*").split(",").map((range) => range.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  if (ranges.includes("application/json")) {
    return "json";
  }
  if (ranges.some((range) => ["*/*", "application/*", "application/xml", "text/xml"].includes(range))) {
    return "xml";
  }
  throw new ApiError(406, "NotAcceptable", "This server answers in JSON: send the header Accept: application/json.");
}
