/** Which certificates and SSH keys an infrastructure needs to be trusted, and where they are presented. */
import {
  type TrustEndpoint,
  type TrustProtocol,
  type TrustRequirement,
  trustEndpoints,
} from "../src/resources/infrastructure-types";
import type { InfrastructureProps, TrustOptions } from "./infrastructure";
import { isUnresolved } from "./schema/tokens";

export interface RequiredCertificate {
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
  const overHttp = type.info.openstack && openstack?.protocol === "http";
  const requirements = overHttp ? [] : type.info.trust;
  const thumbprints = trust === true ? {} : pinned(trust);
  const superfluous = Object.keys(thumbprints).filter(
    (protocol) => !requirements.some((each) => each.protocol === protocol),
  );
  return {
    certificates: endpointsOf(requirements, address).map(({ protocol, address }) => ({
      protocol,
      address,
      ...(thumbprints[protocol] !== undefined && { thumbprint: thumbprints[protocol] }),
    })),
    problems: superfluous.map(
      (protocol) =>
        `trust.${protocol === "ssh" ? "sshThumbprint" : "thumbprint"}: An infrastructure of type ${type.name} ` +
        `${overHttp ? "over http " : ""}presents no ${protocol === "ssh" ? "SSH key" : "certificate"} to trust. Remove it.`,
    ),
  };
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
