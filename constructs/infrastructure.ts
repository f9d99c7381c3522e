/** Connections of the Integration Server to virtual infrastructures. */
import type { TerraformMetaArguments, TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { AttributePath } from "../src/terraform/schema";
import {
  KsvlaInfrastructure,
  type KsvlaInfrastructureAdmin,
  type KsvlaInfrastructureTimeouts,
} from "./generated/infrastructure";
import { checkedType, type InfrastructureType } from "./infrastructure-type";
import { propsOf } from "./schema/given";
import { renamed } from "./schema/record";
import { toSecretName } from "./schema/secret-names";
import type { Secret } from "./secret";
import { type RequiredTrust, requiredTrust, type TrustOptions } from "./trust";
import { TrustedCertificate } from "./trusted-certificate";

/** An account with which the Integration Server signs in to an infrastructure. */
export interface InfrastructureAccount {
  /** The account's name. For Hyper-V, a domain account is written as `DOMAIN\name`. */
  readonly name: string;
  /**
   * The password. When the secret's version changes, the connection is replaced, since the API documents no other way
   * to tell the Integration Server a new password. `preventDestroy` on the connection would forbid that: put it on a guard
   * beside it, as the guide to composing shows.
   */
  readonly password: Secret;
  /**
   * The OpenStack domain that the account belongs to.
   *
   * @default - none; required for the OpenStack types, not allowed for others
   */
  readonly domain?: string;
}

/** How the Keystone microservice of an OpenStack infrastructure is reached. */
export interface OpenStackConnection {
  /** What Keystone speaks. */
  readonly protocol: "https" | "http";
  /**
   * The id of the region to connect in.
   *
   * @default - the Integration Server decides
   */
  readonly region?: string;
}

/** What the Integration Server connects to, with which accounts. */
export interface InfrastructureProps extends TerraformMetaArguments {
  /** The kind of virtual infrastructure. */
  readonly type: InfrastructureType;
  /**
   * What the Integration Server connects to, as a host or host:port: a hypervisor, an administration server or, for
   * the OpenStack types, the Keystone microservice.
   */
  readonly address: string;
  /** An account with sufficient rights to deploy, reconfigure and remove SVMs. */
  readonly admin: InfrastructureAccount;
  /**
   * An account with limited rights for everything but changes to SVMs.
   *
   * @default - `admin` does that, too
   */
  readonly readOnly?: InfrastructureAccount;
  /**
   * How Keystone is reached.
   *
   * @default - none; required for the OpenStack types, not allowed for others
   */
  readonly openstack?: OpenStackConnection;
  /**
   * Makes the Integration Server trust the infrastructure's server before it connects: its TLS certificate, its SSH
   * key or both, as the type needs. With `true`, whatever the server presents at the first deployment is trusted.
   *
   * @default false
   */
  readonly trust?: boolean | TrustOptions;
  /**
   * How long operations may take before they fail, as durations such as `"90s"` or `"30m"`.
   *
   * @default - 10 minutes to connect
   */
  readonly timeouts?: KsvlaInfrastructureTimeouts;
}

/** An infrastructure that the Integration Server is connected to, of this stack or of elsewhere. */
export interface IInfrastructure extends IConstruct {
  /** The id that the Integration Server gave the infrastructure. */
  readonly infrastructureId: string;
  /** The kind of virtual infrastructure; undefined where nobody said it. */
  readonly infrastructureType?: InfrastructureType | undefined;
  /** The provider that knows it, which look-ups in it and SVMs on it follow; undefined where nobody said it. */
  readonly provider?: TerraformProvider | undefined;
}

/** What is known of an infrastructure that is connected already. */
export interface InfrastructureAttributes {
  /** The id that the Integration Server gave the infrastructure. */
  readonly infrastructureId: string;
  /**
   * The kind of virtual infrastructure.
   *
   * @default - looked up where it is needed
   */
  readonly type?: InfrastructureType;
  /**
   * The provider of the Integration Server that is connected to it. Look-ups in it and SVMs on it take the same.
   *
   * @default - what each of them says
   */
  readonly provider?: TerraformProvider;
}

/**
 * Connects the Integration Server to a virtual infrastructure and waits until every account is connected.
 *
 * ```ts
 * new Infrastructure(this, "vcenter", {
 *   type: InfrastructureType.VMWARE,
 *   address: "vcenter.example.com",
 *   admin: { name: "svm-admin@vsphere.local", password: Secret.fromVariable("VCENTER_PASSWORD") },
 *   trust: { thumbprint: "5e:c4:…" },
 * });
 * ```
 */
export class Infrastructure extends KsvlaInfrastructure implements IInfrastructure {
  /** Refers to an infrastructure that is connected already. */
  static fromInfrastructureId(scope: Construct, id: string, infrastructureId: string): IInfrastructure {
    return Infrastructure.fromInfrastructureAttributes(scope, id, { infrastructureId });
  }

  /** Refers to an infrastructure that is connected already, of which more is known than the id. */
  static fromInfrastructureAttributes(
    scope: Construct,
    id: string,
    attributes: InfrastructureAttributes,
  ): IInfrastructure {
    const { infrastructureId, type: infrastructureType, provider } = propsOf(attributes, scope, id);
    return Object.assign(new Construct(scope, id), { infrastructureId, infrastructureType, provider });
  }

  readonly infrastructureType: InfrastructureType;

  /** What `trust` made the Integration Server trust. */
  readonly certificates: readonly TrustedCertificate[];

  /** What has to be trusted, at the address of the props or at another one. */
  private readonly required: (address?: string) => RequiredTrust;

  constructor(scope: Construct, id: string, given: InfrastructureProps) {
    const props = propsOf(given, scope, id);
    const { trust, admin, readOnly, type: givenType, ...rest } = props;
    const { type, problem } = checkedType(givenType);
    super(scope, id, {
      ...rest,
      type: type.name,
      admin: renamed(admin, toAccount),
      ...(readOnly !== undefined && { readOnly: renamed(readOnly, toAccount) }),
    });
    this.infrastructureType = type;
    this.required = (address) => requiredTrust({ ...props, type, ...(address !== undefined && { address }) });
    const { certificates, problems } = this.required();
    this.node.addValidation({ validate: () => (problem === undefined ? [...problems] : [`type: ${problem}`]) });
    this.certificates = certificates.map(({ id, ...certificate }) => {
      const importId = `${certificate.protocol}://${certificate.address}`;
      return this.lead(new TrustedCertificate(this, id, certificate), id, importId);
    });
  }

  /** Certificates are presented where the infrastructure is. */
  override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    if (path !== "address" || typeof value !== "string") return;
    for (const { id, address } of this.required(value).certificates) {
      this.certificates.find(({ node }) => node.id === id)?.addOverride(path, address);
    }
  }

  get infrastructureId(): string {
    return this.id;
  }

  protected override propertyPath(attribute: AttributePath): AttributePath {
    return attribute.map(toSecretName);
  }
}

function toAccount({ password, ...account }: InfrastructureAccount): KsvlaInfrastructureAdmin {
  return { ...account, passwordWo: password };
}
