import type { Unknown } from "../../terraform";

/** Whether a password is another one. Setting its version for the first time, or removing it, says nothing about it. */
export function isNewVersion(prior: string | null, planned: string | null | Unknown): boolean {
  return prior !== null && planned !== null && prior !== planned;
}
