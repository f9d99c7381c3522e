/** `ksvla_trusted_certificate`: a certificate or SSH key that the Integration Server trusts. */
import { AnswerLostError, ApiError, type IntegrationServer, type PresentedCertificate } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import {
  bool,
  type Context,
  computed,
  DiagnosticError,
  isUnknown,
  list,
  optional,
  optionalComputed,
  required,
  resource,
  type State,
  schema,
  string,
  type Unknown,
} from "../../terraform";
import { hostAddress, sameThumbprint, trustedThumbprint } from "../../validators";
import {
  type Endpoint,
  endpointId,
  endpointOf,
  parseEndpointId,
  presentedAt,
  presentedThing,
} from "../shared/endpoint";
import { explained, sentence } from "../shared/errors";

export const trustedCertificateSchema = schema({
  description:
    "Makes the Integration Server trust the TLS certificate or SSH key of a virtual infrastructure's server, which it needs before it connects. Without `thumbprint`, what the server presents at creation is trusted. A server that later presents something else is never trusted silently: `accepted` becomes false, with a warning. The API documents no removal of trust: destroying the resource leaves the rule on the Integration Server.",
  attributes: {
    address: required(string(), {
      description:
        "The server's host or host:port. Without a port: 443 for `https`, 22 for `ssh`. Usual ports for `https` are 443 (VMware, XenServer, Numa, Skala-R, Basis), 8006 (Proxmox VE), 9440 (Nutanix), 7443 (FusionSphere), 5000 (Keystone) and 7271 (a reserve Integration Server). Changing it replaces the resource.",
      validate: [hostAddress],
      requiresReplace: true,
    }),
    protocol: optional(string({ oneOf: ["https", "ssh"] }), {
      description:
        "`https` for a TLS certificate, `ssh` for a host key (KVM, Alt Virtualization Server, Astra Linux). Proxmox VE needs one of each. Default: `https`. Changing it replaces the resource.",
      default: "https",
      requiresReplace: true,
    }),
    thumbprint: optionalComputed(string(), {
      description:
        "The thumbprint that the server has to present; anything else is refused before it is trusted. Hexadecimal digits with or without colons (SHA-1 or SHA-256), or an SSH key's `SHA256:…`. Default: the one presented. Changing it replaces the resource.",
      validate: [trustedThumbprint],
      requiresReplace: true,
      useStateForUnknown: true,
    }),
    id: computed(string(), {
      description: "The protocol, address and port, such as `https://vc.example.com:443`. Also the import id.",
      useStateForUnknown: true,
    }),
    data: computed(string(), {
      description: "The body of the certificate or key that was trusted.",
      useStateForUnknown: true,
    }),
    accepted: computed(bool(), {
      description: "True when the server presents what was trusted and the Integration Server accepts it.",
      useStateForUnknown: true,
    }),
    validationWarnings: computed(list(string()), {
      description: "What the Integration Server remarks about the certificate.",
      useStateForUnknown: true,
    }),
    validationErrors: computed(list(string()), {
      description: "Why the Integration Server does not accept the certificate.",
      useStateForUnknown: true,
    }),
  },
});

type Attributes = (typeof trustedCertificateSchema)["attributes"];
type Trusted = State<Attributes>;

export const trustedCertificate = resource<IntegrationServer>()({
  schema: trustedCertificateSchema,

  async create(request) {
    const { client, config, plan, save, signal } = request;
    const endpoint = endpointOf(plan.protocol, plan.address);
    const presented = await presentedAt(endpoint, client, signal);
    if (config.thumbprint !== null && !sameThumbprint(config.thumbprint, presented.thumbprint)) {
      throw refusal(endpoint, config.thumbprint, presented.thumbprint);
    }
    await trust(endpoint, presented.thumbprint, client, signal);
    const trusted = {
      ...stateOf(endpoint, presented),
      address: plan.address,
      thumbprint: config.thumbprint ?? presented.thumbprint,
    };
    save(trusted);
    return observe(trusted, request);
  },

  read: (request) => observe(request.state, request),

  /** The server is not asked: `plan` lets nothing but another spelling come here. */
  async update({ plan, state }) {
    return {
      ...state,
      address: plan.address,
      thumbprint: isUnknown(plan.thumbprint) ? state.thumbprint : plan.thumbprint,
    };
  },

  async delete({ state, warn }) {
    const id = state.id ?? state.address;
    warn({
      summary: `The Integration Server still trusts ${id}`,
      detail: `The API documents no removal of trust, so the rule for ${id} with thumbprint ${state.thumbprint} stays on the Integration Server; Terraform forgets it. Remove it in the Integration Server Console if it must not stay.`,
    });
  },

  async plan({ state, planned }) {
    if (state === null || planned === null) return undefined;
    const sameEndpoint = planned.protocol === state.protocol && writesSameEndpoint(state, planned.address);
    const { thumbprint } = planned;
    const sameCertificate =
      typeof thumbprint === "string" && state.thumbprint !== null && sameThumbprint(thumbprint, state.thumbprint);
    return { keepsInPlace: [...(sameEndpoint ? [["address"]] : []), ...(sameCertificate ? [["thumbprint"]] : [])] };
  },

  async importState({ id, client, signal }) {
    const endpoint = parseEndpointId(id);
    if (endpoint === undefined) {
      throw new DiagnosticError(
        "Invalid import id",
        `The import id must be https://host:port or ssh://host:port, such as "https://vc.example.com:443", got: "${id}".`,
      );
    }
    const presented = await presentedAt(endpoint, client, signal);
    if (presented.accepted) return stateOf(endpoint, presented);
    throw new DiagnosticError(
      `Unable to import ${id}`,
      `The Integration Server does not trust the ${presentedThing(endpoint)} that is presented there (thumbprint ${presented.thumbprint}), so there is nothing to import. Compare the thumbprint, then let Terraform create the resource.`,
    );
  },
});

/** Adds the rule once. When the answer is lost, what is presented tells whether the rule took effect. */
async function trust(
  endpoint: Endpoint,
  thumbprint: string,
  client: IntegrationServer,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.certificates.trust({ address: endpoint.address, thumbprint }, { signal });
  } catch (error) {
    if (error instanceof AnswerLostError) {
      const presented = await presentedAt(endpoint, client, signal);
      if (presented.accepted && sameThumbprint(presented.thumbprint, thumbprint)) return;
    }
    throw explained(`trust the ${presentedThing(endpoint)} of ${endpointId(endpoint)}`, error);
  }
}

/** Looks whether what was trusted is still presented. Whatever is found, nothing is trusted here. */
async function observe(known: Trusted, { client, signal, warn }: Context<IntegrationServer>): Promise<Trusted> {
  const endpoint = endpointOf(known.protocol, known.address);
  const id = endpointId(endpoint);
  const thing = presentedThing(endpoint);
  let presented: PresentedCertificate;
  try {
    presented = await client.certificates.present(endpoint.address, endpoint.protocol, { signal });
  } catch (error) {
    // An answer with an error is about the server that was asked for; without any answer, ours is not reachable.
    if (!(error instanceof ApiError)) throw explained(`get the ${thing} of ${id}`, error);
    warn({
      summary: `The ${thing} of ${id} cannot be checked`,
      detail: `${sentence(error.message)} The state stays as it was. Check that the server runs and that the Integration Server reaches it.`,
    });
    return known;
  }
  const unchanged = known.thumbprint !== null && sameThumbprint(known.thumbprint, presented.thumbprint);
  if (!unchanged) {
    warn({
      summary: `The ${thing} of ${id} has changed`,
      detail: `The Integration Server trusts the thumbprint ${known.thumbprint}, but ${id} now presents ${presented.thumbprint}. Nothing was trusted. If it was changed on purpose, compare the new thumbprint with the server's own, then set thumbprint = "${presented.thumbprint}". Where the configuration sets no thumbprint, "terraform apply -replace=ADDRESS", with this resource's address, trusts what is presented then.`,
      path: ["thumbprint"],
    });
  }
  return {
    ...known,
    accepted: unchanged && presented.accepted,
    validationWarnings: presented.validationWarnings,
    validationErrors: presented.validationErrors,
  };
}

function stateOf(endpoint: Endpoint, presented: PresentedCertificate): Trusted {
  const { thumbprint, data, accepted, validationWarnings, validationErrors } = presented;
  return {
    address: formatAddress(endpoint.address),
    protocol: endpoint.protocol,
    thumbprint,
    id: endpointId(endpoint),
    data,
    accepted,
    validationWarnings,
    validationErrors,
  };
}

function refusal(endpoint: Endpoint, expected: string, presented: string): DiagnosticError {
  const thing = presentedThing(endpoint);
  return new DiagnosticError(
    `The ${thing} of ${endpointId(endpoint)} is not the expected one`,
    `The configuration expects the thumbprint ${expected}, but ${presented} is presented. Nothing was trusted. Compare with the thumbprint on the server itself: if the presented one is right, set it as thumbprint; if not, someone may stand between the Integration Server and this server.`,
    ["thumbprint"],
  );
}

function writesSameEndpoint({ protocol, address, id }: Trusted, planned: string | null | Unknown): boolean {
  return address !== planned && typeof planned === "string" && endpointId(endpointOf(protocol, planned)) === id;
}
