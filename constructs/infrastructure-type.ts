/** The kinds of virtual infrastructure. */
import {
  INFRASTRUCTURE_TYPES,
  type InfrastructureTypeInfo,
  isInfrastructureType,
} from "../src/resources/shared/schema/infrastructure-types";
import { describeKind } from "../src/terraform/schema";

const INFRASTRUCTURE_TYPE = Symbol.for("cdktf-ksvla/InfrastructureType");

/** What the Integration Server can connect to. */
export class InfrastructureType {
  /** Microsoft Hyper-V. Its identity is not verified. */
  static readonly HYPERV = InfrastructureType.of("HYPERV");
  /** XenServer: the primary server of a pool. */
  static readonly XEN = InfrastructureType.of("XEN");
  /** Numa vServer: the primary server of a pool. */
  static readonly NUMAVSERVER = InfrastructureType.of("NUMAVSERVER");
  /** KVM. */
  static readonly LIBVIRT = InfrastructureType.of("LIBVIRT");
  /** Proxmox VE. */
  static readonly PROXMOX = InfrastructureType.of("PROXMOX");
  /** VMware vSphere. */
  static readonly VMWARE = InfrastructureType.of("VMWARE");
  /** Skala-R. */
  static readonly ROSPLATFORMA = InfrastructureType.of("ROSPLATFORMA");
  /** Basis. */
  static readonly BASISVCONTROL = InfrastructureType.of("BASISVCONTROL");
  /** HUAWEI FusionSphere. */
  static readonly FUSIONCOMPUTE = InfrastructureType.of("FUSIONCOMPUTE");
  /** Nutanix Acropolis. */
  static readonly NUTANIXPRISM = InfrastructureType.of("NUTANIXPRISM");
  /** Alt Virtualization Server. */
  static readonly ALTVIRTUALIZATIONSERVER = InfrastructureType.of("ALTVIRTUALIZATIONSERVER");
  /** Astra Linux. */
  static readonly ASTRALINUX = InfrastructureType.of("ASTRALINUX");
  /** TIONIX Cloud Platform. */
  static readonly TIONIXOPENSTACK = InfrastructureType.of("TIONIXOPENSTACK");
  /** OpenStack. */
  static readonly OPENSTACK = InfrastructureType.of("OPENSTACK");
  /** VK Cloud platform. */
  static readonly VKCLOUDOPENSTACK = InfrastructureType.of("VKCLOUDOPENSTACK");

  /**
   * The type with a name in the API, such as one that a variable holds. Of a token nothing is known at synth, so it
   * does not go together with an infrastructure's `trust`.
   */
  static of(name: string): InfrastructureType {
    return new InfrastructureType(name, isInfrastructureType(name) ? INFRASTRUCTURE_TYPES[name] : undefined);
  }

  /** True for a type, of whichever copy of this library. */
  static isInfrastructureType(value: unknown): value is InfrastructureType {
    return typeof value === "object" && value !== null && INFRASTRUCTURE_TYPE in value;
  }

  private constructor(
    /** The name in the API. */
    readonly name: string,
    /** How such an infrastructure is reached; undefined for a name that is not known at synth. */
    readonly info: InfrastructureTypeInfo | undefined,
  ) {
    Object.defineProperty(this, INFRASTRUCTURE_TYPE, { value: true });
  }

  toString(): string {
    return this.name;
  }
}

/** A type that only Terraform knows, so that nothing else is said about it. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
const REFUSED = InfrastructureType.of("${null}");

/** The type that callers without a compiler may have meant, and what is wrong with it. */
export function checkedType(value: unknown): { readonly type: InfrastructureType; readonly problem?: string } {
  if (InfrastructureType.isInfrastructureType(value)) return { type: value };
  const problem =
    `The value must be an InfrastructureType, got: ${describeKind(value)}. Take one of its constants, such as ` +
    "InfrastructureType.VMWARE, or InfrastructureType.of(name).";
  return { type: REFUSED, problem };
}
