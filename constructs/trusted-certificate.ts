/** Trust of the Integration Server in an infrastructure's server. */
import type { Construct } from "constructs";
import { KsvlaTrustedCertificate, type KsvlaTrustedCertificateConfig } from "./generated/trusted-certificate";

/** Whose certificate is trusted, and which one it has to be. */
export interface TrustedCertificateProps extends KsvlaTrustedCertificateConfig {
  /**
   * What is to be trusted: the TLS certificate that an HTTPS server presents, or an SSH server's key.
   *
   * @default "https"
   */
  readonly protocol?: "https" | "ssh";
}

/**
 * Makes the Integration Server trust a certificate or an SSH key. {@link Infrastructure} does it by itself when it has
 * `trust`.
 */
export class TrustedCertificate extends KsvlaTrustedCertificate {
  constructor(scope: Construct, id: string, props: TrustedCertificateProps) {
    super(scope, id, props);
  }
}
