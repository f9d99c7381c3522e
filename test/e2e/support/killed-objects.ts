/** What a run that is killed may have been making. */

import { IntegrationServer, type NewInfrastructure } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import type { Simulator } from "../../../src/simulator";
import { quietLog } from "../../support/quiet-log";
import { ADMIN_PASSWORD, infrastructure, VCENTER } from "./configuration";
import type { KilledObject } from "./killed-runs";
import { DEPLOYED, IMAGE, KEYSTONE, NEEDED, resource } from "./svms";

const RESERVE = "viis-reserve.example.test:7271";

export const CONNECTION: KilledObject = {
  name: "a connection",
  address: "ksvla_infrastructure.it",
  isListed: false,
  post: { method: "POST", path: "/api/3.0/infrastructures" },
  look: { method: "GET", path: "/api/3.0/infrastructures/*" },
  made: ({ world }: Simulator) => [...world.infrastructures.keys()],
  prepare: async ({ world }: Simulator) => {
    world.trust(`${VCENTER}:443`);
    return infrastructure();
  },
  hold: (simulator: Simulator) => connecting(simulator, "/api/3.0/infrastructures/*"),
};

/** However busy the machine is, every look shows what is still being connected. */
function connecting({ faults }: Simulator, path: string): NonNullable<ReturnType<NonNullable<KilledObject["hold"]>>> {
  const rewrite = (body: string) =>
    body.replace(/"(CONNECT|Connect)(ED|ed)"/g, (_, stem, end) => `"${stem}${end === "ED" ? "ING" : "ing"}"`);
  const fault = faults.add({
    method: "GET",
    path,
    times: Number.POSITIVE_INFINITY,
    fault: { kind: "rewrite", rewrite },
  });
  return { reached: Promise.resolve(), release: async () => fault.remove() };
}

export const RESERVE_SERVER: KilledObject = {
  name: "a reserve server",
  address: "ksvla_reserve_server.it",
  post: { method: "POST", path: "*/ha/instances" },
  look: { method: "GET", path: "*/ha/instances/*" },
  made: ({ world }: Simulator) => [...world.cluster.instances.keys()],
  prepare: async ({ world }: Simulator) => {
    world.cluster.role = "Primary";
    world.trust(RESERVE);
    return `resource "ksvla_reserve_server" "it" {
  address     = "${RESERVE}"
  password_wo = "Reserve-Passw0rd"
}
`;
  },
  hold: (simulator: Simulator) => connecting(simulator, "*/ha/instances/*"),
};

const ADMIN = { name: "admin", password: new Secret(ADMIN_PASSWORD) };
/** Only with such an account does a server tell how often it looks. */
const READ_ONLY = { name: "viewer", password: new Secret("Viewer-Passw0rd") };
/** In milliseconds: no deployment of the simulator takes so long. */
const TIMEOUT = 10_000;

const deployments = ({ world }: Simulator) => world.tasks.all.filter(({ type }) => type.startsWith("DeployMultiple"));
const settled = async (simulator: Simulator): Promise<void> => {
  await Promise.all(deployments(simulator).map(({ id }) => simulator.world.tasks.settled(id)));
};

/** An SVM of this connection, at the place that `place` says. */
function svm(name: string, connection: NewInfrastructure, place: (simulator: Simulator) => object): KilledObject {
  return {
    name,
    address: "ksvla_svm.svm",
    post: DEPLOYED,
    look: { method: "GET", path: "*/virtualization/tasks/*" },
    timeout: TIMEOUT,
    made: ({ world }) =>
      world.svms.allNamed("killed").map(({ vm }) => `${[...world.infrastructures.keys()][0]}/${vm.id}`),
    isBegun: (simulator) => deployments(simulator).length > 0,
    settled,
    hold: (simulator) => {
      const hold = simulator.world.tasks.hold({ parameters: { deployStepName: "UploadSvmImage" } });
      return { reached: hold.reached, release: async () => hold.release() };
    },
    async prepare(simulator) {
      const { address, password, caCertificate, world } = simulator;
      world.trust(...world.endpoints.keys());
      const client = new IntegrationServer({
        address,
        password: new Secret(password),
        caCertificate,
        pollInterval: 20,
        log: quietLog(),
      });
      const { id } = await client.infrastructures.create(connection);
      await client.infrastructures.waitForConnection(id);
      const image = await client.images.register({ manifestPath: IMAGE, infrastructureTypes: [connection.type] });
      return resource("ksvla_svm", "svm", {
        name: "killed",
        infrastructure_id: id,
        image_id: image.id,
        ...NEEDED,
        ...place(simulator),
        timeouts: { create: `${TIMEOUT}ms` },
      });
    },
  };
}

export const SVM = svm(
  "an SVM on a hypervisor",
  { type: "VMWARE", address: VCENTER, admin: ADMIN, readOnly: READ_ONLY },
  ({ world }) => {
    const [host] = world.hypervisor(VCENTER).hosts;
    return { host: { id: host!.id, storage_id: host!.storages[0]!.id, networks: [{ id: host!.networks[0]!.id }] } };
  },
);

export const OPENSTACK_SVM = svm(
  "an SVM in OpenStack",
  {
    type: "OPENSTACK",
    address: KEYSTONE,
    openstack: { protocol: "https", region: "RegionOne" },
    admin: { ...ADMIN, domain: "Default" },
    readOnly: { ...READ_ONLY, domain: "Default" },
  },
  ({ world }) => {
    const [project] = world.openstack(KEYSTONE).projects;
    const networks = [{ id: project!.networks[0]!.id, ports: [{}] }];
    return { openstack: { project_id: project!.id, flavor_id: project!.flavors[1]!.id, networks } };
  },
);

export const OBJECTS: readonly KilledObject[] = [CONNECTION, RESERVE_SERVER, SVM, OPENSTACK_SVM];
