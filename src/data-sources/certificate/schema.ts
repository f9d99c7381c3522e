/** What a presented certificate or SSH key consists of, as Terraform sees it. */
import { bool, computed, list, optional, required, schema, string } from "../../terraform/schema";
import { hostAddress } from "../../validators";

export const certificateDataSchema = schema({
  description:
    "The TLS certificate or SSH key that a server presents to the Integration Server. Reading it trusts nothing; compare the thumbprint with one that you got another way, then use `ksvla_trusted_certificate`.",
  attributes: {
    address: required(string(), {
      description: "The server's host or host:port. Without a port: 443 for `https`, 22 for `ssh`.",
      validate: [hostAddress],
    }),
    protocol: optional(string({ oneOf: ["https", "ssh"] }), {
      description: "`https` for a TLS certificate, `ssh` for a host key. Default: `https`.",
      default: "https",
    }),
    id: computed(string(), { description: "The protocol, address and port, such as `https://vc.example.com:443`." }),
    thumbprint: computed(string(), { description: "The thumbprint of what the server presents." }),
    data: computed(string(), { description: "The body of the certificate or key." }),
    accepted: computed(bool(), { description: "True when the Integration Server accepts it." }),
    validationWarnings: computed(list(string()), { description: "What the Integration Server remarks about it." }),
    validationErrors: computed(list(string()), { description: "Why the Integration Server does not accept it." }),
  },
});
