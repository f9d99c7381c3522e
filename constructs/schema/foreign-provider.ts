import { type TerraformElement, TerraformProvider, TerraformStack } from "cdktf";
import { describeKind } from "../../src/terraform/schema";
import { constructsOf } from "./constructs-of";

interface WithProvider extends TerraformElement {
  readonly provider?: TerraformProvider | undefined;
}

/** Makes validation refuse the provider of another stack where its name means none in this one. */
export function checkProvider(element: WithProvider): void {
  element.node.addValidation({ validate: () => foreignProblems(element) });
}

function foreignProblems(element: WithProvider): string[] {
  const { provider } = element;
  if (provider === undefined || provider === null) return [];
  if (!TerraformProvider.isTerraformProvider(provider)) {
    return [`provider: The value must be a provider, such as a KsvlaProvider, got: ${describeKind(provider)}.`];
  }
  const stack = TerraformStack.of(element);
  const home = TerraformStack.of(provider);
  if (home === stack || constructsOf(stack).some((other) => isNamesake(other, provider))) return [];
  const alias = provider.alias === undefined ? "without an alias" : `with the alias "${provider.alias}"`;
  return [
    `provider: ${provider.node.path} is of the stack ${home.node.path}, and ${stack.node.path} has none ${alias}. Each stack needs a provider ` +
      "of its own: make one here, and give that one.",
  ];
}

function isNamesake(construct: object, { alias, terraformResourceType }: TerraformProvider): boolean {
  return (
    TerraformProvider.isTerraformProvider(construct) &&
    construct.alias === alias &&
    construct.terraformResourceType === terraformResourceType
  );
}
