/** What of Terraform a stack needs, told to a CDK that asks. */
import type { TerraformElement } from "cdktf";

/** CDK Terrain's names. */
type Feature = "writeOnlyAttributes" | "ephemeralResources";

/** CDK Terrain compares it at synth with the versions that the project says it targets. CDKTF has no such thing. */
export function registerFeature(element: TerraformElement, feature: Feature): void {
  const register: unknown = Reflect.get(element, "registerProviderFeatureUsage");
  if (typeof register === "function") register.call(element, feature);
}
