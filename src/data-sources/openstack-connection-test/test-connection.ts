/** The test itself, for whoever tells its outcome. */
import { connectionState, Secret } from "../../integration-server";
import type { Client } from "../../resources/shared/client";
import { connectionFacts } from "../../resources/shared/connection-facts";
import { platformOf } from "../../resources/shared/connection-problems";
import { attempt } from "../../resources/shared/errors";
import type { OpenstackConnectionTestConfig } from "./schema";

export async function testOpenstackConnection(
  { type, address, openstack, admin, readOnly }: Omit<OpenstackConnectionTestConfig, "timeouts">,
  { server }: Client,
  signal: AbortSignal,
) {
  const settings = { protocol: openstack.protocol, region: openstack.region ?? undefined };
  const test = await attempt(`test the connection to ${platformOf(type)} at ${address}`, () =>
    server.infrastructures.testConnection(
      {
        type,
        address,
        openstack: settings,
        admin: credentials(admin),
        readOnly: readOnly === null ? undefined : credentials(readOnly),
      },
      { signal },
    ),
  );
  return { connected: connectionState(test) === "connected", ...connectionFacts(test, readOnly !== null) };
}

function credentials({ name, domain, password }: OpenstackConnectionTestConfig["admin"]) {
  return { name, domain, password: new Secret(password) };
}
