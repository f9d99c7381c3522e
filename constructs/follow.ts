/** What belongs to an infrastructure is known to the Integration Server that the infrastructure is connected to, and to no other. */
import {
  TerraformDataSource,
  type TerraformElement,
  type TerraformProvider,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { IConstruct } from "constructs";
import type { AttributePath } from "../src/terraform/schema";
import { renderProblem } from "./schema/configuration";

export interface WithProvider {
  readonly provider?: TerraformProvider | undefined;
}

/** The provider of its own, or else the one of what it belongs to. */
export function followed(
  scope: IConstruct,
  { provider: own }: WithProvider,
  owner: (IConstruct & WithProvider) | undefined,
): { readonly provider?: TerraformProvider } {
  const provider = own ?? (isInStackOf(scope, owner) ? owner.provider : undefined);
  return provider === undefined ? {} : { provider };
}

/**
 * A message, as validation reports it, where a construct and something that it uses are of two Integration Servers.
 *
 * @param path the property that is to be corrected
 */
export function mixProblems(
  construct: TerraformElement & WithProvider,
  used: (IConstruct & WithProvider) | undefined,
  path: AttributePath,
): string[] {
  if (used === undefined) return [];
  const { provider } = used;
  // Of a reference without a provider nobody said to which it belongs, and providers of stacks are not comparable.
  const isKnown =
    provider !== undefined ||
    TerraformResource.isTerraformResource(used) ||
    TerraformDataSource.isTerraformDataSource(used);
  if (!isKnown || !isInStackOf(construct, used)) return [];
  if (provider?.alias === construct.provider?.alias) return [];
  const message =
    `The provider is ${name(construct.provider)}, but that of ${used.node.path} is ${name(provider)}: another ` +
    "Integration Server does not know it. Give both the same one; what is on an infrastructure takes that of the " +
    "infrastructure by itself.";
  return [renderProblem(path, message)];
}

function isInStackOf<T extends IConstruct>(construct: IConstruct, other: T | undefined): other is T {
  return other?.node !== undefined && TerraformStack.of(other) === TerraformStack.of(construct);
}

function name(provider: TerraformProvider | undefined): string {
  return provider?.alias === undefined ? "the one without an alias" : `"${provider.alias}"`;
}
