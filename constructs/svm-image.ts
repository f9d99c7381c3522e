/** SVM images: what SVMs are deployed from. */
import { TerraformDataSource, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { checkedInfrastructure } from "./checked-infrastructure";
import { followed, mixProblems, type WithProvider } from "./follow";
import { DataKsvlaInfrastructure } from "./generated/data-infrastructure";
import { KsvlaSvmImage, type KsvlaSvmImageConfig } from "./generated/svm-image";
import type { IInfrastructure } from "./infrastructure";
import { checkedType, InfrastructureType } from "./infrastructure-type";
import { renderProblem } from "./schema/configuration";
import { listOf, propsOf } from "./schema/given";

/** Which image is registered, and for which kinds of infrastructure. */
export interface SvmImageProps extends Omit<KsvlaSvmImageConfig, "infrastructureTypes"> {
  /**
   * The kinds of virtual infrastructure to deploy the image on.
   *
   * @default - those of `infrastructures`; one of the two is needed
   */
  readonly infrastructureTypes?: readonly InfrastructureType[];
  /**
   * Infrastructures to deploy the image on, of this stack or another: their kinds are taken. The image neither waits
   * for them nor is registered again when a connection is replaced.
   *
   * @default - none
   */
  readonly infrastructures?: readonly IInfrastructure[];
}

/** An image that the Integration Server knows, of this stack or of elsewhere. */
export interface ISvmImage extends IConstruct {
  /** The id that the Integration Server gave the image. */
  readonly imageId: string;
  /** The version of SVMs that are made from the image; undefined where nobody said it. */
  readonly svmVersion?: string | undefined;
  /** The kinds of infrastructure that it was registered for; undefined where nobody said it, or not of each. */
  readonly supportedTypes?: readonly InfrastructureType[] | undefined;
  /** The provider that knows it; undefined where nobody said it. */
  readonly provider?: TerraformProvider | undefined;
}

/** What is known of an image that was registered before. */
export interface SvmImageAttributes {
  /** The id that the Integration Server gave the image when it was registered. */
  readonly imageId: string;
  /**
   * The version of SVMs that are made from the image. `UpgradeStrategy.KEEP_PROTECTING` needs it.
   *
   * @default - not known
   */
  readonly svmVersion?: string;
  /**
   * The kinds of infrastructure that it was registered for.
   *
   * @default - not known
   */
  readonly infrastructureTypes?: readonly InfrastructureType[];
  /**
   * The provider of the Integration Server that it was registered with.
   *
   * @default - not known
   */
  readonly provider?: TerraformProvider;
}

/**
 * Registers an SVM image, which lies on the Integration Server, and has its authenticity verified.
 *
 * ```ts
 * new SvmImage(this, "image", {
 *   manifestPath: "/opt/svm/6.2/manifest.xml",
 *   infrastructures: [vcenter, proxmox],
 * });
 * ```
 */
export class SvmImage extends KsvlaSvmImage implements ISvmImage {
  /** Refers to an image that is registered already. */
  static fromImageId(scope: Construct, id: string, imageId: string): ISvmImage {
    return SvmImage.fromImageAttributes(scope, id, { imageId });
  }

  /** Refers to an image that is registered already, of which more is known than the id. */
  static fromImageAttributes(scope: Construct, id: string, attributes: SvmImageAttributes): ISvmImage {
    const known = propsOf(attributes, scope, id);
    const { imageId, svmVersion, infrastructureTypes: supportedTypes, provider } = known;
    return Object.assign(new Construct(scope, id), { imageId, svmVersion, supportedTypes, provider });
  }

  readonly supportedTypes: readonly InfrastructureType[] | undefined;

  constructor(scope: Construct, id: string, given: SvmImageProps) {
    const { infrastructureTypes = [], infrastructures = [], ...props } = propsOf(given, scope, id);
    const checked = listOf(infrastructureTypes).map(checkedType);
    const places = listOf(infrastructures).map((each) => checkedInfrastructure(each));
    const known = places.flatMap(({ infrastructure }) => infrastructure ?? []);
    const types = [
      ...checked.map(({ type }) => type),
      ...places.map(({ infrastructure }) =>
        infrastructure === undefined ? checkedType(undefined).type : typeOf(infrastructure, scope, props),
      ),
    ];
    super(scope, id, {
      ...props,
      ...followed(scope, props, known[0]),
      infrastructureTypes: [...new Set(types.map(({ name }) => name))],
    });
    this.supportedTypes = types.every(({ info }) => info !== undefined) ? types : undefined;
    const problems = [...problemsOf("infrastructureTypes", checked), ...problemsOf("infrastructures", places)];
    const mixed = () =>
      places.flatMap(({ infrastructure }, index) =>
        infrastructure === undefined ? [] : mixProblems(this, infrastructure, ["infrastructures", index]),
      );
    this.node.addValidation({ validate: () => [...problems, ...mixed()] });
  }

  get imageId(): string {
    return this.id;
  }
}

function problemsOf(property: string, checked: readonly { readonly problem?: string }[]): readonly string[] {
  return checked.flatMap(({ problem }, index) =>
    problem === undefined ? [] : [renderProblem([property, index], problem)],
  );
}

/** Where nobody said the type, a data source looks it up, once for each reference and Integration Server. */
function typeOf(infrastructure: IInfrastructure, scope: Construct, image: WithProvider): InfrastructureType {
  const { infrastructureType, infrastructureId: id, node } = infrastructure;
  if (infrastructureType !== undefined) return infrastructureType;
  const isOfStack = TerraformStack.of(infrastructure) === TerraformStack.of(scope);
  const provider = infrastructure.provider ?? (isOfStack ? image.provider : undefined);
  const lookUpId = provider?.alias === undefined ? "look-up" : `look-up-${provider.alias}`;
  const existing = node.tryFindChild(lookUpId);
  const lookUp = isLookUp(existing)
    ? existing
    : new DataKsvlaInfrastructure(infrastructure, lookUpId, { id, ...(provider !== undefined && { provider }) });
  return InfrastructureType.of(lookUp.type);
}

/** Of whichever copy of this library. */
function isLookUp(construct: IConstruct | undefined): construct is DataKsvlaInfrastructure {
  return (
    TerraformDataSource.isTerraformDataSource(construct) &&
    construct.terraformResourceType === DataKsvlaInfrastructure.tfResourceType
  );
}
