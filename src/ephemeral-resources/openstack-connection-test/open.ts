/** `ephemeral.ksvla_openstack_connection_test`: the same as the data source, with a password that is stored nowhere. */
import { testOpenstackConnection } from "../../data-sources/openstack-connection-test/test-connection";
import type { Client } from "../../resources/shared/client";
import { ephemeralResource } from "../../terraform";
import { ephemeralConnectionTestSchema } from "./schema";

export const ephemeralConnectionTest = ephemeralResource<Client>()({
  schema: ephemeralConnectionTestSchema,

  async open({ client, config, signal }) {
    return { result: { ...config, ...(await testOpenstackConnection(config, client, signal)) } };
  },
});
