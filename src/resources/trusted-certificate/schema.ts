/** What a trusted certificate or SSH key consists of, as Terraform sees it. */
import {
  bool,
  computed,
  list,
  optional,
  optionalComputed,
  required,
  type State,
  schema,
  string,
} from "../../terraform/schema";
import { hostAddress, trustedThumbprint } from "../../validators";

export const trustedCertificateSchema = schema({
  description:
    "Makes the Integration Server trust the TLS certificate or SSH key of a virtual infrastructure's server, which it needs before it connects. Without `thumbprint`, what the server presents at creation is trusted. A server that later presents something else is never trusted silently: `accepted` becomes false, with a warning. The API documents no removal of trust: destroying the resource leaves the rule on the Integration Server.",
  attributes: {
    address: required(string(), {
      description:
        "The server's host or host:port. Without a port: 443 for `https`, 22 for `ssh`. Usual ports for `https` are 443 (VMware, XenServer, Numa, Skala-R, Basis), 8006 (Proxmox VE), 9440 (Nutanix), 7443 (FusionSphere), 5000 (Keystone) and 7271 (a reserve Integration Server). Another address replaces the resource, another spelling of the same one does not.",
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
        "The thumbprint that the server has to present; anything else is refused before it is trusted. Hexadecimal digits with or without colons (SHA-1 or SHA-256), or an SSH key's `SHA256:…`. Default: the one presented. Another thumbprint replaces the resource, another spelling of the same one does not.",
      validate: [trustedThumbprint],
      requiresReplace: true,
      useStateForUnknown: true,
    }),
    id: computed(string(), {
      description:
        "The protocol, address and port, such as `https://vc.example.com:443`, in lower case. Also the import id.",
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
  identity: { version: 0, attributes: ["id"] },
});

export type TrustedCertificateAttributes = (typeof trustedCertificateSchema)["attributes"];
export type TrustedCertificateState = State<TrustedCertificateAttributes>;
