/** Certificates and keys of infrastructures, and which of them the Integration Server trusts. */
import { type Address, formatAddress, sameAddress } from "../address";
import { type Caller, type CallOptions, ignoreAnswer, query } from "../http/call";
import type { JsonReader } from "../http/json-reader";

/** How the Integration Server connects, and so what it trusts: a TLS certificate or an SSH host key. */
export type CertificateProtocol = "https" | "ssh";

/** What a server presents to the Integration Server (SVM management, "Obtaining a virtual infrastructure certificate"). */
export interface PresentedCertificate {
  readonly thumbprint: string;
  /** The certificate or the key itself. */
  readonly data: string;
  /** Whether the Integration Server trusts it now. */
  readonly accepted: boolean;
  readonly validationWarnings: readonly string[];
  readonly validationErrors: readonly string[];
}

export interface TrustRule {
  readonly address: Address;
  readonly thumbprint: string;
}

const OPERATIONS: Readonly<Record<CertificateProtocol, string>> = {
  https: "sslConfig/getCertificate",
  ssh: "sshConfig/getSshKey",
};

export class Certificates {
  constructor(private readonly api: Caller) {}

  /** What the server at an address presents right now. */
  present(
    address: Address,
    protocol: CertificateProtocol,
    { signal }: CallOptions = {},
  ): Promise<PresentedCertificate> {
    // The documents show the colon before the port as it is; the brackets of IPv6 have no place in a query.
    const encoded = encodeURIComponent(formatAddress(address)).replaceAll("%3A", ":");
    return this.api.call({
      method: "GET",
      path: `${OPERATIONS[protocol]}${query({ address: encoded })}`,
      parse: (answer) => parsePresentedCertificate(answer, address),
      signal,
    });
  }

  /** Makes the Integration Server trust a certificate or a key. The documents know no way to undo it. */
  trust({ address, thumbprint }: TrustRule, { signal }: CallOptions = {}): Promise<void> {
    return this.api.call({
      method: "POST",
      path: "sslConfig/certificateValidator/rules",
      body: { address: formatAddress(address), thumbprint },
      parse: ignoreAnswer,
      signal,
    });
  }
}

/** @param asked whose certificate it has to be: another one's must never be trusted in its place */
function parsePresentedCertificate(answer: JsonReader, asked: Address): PresentedCertificate {
  const result = answer.object().field("viisValidationResult");
  const wanted = formatAddress(asked);
  // The documents show it with and without the port.
  const about = answer.field("address").optionalText() ?? wanted;
  if (!sameAddress(about, wanted, asked.port)) answer.field("address").foreign(wanted, `"${about}"`);
  return {
    thumbprint: answer.field("thumbprint").text(),
    data: answer.field("data").lines() ?? "",
    accepted: result.field("isAccepted").flag(),
    validationWarnings: remarks(result.field("validationWarnings")),
    validationErrors: remarks(result.field("validationErrors")),
  };
}

/** The documents show these lists empty only, so their elements may be texts or objects. */
function remarks(list: JsonReader): string[] {
  return list.list().flatMap((remark) => remark.message() ?? []);
}
