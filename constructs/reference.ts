/** References to what belongs to an infrastructure: places, and SVMs. */
import type { TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { followed } from "./follow";
import type { IInfrastructure } from "./infrastructure";
import { propsOf } from "./schema/given";

/** Something of an infrastructure, of this stack or known from elsewhere. */
export interface IInfrastructureObject extends IConstruct {
  /** Where it belongs; undefined where nobody said it. */
  readonly infrastructure?: IInfrastructure | undefined;
  /** The provider that knows it; undefined where nobody said it. */
  readonly provider?: TerraformProvider | undefined;
}

/** What is known of something that this stack neither makes nor looks up. */
export interface InfrastructureObjectAttributes {
  /**
   * Where it belongs. Whatever uses it has to belong there, too.
   *
   * @default - not known
   */
  readonly infrastructure?: IInfrastructure;
  /**
   * The provider of the Integration Server that is connected to its infrastructure.
   *
   * @default - that of `infrastructure`, where it is known
   */
  readonly provider?: TerraformProvider;
}

/** A construct that has nothing but what is known. */
export function referTo<A extends InfrastructureObjectAttributes>(
  scope: Construct,
  id: string,
  attributes: A,
): IInfrastructureObject & A {
  const known = propsOf(attributes, scope, id);
  return Object.assign(new Construct(scope, id), known, followed(scope, known, known.infrastructure));
}
