import type { ApiContext, ApiResponse, Route } from "../http/api";
import { badRequest } from "../http/api-error";
import { decodeQueryValue, parseQuery } from "../http/query";
import { addressWithPort, type Check, object, text } from "../http/shape";
import type { Json } from "../json";
import { spellAddress } from "./spelling";

/** What getCertificate and getSshKey answer with; the same form for both. */
function presentedCertificate(query: string, protocol: "https" | "ssh", { world }: ApiContext): ApiResponse {
  const { address: raw } = parseQuery(query, ["address"]);
  const address = addressWithPort(raw === undefined ? undefined : decodeQueryValue("address", raw), "address");
  const endpoint = world.endpoints.get(address.toLowerCase());
  if (endpoint === undefined || endpoint.outage !== undefined) {
    throw badRequest(`${address} cannot be reached (${endpoint?.outage ?? "NETWORK_ERROR"}).`);
  }
  if (endpoint.protocol !== protocol || endpoint.certificate === undefined) {
    throw badRequest(`${address} does not speak ${protocol}.`);
  }
  const { thumbprint, data } = endpoint.certificate;
  const { certificateAddress } = world.habits;
  const spelled = spellAddress(world.habits, address);
  return {
    status: 200,
    body: {
      address: certificateAddress === "withPort" ? spelled : spelled.replace(/:\d+$/, ""),
      thumbprint,
      data,
      viisValidationResult: verdict(world.isTrusted(endpoint.address)),
    },
  };
}

/** The documents show the accepted case only; what is not trusted yet is refused with a reason. */
function verdict(isAccepted: boolean): Json {
  const reason = "The certificate is self-signed and is not in the list of trusted certificates.";
  return { isAccepted, validationWarnings: [], validationErrors: isAccepted ? [] : [reason] };
}

const thumbprint: Check<string> = (value, path) => {
  const digits = text(value, path);
  if (!/^[0-9A-F]{40}$/i.test(digits)) {
    throw badRequest(`${path} must be a thumbprint as getCertificate and getSshKey give it, got: "${digits}".`);
  }
  return digits.toUpperCase();
};

const ruleBody = object({ address: addressWithPort, thumbprint });

/** "Adding a virtual infrastructure certificate to the Integration Server". */
export const certificateRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/3.0/sslConfig/getCertificate",
    handle: (request, context) => presentedCertificate(request.query, "https", context),
  },
  {
    method: "GET",
    path: "/api/3.0/sshConfig/getSshKey",
    handle: (request, context) => presentedCertificate(request.query, "ssh", context),
  },
  {
    method: "POST",
    path: "/api/3.0/sslConfig/certificateValidator/rules",
    hasBody: true,
    handle: (request, { world }) => {
      parseQuery(request.query, []);
      const rule = ruleBody(request.body, "body");
      const address = rule.address.toLowerCase();
      // The same rule again changes nothing, and a rule may come before its certificate does.
      if (!world.trustRules.some((known) => known.address === address && known.thumbprint === rule.thumbprint)) {
        world.trustRules.push({ address, thumbprint: rule.thumbprint });
      }
      return { status: 201 };
    },
  },
];
