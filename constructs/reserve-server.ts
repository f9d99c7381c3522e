/** Reserve servers of high-availability clusters. */
import type { TerraformMetaArguments, TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { RESERVE_SERVER_PORT, withPort } from "../src/resources/shared/schema/reserve-server-address";
import type { AttributePath } from "../src/terraform/schema";
import { KsvlaReserveServer, type KsvlaReserveServerTimeouts } from "./generated/reserve-server";
import { propsOf } from "./schema/given";
import { withLatePort } from "./schema/late-address";
import { toSecretName } from "./schema/secret-names";
import { isUnresolved } from "./schema/tokens";
import type { Secret } from "./secret";
import { ServerRole } from "./server-role";
import { isTrust, NO_TRUST } from "./trust";
import { TrustedCertificate } from "./trusted-certificate";

/** What a reserve server has to present to be trusted. */
export interface ReserveServerTrust {
  /**
   * The SHA-1 or SHA-256 thumbprint of its certificate.
   *
   * @default - the certificate presented at the first deployment is trusted
   */
  readonly thumbprint?: string;
}

/** Which Integration Server becomes the reserve one. */
export interface ReserveServerProps extends TerraformMetaArguments {
  /** The reserve server's host or host:port. Without a port: 7271. Changed in place. */
  readonly address: string;
  /**
   * The password of the user admin on the reserve server. When the secret's version changes, the new password is sent
   * in place.
   */
  readonly password: Secret;
  /**
   * Makes the primary server trust the reserve server's certificate first. With `true`, whatever the reserve server
   * presents at the first deployment is trusted.
   *
   * @default false
   */
  readonly trust?: boolean | ReserveServerTrust;
  /**
   * Assigns the role `Primary` to the Integration Server of the stack first; a server that has it already stays as it
   * is.
   *
   * @default - true with `trust`, so that the construct does the whole procedure; false without
   */
  readonly assignRole?: boolean;
  /**
   * How long operations may take before they fail, as durations such as `"90s"` or `"30m"`.
   *
   * @default - 10 minutes to connect
   */
  readonly timeouts?: KsvlaReserveServerTimeouts;
}

/** A reserve server that the primary Integration Server knows, of this stack or of elsewhere. */
export interface IReserveServer extends IConstruct {
  /** The id that the primary server gave the reserve server. */
  readonly reserveServerId: string;
  /** Its host or host:port; undefined where nobody said it. */
  readonly address?: string | undefined;
  /** The provider of the primary server; undefined where nobody said it. */
  readonly provider?: TerraformProvider | undefined;
}

/** What is known of a reserve server that is registered already. */
export interface ReserveServerAttributes {
  /** The id that the primary server gave the reserve server. */
  readonly reserveServerId: string;
  /**
   * Its host or host:port.
   *
   * @default - not known
   */
  readonly address?: string;
  /**
   * The provider of the primary server.
   *
   * @default - not known
   */
  readonly provider?: TerraformProvider;
}

/**
 * Registers the reserve server of a high-availability cluster with the primary one, and waits until they are connected.
 *
 * ```ts
 * new ReserveServer(this, "reserve", {
 *   address: "viis-reserve.example.com",
 *   password: Secret.fromVariable("RESERVE_PASSWORD", { version: "1" }),
 *   trust: { thumbprint: "5e:c4:…" },
 * });
 * ```
 */
export class ReserveServer extends KsvlaReserveServer implements IReserveServer {
  /** Refers to a reserve server that is registered already. */
  static fromReserveServerId(scope: Construct, id: string, reserveServerId: string): IReserveServer {
    return ReserveServer.fromReserveServerAttributes(scope, id, { reserveServerId });
  }

  /** Refers to a reserve server that is registered already, of which more is known than the id. */
  static fromReserveServerAttributes(
    scope: Construct,
    id: string,
    attributes: ReserveServerAttributes,
  ): IReserveServer {
    const { reserveServerId, address, provider } = propsOf(attributes, scope, id);
    return Object.assign(new Construct(scope, id), { reserveServerId, address, provider });
  }

  /** What `trust` made the primary server trust. */
  readonly certificate: TrustedCertificate | undefined;
  /** The role, where it is assigned here. */
  readonly serverRole: ServerRole | undefined;

  constructor(scope: Construct, id: string, given: ReserveServerProps) {
    const props = propsOf(given, scope, id);
    const { trust = false, assignRole = trust !== false, password, ...rest } = props;
    super(scope, id, { ...rest, passwordWo: password });
    this.serverRole = assignRole ? this.lead(new ServerRole(this, "role"), "role") : undefined;
    if (!isTrust(trust)) this.node.addValidation({ validate: () => [NO_TRUST] });
    if (trust === false || !isTrust(trust) || typeof props.address !== "string") return;
    const certificate = { ...(trust !== true && trust), address: certificateAddress(props.address) };
    this.certificate = this.lead(
      new TrustedCertificate(this, "certificate", certificate),
      "certificate",
      `https://${certificate.address}`,
    );
  }

  /** The certificate is presented where the reserve server is. */
  override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    if (path === "address" && typeof value === "string") this.certificate?.addOverride(path, certificateAddress(value));
  }

  get reserveServerId(): string {
    return this.id;
  }

  protected override propertyPath(attribute: AttributePath): AttributePath {
    return attribute.map(toSecretName);
  }
}

/** With the port written out, since a certificate's own is another. What only Terraform knows, only it can look at. */
function certificateAddress(address: string): string {
  if (!isUnresolved(address)) return withPort(address);
  return withLatePort(address, RESERVE_SERVER_PORT, withPort);
}
