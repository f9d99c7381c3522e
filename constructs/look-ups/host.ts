/** Hypervisors, by name. */
import type { Construct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import { DataKsvlaHost, type DataKsvlaHostConfig, type DataKsvlaHostRequire } from "../generated/data-host";
import type { IInfrastructure } from "../infrastructure";
import { type IInfrastructureObject, type InfrastructureObjectAttributes, referTo } from "../reference";
import { AskedNames, toPlaceConfig, toPlacePath } from "./place";

const HOST = Symbol.for("cdktf-ksvla/Host");

/** Which hypervisor is looked up, and where. */
export interface HostProps extends Omit<DataKsvlaHostConfig, "infrastructureId"> {
  /** Where the hypervisor belongs. */
  readonly infrastructure: IInfrastructure;
}

/** A hypervisor, looked up by this stack or known from elsewhere. */
export interface IHost extends IInfrastructureObject {
  /** The hypervisor's id in its infrastructure. */
  readonly hostId: string;
}

/** What is known of a hypervisor that is not looked up. */
export interface HostAttributes extends InfrastructureObjectAttributes {
  /** The hypervisor's id in its infrastructure. */
  readonly hostId: string;
}

/**
 * Looks up a hypervisor, its networks and its storages during the plan, or during the deployment when its
 * infrastructure is still to be connected.
 *
 * ```ts
 * const host = new Host(this, "esx-01", { infrastructure, name: "esx-01" });
 * host.networkId("Servers");
 * ```
 */
export class Host extends DataKsvlaHost implements IHost {
  /** Refers to a hypervisor by its id, without a look-up. */
  static fromHostId(scope: Construct, id: string, hostId: string): IHost {
    return Host.fromHostAttributes(scope, id, { hostId });
  }

  /** Refers to a hypervisor of which more is known than the id, without a look-up. */
  static fromHostAttributes(scope: Construct, id: string, attributes: HostAttributes): IHost {
    return referTo(scope, id, attributes);
  }

  /** True for a `Host`, of whichever copy of this library. */
  static isHost(value: unknown): value is Host {
    return typeof value === "object" && value !== null && HOST in value;
  }

  readonly infrastructure: IInfrastructure;
  private readonly asked: AskedNames<keyof DataKsvlaHostRequire>;

  constructor(scope: Construct, id: string, props: HostProps) {
    super(scope, id, toPlaceConfig(scope, id, props));
    Object.defineProperty(this, HOST, { value: true });
    this.infrastructure = props.infrastructure;
    this.asked = new AskedNames(this, props);
  }

  get hostId(): string {
    return this.id;
  }

  /** The id of a network, by name. The look-up fails when no network, or more than one, has it. */
  networkId(name: string): string {
    return this.asked.id("networks", "network_ids", name);
  }

  /** The id of a storage, by name. The look-up fails when no storage, or more than one, has it. */
  storageId(name: string): string {
    return this.asked.id("storages", "storage_ids", name);
  }

  protected override propertyPath(attribute: AttributePath): AttributePath {
    return toPlacePath(attribute);
  }

  protected override lateConfig(): object {
    return this.asked.toConfig();
  }
}
