/** OpenStack projects, by name. */
import type { Construct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import { followed, mixProblems } from "../follow";
import {
  DataKsvlaOpenstackProject,
  type DataKsvlaOpenstackProjectConfig,
  type DataKsvlaOpenstackProjectRequire,
} from "../generated/data-openstack-project";
import type { IInfrastructure } from "../infrastructure";
import { idByName } from "./id-by-name";
import { RequiredNames } from "./required-names";

const OPENSTACK_PROJECT = Symbol.for("cdktf-ksvla/OpenStackProject");

export interface OpenStackProjectProps extends Omit<DataKsvlaOpenstackProjectConfig, "infrastructureId"> {
  /** Where the project belongs. */
  readonly infrastructure: IInfrastructure;
}

/**
 * Looks up an OpenStack project and what an SVM in it can use during the plan, or during the deployment when its
 * infrastructure is still to be connected. The look-up fails when one of the names that it is asked for is not there, or is
 * several times.
 *
 * ```ts
 * const project = new OpenStackProject(this, "security", { infrastructure, name: "security", domain: "Default" });
 * project.flavorId("svm.medium");
 * ```
 */
export class OpenStackProject extends DataKsvlaOpenstackProject {
  private readonly required: RequiredNames<keyof DataKsvlaOpenstackProjectRequire>;

  /** True for an `OpenStackProject`, of whichever copy of this library. */
  static isOpenStackProject(value: unknown): value is OpenStackProject {
    return typeof value === "object" && value !== null && OPENSTACK_PROJECT in value;
  }

  constructor(scope: Construct, id: string, { infrastructure, ...props }: OpenStackProjectProps) {
    super(scope, id, {
      ...props,
      ...followed(scope, props, infrastructure),
      infrastructureId: infrastructure?.infrastructureId,
    });
    this.node.addValidation({ validate: () => mixProblems(this, infrastructure) });
    Object.defineProperty(this, OPENSTACK_PROJECT, { value: true });
    this.required = new RequiredNames(this, props.require);
  }

  protected override propertyPath(attribute: AttributePath): AttributePath {
    return attribute.map((step) => (step === "infrastructureId" ? "infrastructure" : step));
  }

  protected override lateConfig(): object {
    return this.required.toConfig();
  }

  /** The id of a network, by name. */
  networkId(name: string): string {
    this.required.add("networks", name);
    return idByName(this.networkIds, name);
  }

  /** The id of a flavor (instance type), by name. */
  flavorId(name: string): string {
    this.required.add("flavors", name);
    return idByName(this.flavorIds, name);
  }

  /** The id of a volume type, by name. */
  volumeTypeId(name: string): string {
    this.required.add("volumeTypes", name);
    return idByName(this.volumeTypeIds, name);
  }

  /** The id of a security group, by name. */
  securityGroupId(name: string): string {
    this.required.add("securityGroups", name);
    return idByName(this.securityGroupIds, name);
  }

  /** The id of a server group, by name. */
  serverGroupId(name: string): string {
    this.required.add("serverGroups", name);
    return idByName(this.serverGroupIds, name);
  }

  /** The name of an availability zone, which has to be there. */
  availabilityZone(name: string): string {
    this.required.add("availabilityZones", name);
    return name;
  }
}
