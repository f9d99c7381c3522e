/** Single SVMs. A fleet consists of them. */
import { ref, type TerraformMetaArguments, Token } from "cdktf";
import { Construct } from "constructs";
import type { Problem } from "../../src/terraform/schema/schema";
import { followed, mixProblems } from "../follow";
import type { IInfrastructure } from "../infrastructure";
import { type IInfrastructureObject, type InfrastructureObjectAttributes, referTo } from "../reference";
import { renderProblems } from "../schema/configuration";
import { propsOf } from "../schema/given";
import { conflictProblems } from "./conflicts";
import { kindProblems } from "./kind-rules";
import { withTextNames } from "./late-names";
import { toLocation } from "./location";
import { PlacedSvm } from "./placed-svm";
import { pickShared, type SvmProps } from "./props";
import { propertyProblems } from "./rules";
import { toSvmAttributes } from "./settings";
import { upgradeProblems } from "./upgrade-rules";
import { UpgradeStrategy } from "./upgrade-strategy";

/** An SVM, of this stack or of elsewhere. */
export interface ISvm extends IInfrastructureObject {
  /** The SVM's id in its infrastructure. */
  readonly svmId: string;
  /** Its name in the infrastructure; undefined where nobody said it. */
  readonly name?: string | undefined;
  /** Its IP address; undefined where nobody said it. */
  readonly ipAddress?: string | undefined;
}

/** What is known of an SVM that this stack does not deploy. */
export interface SvmAttributes extends InfrastructureObjectAttributes {
  /** The SVM's id in its infrastructure. */
  readonly svmId: string;
  /**
   * Its name in the infrastructure.
   *
   * @default - not known
   */
  readonly name?: string;
  /**
   * Its IP address.
   *
   * @default - not known
   */
  readonly ipAddress?: string;
}

/**
 * One SVM, without a fleet. It is written as one of a {@link SvmDeployment}, and is checked like that.
 *
 * ```ts
 * new Svm(this, "svm-01", {
 *   image,
 *   infrastructure: vcenter,
 *   host: "esx-01",
 *   storage: "ds1",
 *   network: "Servers",
 *   ksc: { address: "ksc.example.com" },
 *   root: { allowSsh: false },
 *   klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD") },
 * });
 * ```
 */
export class Svm extends PlacedSvm implements ISvm {
  /** Refers to an SVM that is deployed already. */
  static fromSvmId(scope: Construct, id: string, svmId: string): ISvm {
    return Svm.fromSvmAttributes(scope, id, { svmId });
  }

  /** Refers to an SVM that is deployed already, of which more is known than the id. */
  static fromSvmAttributes(scope: Construct, id: string, attributes: SvmAttributes): ISvm {
    return referTo(scope, id, attributes);
  }

  /** True for an `Svm`, of whichever copy of this library. */
  static isSvm(value: unknown): value is Svm {
    return PlacedSvm.isPlacedSvm(value);
  }

  readonly infrastructure: IInfrastructure;

  constructor(scope: Construct, id: string, given: SvmProps) {
    const props = withTextNames(propsOf(given, scope, id));
    const { image, infrastructure, forEach } = props;
    const provider = followed(scope, props, infrastructure);
    const each = forEach === undefined ? {} : { forEach };
    const location = toLocation(props, { scope, infrastructure, ...provider, ...each });
    const config = {
      ...toSvmAttributes(pickShared(props)),
      ...lifecycleOf(props),
      ...provider,
      ...each,
      name: nameOf(id, props),
      infrastructureId: infrastructure?.infrastructureId,
      imageId: image?.imageId,
    };
    super(scope, id, config, location);
    this.infrastructure = infrastructure;
    this.node.addValidation({
      validate: () => [
        ...renderProblems(propertyProblems(props, this)),
        ...this.foreignProblems(props),
        ...renderProblems(kindProblems(props)),
        ...renderProblems(conflictProblems(this) ?? []),
        ...renderProblems(this.upgradeProblems(props)),
      ],
    });
  }

  get svmId(): string {
    return this.id;
  }

  /** What it uses is known to the Integration Server that deploys it. A place is looked up where its infrastructure is. */
  private foreignProblems({ image, infrastructure, host, project }: SvmProps): readonly string[] {
    const [property, place] = host === undefined ? (["project", project] as const) : (["host", host] as const);
    const mixed = mixProblems(this, infrastructure, ["provider"]);
    if (mixed.length === 0 && Construct.isConstruct(place)) mixed.push(...mixProblems(this, place, [property]));
    return [...mixed, ...mixProblems(this, image, ["image"])];
  }

  /** What forbids the order of `upgrade`. */
  protected upgradeProblems(props: SvmProps): Iterable<Problem> {
    return upgradeProblems([this], props);
  }
}

/** The old SVM and the new one must not have the same name, nor those that one construct makes. */
function nameOf(id: string, { name, forEach, image, upgrade }: SvmProps): string {
  const own = name ?? (forEach === undefined ? id : `${id}-${Token.asString(ref("each.key"))}`);
  const version = upgrade === UpgradeStrategy.KEEP_PROTECTING ? image?.svmVersion : undefined;
  return version === undefined ? own : `${own}-${version}`;
}

function lifecycleOf({ lifecycle, upgrade }: SvmProps): Pick<TerraformMetaArguments, "lifecycle"> {
  if (upgrade !== UpgradeStrategy.KEEP_PROTECTING) return lifecycle === undefined ? {} : { lifecycle };
  return { lifecycle: { ...lifecycle, createBeforeDestroy: true } };
}
