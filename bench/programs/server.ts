/**
 * A simulated Integration Server in a process of its own, connected to a vSphere with as many generated hosts and machines
 * as its only argument says, in JSON. Prints how to reach it, in JSON; ends when nobody holds its input any more.
 */
import { IntegrationServer, Secret } from "../../src/integration-server";
import { type GeneratedObjects, startSimulator } from "../../src/simulator";
import { quietLog } from "../../test/support/quiet-log";

export interface ServerAccess {
  readonly address: string;
  readonly password: string;
  readonly caCertificate: string;
  readonly infrastructureId: string;
}

const VCENTER = "vcenter.example.test";

async function main(generated: GeneratedObjects): Promise<void> {
  const { address, password, caCertificate, world } = await startSimulator({ timeScale: 0.001, generated });
  world.trust(`${VCENTER}:443`);
  const login = { address, caCertificate, password: new Secret(password), pollInterval: 50, log: quietLog() };
  const { infrastructures } = new IntegrationServer(login);
  const admin = { name: "admin", password: new Secret("Admin-Passw0rd") };
  const { id } = await infrastructures.create({ type: "VMWARE", address: VCENTER, admin });
  await infrastructures.waitForConnection(id);
  const access: ServerAccess = { address, password, caCertificate, infrastructureId: id };
  console.log(JSON.stringify(access));
  process.stdin.resume().once("end", () => process.exit());
}

void main(JSON.parse(process.argv[2] ?? "{}") as GeneratedObjects);
