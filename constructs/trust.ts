/** Which certificates and SSH keys an infrastructure needs to be trusted, and where they are presented. */
import {
  type TrustEndpoint,
  type TrustProtocol,
  type TrustRequirement,
  trustEndpoints,
} from "../src/resources/shared/schema/infrastructure-types";
import type { InfrastructureType } from "./infrastructure-type";
import { listOf } from "./schema/given";
import { withLatePort, withOtherLatePort } from "./schema/late-address";
import { isRecord } from "./schema/record";
import { isUnresolved } from "./schema/tokens";

/** What an infrastructure's server has to present to be trusted. */
export interface TrustOptions {
  /**
   * The SHA-1 or SHA-256 thumbprint of the TLS certificate.
   *
   * @default - the certificate presented at the first deployment is trusted
   */
  readonly thumbprint?: string;
  /**
   * The thumbprint of the SSH key.
   *
   * @default - the key presented at the first deployment is trusted
   */
  readonly sshThumbprint?: string;
  /**
   * The OpenStack microservices (compute, glance, neutron, cinder) that speak HTTPS, as host:port each, with a thumbprint
   * where you have one. Which ones there are, the service catalog tells; the first deployment names those that are
   * missing here, before anything is connected.
   *
   * @default - none; not allowed for types other than OpenStack
   */
  readonly microservices?: readonly (string | MicroserviceTrust)[];
}

/** A microservice whose certificate is to be trusted. */
export interface MicroserviceTrust {
  /** Its host:port. */
  readonly address: string;
  /**
   * The SHA-1 or SHA-256 thumbprint of its TLS certificate.
   *
   * @default - the certificate presented at the first deployment is trusted
   */
  readonly thumbprint?: string;
}

export interface RequiredCertificate {
  /** The construct's id below the infrastructure. */
  readonly id: string;
  readonly protocol: TrustProtocol;
  readonly address: string;
  readonly thumbprint?: string;
}

export interface RequiredTrust {
  readonly certificates: readonly RequiredCertificate[];
  /** What of `trust` makes no sense for the infrastructure. */
  readonly problems: readonly string[];
}

/** What of an infrastructure's props decides. */
interface TrustProps {
  readonly type: InfrastructureType;
  readonly address: string;
  readonly openstack?: { readonly protocol: "https" | "http" };
  readonly trust?: boolean | TrustOptions;
}

export const NO_TRUST =
  "trust: The value must be true, false or an object such as { thumbprint }, known at synth, got: something else. Nothing is trusted for it.";

/** Anything else must not pass for true: it may be a thumbprint. */
export function isTrust(value: unknown): boolean {
  return typeof value === "boolean" || isRecord(value);
}

/** What has to be trusted for an infrastructure's `trust` (SVM management, "Obtaining a virtual infrastructure certificate"). */
export function requiredTrust({ type, address, openstack, trust = false }: TrustProps): RequiredTrust {
  if (!isTrust(trust)) return { certificates: [], problems: [NO_TRUST] };
  // Without an address, validation has enough to say.
  if (trust === false || typeof address !== "string") return { certificates: [], problems: [] };
  if (type.info === undefined || (type.info.openstack && isUnresolved(openstack?.protocol))) {
    const subject = type.info === undefined ? "type" : "openstack.protocol";
    return {
      certificates: [],
      problems: [
        `trust: The ${subject} is not known at synth, and what to trust depends on it. Use TrustedCertificate.`,
      ],
    };
  }
  const options = trust === true ? {} : trust;
  const overHttp = type.info.openstack && openstack?.protocol === "http";
  const requirements = overHttp ? [] : type.info.trust;
  const thumbprints = pinned(options);
  const superfluous = Object.keys(thumbprints).filter(
    (protocol) => !requirements.some((each) => each.protocol === protocol),
  );
  const microservices = listOf(options.microservices ?? []);
  return {
    certificates: [
      ...endpointsOf(requirements, address).map(({ protocol, address }) => ({
        id: protocol === "ssh" ? "ssh-key" : "certificate",
        protocol,
        address,
        ...(thumbprints[protocol] !== undefined && { thumbprint: thumbprints[protocol] }),
      })),
      ...microservices.map(certificateOfMicroservice),
    ],
    problems: [
      ...superfluous.map(
        (protocol) =>
          `trust.${protocol === "ssh" ? "sshThumbprint" : "thumbprint"}: An infrastructure of type ${type.name} ` +
          `${overHttp ? "over http " : ""}presents no ${protocol === "ssh" ? "SSH key" : "certificate"} to trust. Remove it.`,
      ),
      ...(microservices.length > 0 && !type.info.openstack
        ? [`trust.microservices: An infrastructure of type ${type.name} has no microservices. Remove it.`]
        : []),
    ],
  };
}

/** Ids follow addresses, so that another order of the same addresses is no change. */
function certificateOfMicroservice(microservice: string | MicroserviceTrust, index: number): RequiredCertificate {
  const trusted = typeof microservice === "string" ? { address: microservice } : microservice;
  const name = isUnresolved(trusted.address) ? index : trusted.address.replace(/[^A-Za-z0-9]+/g, "-");
  return { id: `microservice-${name}`, protocol: "https", ...trusted };
}

function pinned({ thumbprint, sshThumbprint }: TrustOptions): { readonly [P in TrustProtocol]?: string } {
  return {
    ...(thumbprint !== undefined && { https: thumbprint }),
    ...(sshThumbprint !== undefined && { ssh: sshThumbprint }),
  };
}

/** A port in the address is that of what is connected to in the first place; others have their usual ones. */
function endpointsOf(requirements: readonly TrustRequirement[], address: string): readonly TrustEndpoint[] {
  if (!isUnresolved(address)) return trustEndpoints(requirements, address);
  return requirements.map(({ protocol, port }, index) => {
    const known = (text: string) => trustEndpoints(requirements, text)[index]?.address ?? text;
    const late = index === 0 ? withLatePort : withOtherLatePort;
    return { protocol, address: late(address, port, known) };
  });
}
