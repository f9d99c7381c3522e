/** The authority of an Integration Server: a file that the app names belongs to the app, not to where Terraform runs. */
import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { escapeTemplates, isUnresolved } from "./schema/tokens";

export interface CaCertificate {
  /** What Terraform gets. */
  readonly value: string;
  readonly problem?: string;
}

/** Reads a file with a relative path; any other value stays as it is. */
export function readCaCertificate(value: string): CaCertificate {
  const isText = typeof value !== "string" || isUnresolved(value) || value.includes("-----BEGIN") || value === "";
  if (isText || isAbsolute(value)) return { value };
  try {
    return { value: escapeTemplates(readFileSync(value, "utf8")) };
  } catch (error) {
    const { message: reason = String(error) } = error as Partial<Error>;
    const problem =
      `caCertificate: The file cannot be read: ${reason}. A relative path starts where the app runs, ${process.cwd()}; ` +
      "an absolute one is that of a file where Terraform runs.";
    return { value, problem };
  }
}
