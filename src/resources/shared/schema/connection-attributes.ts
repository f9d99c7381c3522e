/** What the Integration Server reports of a connection: the same attributes for the resource and the data sources. */
import { computed, nestedList, string } from "../../../terraform/schema";

const STATUS = "`CONNECTING`, `CONNECTED` or `DISCONNECTED`";
const ERRORS = "`NO_ERROR`, `SERVER_ERROR`, `NETWORK_ERROR`, `INVALID_CERTIFICATE`, `ACCESS_DENIED` or `UNAUTHORIZED`";

const stable = { useStateForUnknown: true };

/**
 * Nothing in a connection changes in place, so every one of these stays what it was when something else of the resource
 * changes.
 */
export const connectionAttributes = {
  name: computed(string(), { description: "The infrastructure's name, as the infrastructure reports it.", ...stable }),
  displayName: computed(string(), { description: "The name under which consoles show the infrastructure.", ...stable }),
  version: computed(string(), { description: "The version of the virtualization platform.", ...stable }),
  edition: computed(string(), { description: "The platform's edition, where it reports one.", ...stable }),
  status: computed(string(), { description: `The connection with the \`admin\` account: ${STATUS}.`, ...stable }),
  connectionError: computed(string(), {
    description: `What is wrong with the connection of the \`admin\` account: ${ERRORS}.`,
    ...stable,
  }),
  readOnlyStatus: computed(string(), {
    description: `The connection with the \`read_only\` account: ${STATUS}. Null without such an account.`,
    ...stable,
  }),
  readOnlyConnectionError: computed(string(), {
    description: `What is wrong with the connection of the \`read_only\` account: ${ERRORS}. Null without such an account.`,
    ...stable,
  }),
  microservices: computed(
    nestedList({
      region: computed(string(), { description: "The id of the microservice's region." }),
      service: computed(string(), { description: "`compute`, `glance`, `neutron` or `cinder`." }),
      address: computed(string(), { description: "The microservice's address, as host:port." }),
      protocol: computed(string(), { description: "`https` or `http`." }),
      version: computed(string(), { description: "The microservice's version." }),
      status: computed(string(), { description: `The connection to the microservice: ${STATUS}.` }),
      error: computed(string(), { description: `What is wrong with it: ${ERRORS}.` }),
    }),
    {
      description: "The OpenStack microservices that SVMs need. Empty for other types.",
      ...stable,
    },
  ),
};
