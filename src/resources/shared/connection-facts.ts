/** What the Integration Server reports of a connection, as the computed attributes show it. */
import type { ConnectionTest } from "../../integration-server";

/** Without a read-only account of its own, a connection has no status for one: see `read_only_status`. */
export function connectionFacts(test: ConnectionTest, hasReadOnly: boolean) {
  const { admin } = test.connection;
  const readOnly = hasReadOnly ? test.connection.readOnly : undefined;
  return {
    name: text(test.name),
    displayName: text(test.displayName),
    version: text(test.version),
    edition: text(test.edition),
    status: admin.status,
    connectionError: admin.error,
    readOnlyStatus: readOnly?.status ?? null,
    readOnlyConnectionError: readOnly?.error ?? null,
    microservices: test.microservices.map(({ region, service, address, protocol, version, status, error }) => ({
      region,
      service,
      address: text(address),
      protocol: text(protocol),
      version: text(version),
      status,
      error,
    })),
  };
}

interface Keystone {
  readonly protocol: "https" | "http";
  readonly region: string | null;
}

/** How Keystone is reached, where the Integration Server reports a protocol that the schema knows. */
export function openstackFacts({ openstack }: ConnectionTest): Keystone | null {
  if (openstack === undefined) return null;
  const region = text(openstack.region);
  switch (openstack.protocol) {
    case "https":
      return { protocol: "https", region };
    case "http":
      return { protocol: "http", region };
    default:
      return null;
  }
}

/** Before the first connection, versions and the like are empty. */
function text(value: string | undefined): string | null {
  return value === undefined || value === "" ? null : value;
}
