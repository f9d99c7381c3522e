/** Fleets of SVMs. */
import type { TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
import type { Problem } from "../../src/terraform/schema/schema";
import { followed, mixProblems } from "../follow";
import type { KsvlaSvm } from "../generated/svm";
import { renderProblem } from "../schema/configuration";
import { withoutUndefined } from "../schema/defined";
import type { ISvmImage } from "../svm-image";
import { FleetSvm } from "./fleet-svm";
import { comesLate } from "./lists";
import { toLocation } from "./location";
import { LookUps } from "./look-ups";
import { SHARED_PROPERTIES, type SvmPerHostProps, type SvmProps, type SvmSharedProps } from "./props";
import {
  addressProblems,
  conflictProblems,
  connectionProblems,
  propertyProblems,
  sharedPropertyProblems,
} from "./rules";
import { toSvmAttributes } from "./settings";
import { UpgradeStrategy } from "./upgrade-strategy";

const LATE_HOSTS =
  "The value must be a list that is known at synth, since each hypervisor gets an SVM of its own, got: a token. " +
  "Take KsvlaSvm of cdktf-ksvla/generated with forEach for a list that only Terraform knows.";

export interface SvmDeploymentProps extends SvmSharedProps {
  /** What the SVMs are deployed from. Changing it upgrades them. */
  readonly image: ISvmImage;
  /**
   * In which order a new image reaches the SVMs.
   *
   * @default UpgradeStrategy.REPLACE
   */
  readonly upgrade?: UpgradeStrategy;
  /**
   * The SVMs, by name. More can be added with {@link SvmDeployment.addSvm} and {@link SvmDeployment.addSvmPerHost}.
   *
   * @default - none
   */
  readonly svms?: Readonly<Record<string, SvmProps>>;
}

/**
 * SVMs on any number of hypervisors and in OpenStack projects, from one image and with shared settings. What an SVM
 * sets itself takes the place of the shared setting as a whole. SVMs that are deployed, reconfigured or removed at the
 * same time share one task of the Integration Server.
 *
 * ```ts
 * new SvmDeployment(this, "fleet", {
 *   image,
 *   ksc: { address: "ksc.example.com" },
 *   root: { allowSsh: false },
 *   klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD") },
 *   svms: {
 *     "svm-01": { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" },
 *     "svm-02": { infrastructure: vcenter, host: "esx-02", storage: "ds1", network: "Servers" },
 *   },
 * });
 * ```
 */
export class SvmDeployment extends Construct {
  private readonly lookUps: LookUps;
  private readonly keepsProtecting: boolean;
  private readonly image: ISvmImage;
  private readonly shared: SvmSharedProps;
  private readonly refused: Problem[] = [];
  private readonly members = new Map<string, FleetSvm>();

  constructor(scope: Construct, id: string, props: SvmDeploymentProps) {
    super(scope, id);
    const { image, upgrade = UpgradeStrategy.REPLACE, svms = {}, ...shared } = props;
    this.image = image;
    this.keepsProtecting = upgrade === UpgradeStrategy.KEEP_PROTECTING;
    this.shared = sharedProperties(shared);
    this.lookUps = new LookUps(this, "look-ups");
    this.node.addValidation({
      validate: () => [
        ...rendered(this.problems()),
        ...rendered(sharedPropertyProblems(shared)),
        ...rendered(conflictProblems(this.members.values())),
        ...rendered(this.keepsProtecting ? connectionProblems(this.members.values()) : []),
      ],
    });
    for (const [name, svm] of Object.entries(withoutUndefined(svms))) this.addSvm(name, svm);
  }

  /**
   * Adds an SVM.
   *
   * @param name Its name within the deployment, and in the infrastructure unless it has a `name` of its own.
   * @throws Error when the deployment has an SVM of that name.
   */
  addSvm(name: string, props: SvmProps): KsvlaSvm {
    if (this.members.has(name)) {
      throw new Error(`[${this.node.path}] There is an SVM "${name}" already. Give each SVM a name of its own.`);
    }
    const svm = this.create(name, props);
    svm.node.addValidation({
      validate: () => [
        ...rendered(propertyProblems(props, svm)),
        ...mixProblems(svm, props.infrastructure, ["provider"]),
        ...mixProblems(svm, this.image, ["image"]),
        ...rendered(this.keepsProtecting ? addressProblems(svm) : []),
      ],
    });
    this.members.set(name, svm);
    return svm;
  }

  /** Adds one SVM on each of several hypervisors of an infrastructure. */
  addSvmPerHost({ hosts, name = (host) => `svm-${host}`, ...props }: SvmPerHostProps): readonly KsvlaSvm[] {
    if (comesLate(hosts)) {
      this.refused.push({ path: ["addSvmPerHost", "hosts"], message: LATE_HOSTS });
      return [];
    }
    return hosts.map((host) => this.addSvm(name(host), { ...props, host }));
  }

  /**
   * The SVM of a name within the deployment.
   *
   * @throws Error when there is none.
   */
  svm(name: string): KsvlaSvm {
    const found = this.members.get(name);
    if (found !== undefined) return found;
    const names = [...this.members.keys()].map((known) => JSON.stringify(known)).join(", ");
    throw new Error(`[${this.node.path}] There is no SVM "${name}", only ${names || "an empty deployment"}.`);
  }

  /** The ids of the SVMs added so far, by name within the deployment. */
  get svmIds(): Readonly<Record<string, string>> {
    return this.outputs(({ id }) => id);
  }

  /** The IP addresses of the SVMs added so far, by name within the deployment. */
  get ipAddresses(): Readonly<Record<string, string>> {
    return this.outputs(({ ipAddress }) => ipAddress);
  }

  private outputs(output: (svm: KsvlaSvm) => string): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.members].map(([name, svm]) => [name, output(svm)]));
  }

  private create(id: string, props: SvmProps): FleetSvm {
    const { infrastructure, name = id } = props;
    const settings = combined(this.shared, sharedProperties(props), this.keepsProtecting);
    const provider = followed(this, settings, infrastructure);
    const location = toLocation(props, this.lookUps, { infrastructure, ...provider });
    const config = {
      ...toSvmAttributes(settings),
      ...provider,
      name: this.keepsProtecting ? versioned(name, this.image) : name,
      infrastructureId: infrastructure?.infrastructureId,
      imageId: this.image?.imageId,
    };
    return new FleetSvm(this, id, config, location);
  }

  private *problems(): Iterable<Problem> {
    yield* this.refused;
    if (this.members.size === 0 && this.refused.length === 0) {
      yield {
        path: ["svms"],
        message: "A deployment needs at least one SVM. Add it here, or with addSvm or addSvmPerHost.",
      };
    }
    if (this.keepsProtecting && this.image.svmVersion === undefined) {
      const message = "UpgradeStrategy.KEEP_PROTECTING names the SVMs after the image's version. Set its svmVersion.";
      yield { path: ["image"], message };
    }
  }
}

/** An SVM's own values instead of the shared ones; what it waits for, and its life cycle, are those of both. */
function combined(
  shared: SvmSharedProps,
  own: SvmSharedProps,
  createBeforeDestroy: boolean,
): SvmSharedProps & TerraformMetaArguments {
  const dependsOn = [...(shared.dependsOn ?? []), ...(own.dependsOn ?? [])];
  const lifecycle = {
    ...shared.lifecycle,
    ...withoutUndefined(own.lifecycle ?? {}),
    ...(createBeforeDestroy && { createBeforeDestroy }),
  };
  return {
    ...shared,
    ...own,
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(Object.keys(lifecycle).length > 0 && { lifecycle }),
  };
}

/** The old SVM and the new one must not have the same name. */
function versioned(name: string, { svmVersion }: ISvmImage): string {
  return svmVersion === undefined ? name : `${name}-${svmVersion}`;
}

function sharedProperties(props: SvmSharedProps): SvmSharedProps {
  const entries = Object.entries(withoutUndefined(props));
  return Object.fromEntries(entries.filter(([name]) => Object.hasOwn(SHARED_PROPERTIES, name)));
}

function rendered(problems: Iterable<Problem>): string[] {
  return [...problems].map(({ path, message }) => renderProblem(path, message));
}
