/** SVM images: what SVMs are deployed from. */
import { Construct, type IConstruct } from "constructs";
import { followed, mixProblem } from "./follow";
import { DataKsvlaInfrastructure } from "./generated/data-infrastructure";
import { KsvlaSvmImage, type KsvlaSvmImageConfig } from "./generated/svm-image";
import type { IInfrastructure } from "./infrastructure";
import { checkedType, type InfrastructureType } from "./infrastructure-type";
import { renderProblem } from "./schema/configuration";

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
  readonly svmVersion: string | undefined;
}

/** What is known of an image that was registered before. */
export interface RegisteredSvmImage {
  /** The id that the Integration Server gave the image when it was registered. */
  readonly imageId: string;
  /**
   * The version of SVMs that are made from the image. `UpgradeStrategy.KEEP_PROTECTING` needs it.
   *
   * @default - not known
   */
  readonly svmVersion?: string;
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
  static fromImageId(scope: Construct, id: string, image: RegisteredSvmImage): ISvmImage {
    return new ForeignSvmImage(scope, id, image);
  }

  constructor(
    scope: Construct,
    id: string,
    { infrastructureTypes = [], infrastructures = [], ...props }: SvmImageProps,
  ) {
    const checked = infrastructureTypes.map(checkedType);
    const names = [...checked.map(({ type }) => type.name), ...infrastructures.map(typeNameOf)];
    super(scope, id, {
      ...props,
      ...followed(scope, props, infrastructures[0]),
      infrastructureTypes: [...new Set(names)],
    });
    const problems = checked.flatMap(({ problem }, index) =>
      problem === undefined ? [] : [renderProblem(["infrastructureTypes", index], problem)],
    );
    const mixed = () =>
      infrastructures.flatMap((infrastructure, index) => {
        const problem = mixProblem(this, infrastructure);
        return problem === undefined ? [] : [renderProblem(["infrastructures", index], problem)];
      });
    this.node.addValidation({ validate: () => [...problems, ...mixed()] });
  }

  get imageId(): string {
    return this.id;
  }
}

class ForeignSvmImage extends Construct implements ISvmImage {
  readonly imageId: string;
  readonly svmVersion: string | undefined;

  constructor(scope: Construct, id: string, { imageId, svmVersion }: RegisteredSvmImage) {
    super(scope, id);
    this.imageId = imageId;
    this.svmVersion = svmVersion;
  }
}

/** Where nobody said the type, a data source looks it up, once for each reference. */
function typeNameOf(infrastructure: IInfrastructure): string {
  const { infrastructureType, infrastructureId, provider, node } = infrastructure;
  if (infrastructureType !== undefined) return infrastructureType.name;
  const existing = node.tryFindChild("look-up");
  if (existing instanceof DataKsvlaInfrastructure) return existing.type;
  const lookUp = new DataKsvlaInfrastructure(infrastructure, "look-up", {
    id: infrastructureId,
    ...(provider !== undefined && { provider }),
  });
  return lookUp.type;
}
