/** OpenStack projects, by name. */
import type { Construct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import {
  DataKsvlaOpenstackProject,
  type DataKsvlaOpenstackProjectConfig,
  type DataKsvlaOpenstackProjectRequire,
} from "../generated/data-openstack-project";
import type { IInfrastructure } from "../infrastructure";
import { type IInfrastructureObject, type InfrastructureObjectAttributes, referTo } from "../reference";
import { AskedNames, toPlaceConfig, toPlacePath } from "./place";

const OPENSTACK_PROJECT = Symbol.for("cdktf-ksvla/OpenStackProject");

/** Which OpenStack project is looked up, and where. */
export interface OpenStackProjectProps extends Omit<DataKsvlaOpenstackProjectConfig, "infrastructureId"> {
  /** Where the project belongs. */
  readonly infrastructure: IInfrastructure;
}

/** An OpenStack project, looked up by this stack or known from elsewhere. */
export interface IOpenStackProject extends IInfrastructureObject {
  /** The project's id in its infrastructure. */
  readonly projectId: string;
}

/** What is known of an OpenStack project that is not looked up. */
export interface OpenStackProjectAttributes extends InfrastructureObjectAttributes {
  /** The project's id in its infrastructure. */
  readonly projectId: string;
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
export class OpenStackProject extends DataKsvlaOpenstackProject implements IOpenStackProject {
  /** Refers to a project by its id, without a look-up. */
  static fromProjectId(scope: Construct, id: string, projectId: string): IOpenStackProject {
    return OpenStackProject.fromProjectAttributes(scope, id, { projectId });
  }

  /** Refers to a project of which more is known than the id, without a look-up. */
  static fromProjectAttributes(
    scope: Construct,
    id: string,
    attributes: OpenStackProjectAttributes,
  ): IOpenStackProject {
    return referTo(scope, id, attributes);
  }

  /** True for an `OpenStackProject`, of whichever copy of this library. */
  static isOpenStackProject(value: unknown): value is OpenStackProject {
    return typeof value === "object" && value !== null && OPENSTACK_PROJECT in value;
  }

  readonly infrastructure: IInfrastructure;
  private readonly asked: AskedNames<keyof DataKsvlaOpenstackProjectRequire>;

  constructor(scope: Construct, id: string, props: OpenStackProjectProps) {
    super(scope, id, toPlaceConfig(scope, id, props));
    Object.defineProperty(this, OPENSTACK_PROJECT, { value: true });
    this.infrastructure = props.infrastructure;
    this.asked = new AskedNames(this, props);
  }

  get projectId(): string {
    return this.id;
  }

  /** The id of a network, by name. */
  networkId(name: string): string {
    return this.asked.id("networks", "network_ids", name);
  }

  /** The id of a flavor (instance type), by name. */
  flavorId(name: string): string {
    return this.asked.id("flavors", "flavor_ids", name);
  }

  /** The id of a volume type, by name. */
  volumeTypeId(name: string): string {
    return this.asked.id("volumeTypes", "volume_type_ids", name);
  }

  /** The id of a security group, by name. */
  securityGroupId(name: string): string {
    return this.asked.id("securityGroups", "security_group_ids", name);
  }

  /** The id of a server group, by name. */
  serverGroupId(name: string): string {
    return this.asked.id("serverGroups", "server_group_ids", name);
  }

  /** The name of an availability zone, which has to be there. */
  availabilityZone(name: string): string {
    return this.asked.name("availabilityZones", name);
  }

  protected override propertyPath(attribute: AttributePath): AttributePath {
    return toPlacePath(attribute);
  }

  protected override lateConfig(): object {
    return this.asked.toConfig();
  }
}
