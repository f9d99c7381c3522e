/** What a connection that exists already consists of, as Terraform sees it. */
import { connectionAttributes } from "../../resources/shared/schema/connection-attributes";
import { computed, nested, required, schema, string, timeouts } from "../../terraform/schema";
import { notEmpty } from "../../validators";

const account = (description: string) =>
  computed(nested({ name: computed(string(), { description: "The account's name." }) }), { description });

export const infrastructureDataSchema = schema({
  description:
    "An infrastructure that the Integration Server has a connection to. Waits while the connection is being made; a connection that failed is no error: see `status`.",
  attributes: {
    id: required(string(), {
      description: "The id that the Integration Server gave the infrastructure.",
      validate: [notEmpty],
    }),
    timeouts: timeouts({ read: "5m" }),
    type: computed(string(), { description: "The kind of virtual infrastructure, such as `VMWARE`." }),
    address: computed(string(), { description: "What the Integration Server connects to." }),
    admin: account("The account for changes to SVMs. Null where the Integration Server does not report it."),
    readOnly: account(
      "The account for everything else. Null without one, or where the Integration Server does not report it.",
    ),
    openstack: computed(
      nested({
        protocol: computed(string(), { description: "The protocol that the Keystone microservice speaks." }),
        region: computed(string(), { description: "The id of the region." }),
      }),
      { description: "How Keystone is reached. Null for types other than OpenStack." },
    ),
    ...connectionAttributes,
  },
});
