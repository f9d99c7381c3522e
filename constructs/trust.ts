/** Which certificates and SSH keys an infrastructure needs to be trusted, and where they are presented. */
import {
  type TrustEndpoint,
  type TrustProtocol,
  type TrustRequirement,
  trustEndpoints,
} from "../src/resources/infrastructure-types";
import type { InfrastructureProps, MicroserviceTrust, TrustOptions } from "./infrastructure";
import { isUnresolved } from "./schema/tokens";

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

type TrustProps = Pick<InfrastructureProps, "type" | "address" | "openstack" | "trust">;

/** What has to be trusted for an infrastructure's `trust` (SVM management, "Obtaining a virtual infrastructure certificate"). */
export function requiredTrust({ type, address, openstack, trust = false }: TrustProps): RequiredTrust {
  if (trust === false) return { certificates: [], problems: [] };
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
  const microservices = options.microservices ?? [];
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

/** Nothing but the usual ports is known of an address that is not known at synth. */
function endpointsOf(requirements: readonly TrustRequirement[], address: string): readonly TrustEndpoint[] {
  if (!isUnresolved(address)) return trustEndpoints(requirements, address);
  return requirements.map(({ protocol, port }) => ({ protocol, address: `${address}:${port}` }));
}
