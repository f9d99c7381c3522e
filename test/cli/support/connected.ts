/** A simulated server that is connected to infrastructures, and what commands are given to reach it. */
import { type IntegrationServer, type NewInfrastructure, Secret } from "../../../src/integration-server";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../../src/simulator";
import { clientOf } from "../../support/integration-server";

const ADMIN = { name: "admin", password: new Secret("Admin-Passw0rd") };
const READ_ONLY = { name: "viewer", password: new Secret("Viewer-Passw0rd") };
const CLOUD_ACCOUNTS = { admin: { ...ADMIN, domain: "Default" }, readOnly: { ...READ_ONLY, domain: "Default" } };
const HTTPS = { openstack: { protocol: "https" }, ...CLOUD_ACCOUNTS } as const;

export const INFRASTRUCTURES = {
  vcenter: { type: "VMWARE", address: "vcenter.example.test", admin: ADMIN },
  kvm: { type: "LIBVIRT", address: "kvm.example.test", admin: ADMIN, readOnly: READ_ONLY },
  openstack: { type: "OPENSTACK", address: "openstack.example.test", ...HTTPS },
  /** Refuses the password. */
  locked: { type: "XEN", address: "xen-primary.example.test", admin: { ...ADMIN, password: new Secret("wrong") } },
} as const satisfies Record<string, NewInfrastructure>;

export interface Connected {
  readonly simulator: Simulator;
  readonly server: IntegrationServer;
  /** The ids of infrastructures, by their names above. */
  readonly ids: Readonly<Record<keyof typeof INFRASTRUCTURES, string>>;
  /** For the command line. */
  readonly environment: Readonly<Record<string, string>>;
}

export async function connected(options: SimulatorOptions = {}): Promise<Connected> {
  const simulator = await startSimulator({ timeScale: 0.01, ...options });
  const { address, password, caCertificate, world } = simulator;
  world.trust(...world.endpoints.keys());
  const server = clientOf(simulator);
  const ids: Record<string, string> = {};
  for (const [name, infrastructure] of Object.entries(INFRASTRUCTURES)) {
    const { id } = await server.infrastructures.create(infrastructure);
    await server.infrastructures.waitForConnection(id);
    ids[name] = id;
  }
  const environment = { KSVLA_ADDRESS: address, KSVLA_PASSWORD: password, KSVLA_CA_CERTIFICATE: caCertificate };
  return { simulator, server, ids: ids as Connected["ids"], environment };
}
