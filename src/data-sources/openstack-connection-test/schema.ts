/** What a test of a connection to OpenStack consists of, as Terraform sees it. */
import { ADMIN_DESCRIPTION, dataSourceAccount, READ_ONLY_DESCRIPTION } from "../../resources/shared/schema/accounts";
import { connectionAttributes } from "../../resources/shared/schema/connection-attributes";
import { ADDRESS_DESCRIPTION } from "../../resources/shared/schema/infrastructure-arguments";
import { describeTypes, openstackTypes } from "../../resources/shared/schema/infrastructure-types";
import {
  bool,
  type Config,
  computed,
  nested,
  optional,
  required,
  schema,
  string,
  timeouts,
} from "../../terraform/schema";
import { hostAddress, notEmpty } from "../../validators";

export const openstackConnectionTestSchema = schema({
  description:
    "Tests whether the Integration Server can connect to an OpenStack infrastructure and to the microservices that SVMs need, without adding a connection. What does not work is no error: see `connected` and `microservices`. `ksvla_infrastructure` makes this test by itself; this data source is for a look beforehand. Passwords are used for the test and are null in the state, but saved plan files may hold them: the ephemeral resource of the same name is the better choice.",
  attributes: {
    type: required(string({ oneOf: openstackTypes }), {
      description: `The kind of OpenStack infrastructure: ${describeTypes(openstackTypes)}.`,
    }),
    address: required(string(), { description: ADDRESS_DESCRIPTION, validate: [hostAddress] }),
    openstack: required(
      nested({
        protocol: required(string({ oneOf: ["https", "http"] }), {
          description: "The protocol that the Keystone microservice speaks: `https` or `http`.",
        }),
        region: optional(string(), {
          description: "The id of the region to connect in. Default: the Integration Server decides.",
          validate: [notEmpty],
        }),
      }),
      { description: "How Keystone is reached." },
    ),
    admin: required(dataSourceAccount(), { description: ADMIN_DESCRIPTION }),
    readOnly: optional(dataSourceAccount(), { description: READ_ONLY_DESCRIPTION }),
    timeouts: timeouts({ read: "5m" }),
    connected: computed(bool(), {
      description: "True when every account and every microservice is connected without an error.",
    }),
    ...connectionAttributes,
  },
});

export type OpenstackConnectionTestConfig = Config<(typeof openstackConnectionTestSchema)["attributes"]>;
