/** What belongs to an infrastructure is known to the Integration Server that the infrastructure is connected to, and to no other. */
import { type TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { IInfrastructure } from "./infrastructure";

interface WithProvider {
  readonly provider?: TerraformProvider | undefined;
}

/** The provider of its own, or else the one of the infrastructure. */
export function followed(
  scope: IConstruct,
  { provider: own }: WithProvider,
  infrastructure: IInfrastructure | undefined,
): { readonly provider?: TerraformProvider } {
  const provider = own ?? (isInStackOf(scope, infrastructure) ? infrastructure.provider : undefined);
  return provider === undefined ? {} : { provider };
}

/** The same as validation reports it, of what has one infrastructure. */
export function mixProblems(
  construct: IConstruct & WithProvider,
  infrastructure: IInfrastructure | undefined,
): string[] {
  const problem = infrastructure === undefined ? undefined : mixProblem(construct, infrastructure);
  return problem === undefined ? [] : [`provider: ${problem}`];
}

/** A message where the construct and its infrastructure are of two Integration Servers. */
export function mixProblem(construct: IConstruct & WithProvider, infrastructure: IInfrastructure): string | undefined {
  const { provider } = infrastructure;
  // Of a reference without a provider nobody said to which it belongs, and providers of stacks are not comparable.
  const isKnown = provider !== undefined || TerraformResource.isTerraformResource(infrastructure);
  if (!isKnown || !isInStackOf(construct, infrastructure)) return undefined;
  if (provider?.alias === construct.provider?.alias) return undefined;
  return (
    `The provider is ${name(construct.provider)}, but that of ${infrastructure.node.path} is ${name(provider)}: another ` +
    "Integration Server does not know the infrastructure. Leave provider out, or give the infrastructure the same one."
  );
}

function isInStackOf(construct: IConstruct, other: IConstruct | undefined): other is IInfrastructure {
  return other?.node !== undefined && TerraformStack.of(other) === TerraformStack.of(construct);
}

function name(provider: TerraformProvider | undefined): string {
  return provider?.alias === undefined ? "the one without an alias" : `"${provider.alias}"`;
}
