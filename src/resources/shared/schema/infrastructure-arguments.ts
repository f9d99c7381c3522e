/** Arguments that the infrastructure resource and the OpenStack connection test share. */
import { nested, optionalComputed, required, string } from "../../../terraform/schema";

export const ADDRESS_DESCRIPTION =
  "What the Integration Server connects to: a hypervisor, an infrastructure administration server or, for the OpenStack types, the Keystone microservice. A host or host:port; without a port, the Integration Server uses the platform's usual one.";

/** How Keystone is reached. Null after an import only where the Integration Server does not report it. */
export const openstackSettings = () =>
  nested({
    protocol: required(string({ oneOf: ["https", "http"] }), {
      description: "The protocol that the Keystone microservice speaks: `https` or `http`.",
      requiresReplace: true,
      unreadable: true,
    }),
    region: optionalComputed(string(), {
      description: "The id of the region to connect in. Default: the Integration Server decides.",
      requiresReplace: true,
      useStateForUnknown: true,
    }),
  });
