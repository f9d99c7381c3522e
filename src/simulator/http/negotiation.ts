export type Format = "json" | "xml";

/**
 * Which format a request asked for. The API speaks JSON; older versions answer XML to whoever does not say so, hence a
 * client that forgets `Accept: application/json` gets XML here.
 *
 * @returns undefined if it accepts neither
 */
export function negotiate(accept: string | undefined): Format | undefined {
  const ranges = (accept ?? "*/*").split(",").map((range) => range.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  if (ranges.includes("application/json")) {
    return "json";
  }
  const others = ["*/*", "application/*", "application/xml", "text/xml"];
  return ranges.some((range) => others.includes(range)) ? "xml" : undefined;
}
