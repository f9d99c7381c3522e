/** What the Integration Server reports of a reserve server: the same for the resource and the data source. */
import { computed, string } from "../../../terraform/schema";

export const reserveServerAttributes = {
  role: computed(string(), {
    description: "The role that it got by its registration: `Reserve`.",
    useStateForUnknown: true,
  }),
  status: computed(string(), {
    description: "Its connection with the primary server: `Connecting`, `Connected` or `Disconnected`.",
  }),
  connectionError: computed(string(), {
    description:
      "What is wrong with the connection: `NoError`, `ServerError`, `NetworkError`, `InvalidCertificate`, `AccessDenied` or `Unauthorized`.",
  }),
  createdAt: computed(string(), {
    description: "When it was registered, as the Integration Server writes it.",
    useStateForUnknown: true,
  }),
};
