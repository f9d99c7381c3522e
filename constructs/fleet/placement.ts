/** Where SVMs run, as users of a fleet write it. */
import type { KsvlaSvmHostNetworks, KsvlaSvmOpenstack, KsvlaSvmOpenstackNetworksPorts } from "../generated/svm";
import type { IInfrastructure } from "../infrastructure";
import type { IHost } from "../look-ups/host";
import type { IOpenStackProject } from "../look-ups/openstack-project";

/** An object of an infrastructure by its id, which spares the look-up by name. */
export interface ById {
  /** The id in the infrastructure. */
  readonly id: string;
}

/** The network adapters of an SVM: the short form for a single one, or all of them. */
interface Networks<N> {
  /**
   * The only network of the SVM, with an address from DHCP: its name, or `{ id }`. Set either this or `networks`.
   *
   * @default - none
   */
  readonly network?: string | ById;
  /**
   * The networks that the SVM uses to reach Light Agents, the Integration Server and Kaspersky Security Center. Of
   * several, exactly one is `primary`. Changing them reconfigures the SVM.
   *
   * @default - none
   */
  readonly networks?: readonly N[];
}

/** A network adapter of an SVM on a hypervisor. */
export interface SvmNetwork extends Omit<KsvlaSvmHostNetworks, "id"> {
  /** The network: its name, or `{ id }`. */
  readonly network: string | ById;
}

/** A place on a hypervisor. */
export interface HypervisorPlacement extends Networks<SvmNetwork> {
  /** Where the hypervisor belongs. */
  readonly infrastructure: IInfrastructure;
  /** The hypervisor: its name, a `Host`, or `{ id }`. Changing it replaces the SVM. */
  readonly host: string | IHost | ById;
  /** The storage of the hypervisor that holds the SVM's disks: its name, or `{ id }`. Changing it replaces the SVM. */
  readonly storage: string | ById;
  readonly project?: never;
}

/** A network adapter of an SVM in OpenStack. */
export interface SvmPort extends Omit<KsvlaSvmOpenstackNetworksPorts, "securityGroupIds"> {
  /**
   * The port's security groups, at least one where set: their names, or `{ id }`. They need `portSecurityEnabled`.
   *
   * @default - OpenStack decides
   */
  readonly securityGroups?: readonly (string | ById)[];
}

/** A network of an SVM in OpenStack. */
export interface OpenStackSvmNetwork {
  /** The network: its name, or `{ id }`. */
  readonly network: string | ById;
  /**
   * The SVM's network adapters in this network.
   *
   * @default - one, with an address from DHCP
   */
  readonly ports?: readonly SvmPort[];
}

/** A place in a project of an OpenStack infrastructure. */
export interface OpenStackPlacement extends Networks<OpenStackSvmNetwork>, Pick<KsvlaSvmOpenstack, "availabilityZone"> {
  /** Where the project belongs. */
  readonly infrastructure: IInfrastructure;
  /** The project: its name, an `OpenStackProject`, or `{ id }`. Changing it replaces the SVM. */
  readonly project: string | IOpenStackProject | ById;
  /**
   * The name of the project's domain. Set it where several domains have a project of that name.
   *
   * @default - none
   */
  readonly domain?: string;
  /** The instance type (flavor), which has to suit the SVM's version: its name, or `{ id }`. Changing it replaces the SVM. */
  readonly flavor: string | ById;
  /**
   * The volume type: its name, or `{ id }`. Changing it replaces the SVM.
   *
   * @default - OpenStack decides
   */
  readonly volumeType?: string | ById;
  /**
   * The server group: its name, or `{ id }`. Changing it replaces the SVM.
   *
   * @default - none
   */
  readonly serverGroup?: string | ById;
  readonly host?: never;
}

/** Where an SVM runs: on a hypervisor, or in an OpenStack project. */
export type SvmPlacement = HypervisorPlacement | OpenStackPlacement;
