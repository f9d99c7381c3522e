/** What a test of a connection to OpenStack consists of where nothing of it shall be stored. */
import { openstackConnectionTestSchema } from "../../data-sources/openstack-connection-test/schema";
import { ADMIN_DESCRIPTION, ephemeralAccount, READ_ONLY_DESCRIPTION } from "../../resources/shared/schema/accounts";
import { optional, required, schema } from "../../terraform/schema";

const { timeouts: _, ...attributes } = openstackConnectionTestSchema.attributes;

export const ephemeralConnectionTestSchema = schema({
  description:
    "Tests whether the Integration Server can connect to an OpenStack infrastructure and to the microservices that SVMs need, without adding a connection. What does not work is no error: see `connected` and `microservices`. The test is made in every plan and apply, and neither its passwords nor its outcome reach a plan or a state. Terraform 1.10 or later.",
  attributes: {
    ...attributes,
    admin: required(ephemeralAccount(), { description: ADMIN_DESCRIPTION }),
    readOnly: optional(ephemeralAccount(), { description: READ_ONLY_DESCRIPTION }),
  },
});
