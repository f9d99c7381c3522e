/** `data.ksvla_openstack_connection_test`: would a connection to OpenStack work? */
import type { Client } from "../../resources/shared/client";
import { dataSource } from "../../terraform";
import { type OpenstackConnectionTestConfig, openstackConnectionTestSchema } from "./schema";
import { testOpenstackConnection } from "./test-connection";

export const openstackConnectionTest = dataSource<Client>()({
  schema: openstackConnectionTestSchema,

  async read({ client, config, signal }) {
    const { admin, readOnly } = config;
    return {
      ...config,
      admin: withoutPassword(admin),
      readOnly: readOnly && withoutPassword(readOnly),
      ...(await testOpenstackConnection(config, client, signal)),
    };
  },
});

/** Terraform lets a data source leave a configured value out of its state. */
function withoutPassword({ name, domain }: OpenstackConnectionTestConfig["admin"]) {
  return { name, domain, password: null };
}
