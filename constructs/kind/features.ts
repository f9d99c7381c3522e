/** What of Terraform a stack needs, told to a CDK that asks. */
import { type TerraformElement, TerraformStack } from "cdktf";

/** CDK Terrain's names. */
type Feature = "writeOnlyAttributes" | "ephemeralResources";

/** How CDK Terrain ends what it says of a project that targets versions without the feature. */
const REFUSAL = "but the project targets";
const ADVICE =
  'Say which versions of Terraform the project runs on, in cdktf.json: "targetVersions": { "terraform": ">=1.11" }, or ' +
  '{ "opentofu": ">=1.11" } for OpenTofu. The provider ksvla needs 1.11 of either.';

const advised = new WeakSet<TerraformStack>();

/** True for an element of CDK Terrain, which has a part for each feature. */
export function knowsFeatures(element: TerraformElement): element is TerraformElement & Registering {
  return typeof Reflect.get(element, "registerProviderFeatureUsage") === "function";
}

interface Registering {
  registerProviderFeatureUsage(feature: Feature): void;
}

/** CDK Terrain compares it at synth with the versions that the project says it targets. CDKTF has no such thing. */
export function registerFeature(element: TerraformElement, feature: Feature): void {
  if (!knowsFeatures(element)) return;
  element.registerProviderFeatureUsage(feature);
  const stack = TerraformStack.of(element);
  if (advised.has(stack)) return;
  advised.add(stack);
  stack.node.addValidation({ validate: () => (isRefused(element) ? [ADVICE] : []) });
}

function isRefused(element: TerraformElement): boolean {
  return element.node.validate().some((problem) => problem.includes(REFUSAL));
}
