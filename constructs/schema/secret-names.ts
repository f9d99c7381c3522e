import type { PathStep } from "../../src/terraform/schema";

/** The prop that holds the secret of a write-only attribute: `password` for `passwordWo`. Other steps stay as they are. */
export function toSecretName(step: PathStep): PathStep {
  return typeof step === "string" ? step.replace(/Wo$/, "") : step;
}
