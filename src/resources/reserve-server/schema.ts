/** What a reserve server consists of, as Terraform sees it. */
import {
  type Config,
  computed,
  optional,
  type Planned,
  required,
  type State,
  schema,
  string,
  timeouts,
} from "../../terraform/schema";
import { hostAddress, productPassword } from "../../validators";
import { PASSWORD_VERSION, WRITE_ONLY } from "../shared/schema/passwords";
import { RESERVE_SERVER_PORT } from "../shared/schema/reserve-server-address";
import { reserveServerAttributes } from "../shared/schema/reserve-server-attributes";

export const reserveServerSchema = schema({
  description:
    "The reserve server of a high-availability cluster, registered with the primary Integration Server (`ksvla_server_role`), which has to trust its certificate first (`ksvla_trusted_certificate`). Creating and changing it waits until the two are connected. Only one can be registered. A connection that fails because of the certificate, the password or the rights plans an update, which sends the settings again.",
  attributes: {
    address: required(string(), {
      description: `The reserve server's host or host:port. Without a port: ${RESERVE_SERVER_PORT}. Changed in place.`,
      validate: [hostAddress],
    }),
    passwordWo: required(string(), {
      description: `The password of the user admin on the reserve server. Changed in place. ${WRITE_ONLY}`,
      validate: [productPassword],
      sensitive: true,
      writeOnly: true,
    }),
    passwordWoVersion: optional(string(), {
      description: `${PASSWORD_VERSION} Another value sends the password again; setting it for the first time or removing it does not.`,
      unreadable: true,
    }),
    timeouts: timeouts({ create: "10m", update: "10m" }),
    id: computed(string(), {
      description: "The id that the Integration Server gave the reserve server. Also the import id.",
      useStateForUnknown: true,
    }),
    ...reserveServerAttributes,
  },
  identity: { version: 0, attributes: ["id"] },
});

export type ReserveServerAttributes = (typeof reserveServerSchema)["attributes"];
export type ReserveServerConfig = Config<ReserveServerAttributes>;
export type ReserveServerPlanned = Planned<ReserveServerAttributes>;
export type ReserveServerState = State<ReserveServerAttributes>;
