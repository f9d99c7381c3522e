/** Hypervisors, by name. */
import type { Construct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import { followed, mixProblems } from "../follow";
import { DataKsvlaHost, type DataKsvlaHostConfig } from "../generated/data-host";
import type { IInfrastructure } from "../infrastructure";
import { idByName } from "./id-by-name";
import { RequiredNames } from "./required-names";

const HOST = Symbol.for("cdktf-ksvla/Host");

export interface HostProps extends Omit<DataKsvlaHostConfig, "infrastructureId"> {
  /** Where the hypervisor belongs. */
  readonly infrastructure: IInfrastructure;
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
export class Host extends DataKsvlaHost {
  private readonly required: RequiredNames<"networks" | "storages">;

  /** True for a `Host`, of whichever copy of this library. */
  static isHost(value: unknown): value is Host {
    return typeof value === "object" && value !== null && HOST in value;
  }

  constructor(scope: Construct, id: string, { infrastructure, ...props }: HostProps) {
    super(scope, id, {
      ...props,
      ...followed(scope, props, infrastructure),
      infrastructureId: infrastructure?.infrastructureId,
    });
    this.node.addValidation({ validate: () => mixProblems(this, infrastructure) });
    Object.defineProperty(this, HOST, { value: true });
    this.required = new RequiredNames(this, props.require);
  }

  protected override propertyPath(attribute: AttributePath): AttributePath {
    return attribute.map((step) => (step === "infrastructureId" ? "infrastructure" : step));
  }

  protected override lateConfig(): object {
    return this.required.toConfig();
  }

  /** The id of a network, by name. The look-up fails when no network, or more than one, has it. */
  networkId(name: string): string {
    this.required.add("networks", name);
    return idByName(this.networkIds, name);
  }

  /** The id of a storage, by name. The look-up fails when no storage, or more than one, has it. */
  storageId(name: string): string {
    this.required.add("storages", name);
    return idByName(this.storageIds, name);
  }
}
