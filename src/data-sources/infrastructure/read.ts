/** `data.ksvla_infrastructure`: a connection that exists already. */
import type { Client } from "../../resources/shared/client";
import { connectionFacts, openstackFacts } from "../../resources/shared/connection-facts";
import { attempt } from "../../resources/shared/errors";
import { dataSource } from "../../terraform";
import { infrastructureDataSchema } from "./schema";

export const infrastructureData = dataSource<Client>()({
  schema: infrastructureDataSchema,

  async read({ client: { server }, config: { id, timeouts }, signal }) {
    const infrastructure = await attempt(`read the infrastructure "${id}"`, () =>
      server.infrastructures.waitForConnection(id, { signal }),
    );
    const { type, address, accounts } = infrastructure;
    return {
      id,
      timeouts,
      type,
      address,
      admin: accountState(accounts.admin),
      readOnly: accountState(accounts.readOnly),
      openstack: openstackFacts(infrastructure),
      ...connectionFacts(infrastructure, true),
    };
  },
});

function accountState(account: { readonly name: string | undefined } | undefined) {
  return account?.name === undefined ? null : { name: account.name };
}
