/** `data.ksvla_openstack_connection_test`: would a connection to OpenStack work? */
import { connectionState } from "../../integration-server";
import type { Client } from "../../resources/shared/client";
import { connectionFacts } from "../../resources/shared/connection-facts";
import { platformOf } from "../../resources/shared/connection-problems";
import { attempt } from "../../resources/shared/errors";
import { dataSource } from "../../terraform";
import { type OpenstackConnectionTestConfig, openstackConnectionTestSchema } from "./schema";

export const openstackConnectionTest = dataSource<Client>()({
  schema: openstackConnectionTestSchema,

  async read({ client: { server }, config, signal }) {
    const { type, address, openstack, admin, readOnly } = config;
    const test = await attempt(`test the connection to ${platformOf(type)} at ${address}`, () =>
      server.infrastructures.testConnection(
        {
          type,
          address,
          openstack: { protocol: openstack.protocol, region: openstack.region ?? undefined },
          admin,
          readOnly: readOnly ?? undefined,
        },
        { signal },
      ),
    );
    return {
      ...config,
      admin: withoutPassword(admin),
      readOnly: readOnly && withoutPassword(readOnly),
      connected: connectionState(test) === "connected",
      ...connectionFacts(test, readOnly !== null),
    };
  },
});

/** Terraform lets a data source leave a configured value out of its state. */
function withoutPassword({ name, domain }: OpenstackConnectionTestConfig["admin"]) {
  return { name, domain, password: null };
}
