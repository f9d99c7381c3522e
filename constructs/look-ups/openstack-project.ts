/** OpenStack projects, by name. */
import type { Construct } from "constructs";
import { DataKsvlaOpenstackProject, type DataKsvlaOpenstackProjectConfig } from "../generated/data-openstack-project";
import type { IInfrastructure } from "../infrastructure";
import { idByName } from "./id-by-name";

const OPENSTACK_PROJECT = Symbol.for("cdktf-ksvla/OpenStackProject");

export interface OpenStackProjectProps extends Omit<DataKsvlaOpenstackProjectConfig, "infrastructureId"> {
  /** Where the project belongs. */
  readonly infrastructure: IInfrastructure;
}

/**
 * Looks up an OpenStack project and what an SVM in it can use during the plan, or during the deployment when its
 * infrastructure is still to be connected. A name that occurs several times in a project is not found.
 *
 * ```ts
 * const project = new OpenStackProject(this, "security", { infrastructure, name: "security", domain: "Default" });
 * project.flavorId("svm.medium");
 * ```
 */
export class OpenStackProject extends DataKsvlaOpenstackProject {
  /** True for an `OpenStackProject`, of whichever copy of this library. */
  static isOpenStackProject(value: unknown): value is OpenStackProject {
    return typeof value === "object" && value !== null && OPENSTACK_PROJECT in value;
  }

  constructor(scope: Construct, id: string, { infrastructure, ...props }: OpenStackProjectProps) {
    super(scope, id, { ...props, infrastructureId: infrastructure.infrastructureId });
    Object.defineProperty(this, OPENSTACK_PROJECT, { value: true });
  }

  /** The id of a network, by name. */
  networkId(name: string): string {
    return idByName(this.networkIds, name);
  }

  /** The id of a flavor (instance type), by name. */
  flavorId(name: string): string {
    return idByName(this.flavorIds, name);
  }

  /** The id of a volume type, by name. */
  volumeTypeId(name: string): string {
    return idByName(this.volumeTypeIds, name);
  }

  /** The id of a security group, by name. */
  securityGroupId(name: string): string {
    return idByName(this.securityGroupIds, name);
  }

  /** The id of a server group, by name. */
  serverGroupId(name: string): string {
    return idByName(this.serverGroupIds, name);
  }
}
