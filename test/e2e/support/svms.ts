/**
 * Connected infrastructures, a registered image and a folder in which the real Terraform runs: what tests of SVMs begin
 * with. Between tests, SVMs and state are gone, while the rest stays.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { IntegrationServer, type NewInfrastructure } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import {
  type HypervisorPlatform,
  type OpenstackPlatform,
  type Simulator,
  type SimulatorOptions,
  type Svm,
  startSimulator,
  type Task,
} from "../../../src/simulator";
import { quietLog } from "../../support/quiet-log";
import { until } from "../../support/until";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "./configuration";
import { Workspace } from "./workspace";

type Values = Readonly<Record<string, unknown>>;

const PATH = "/api/3.0/management/deployment/svm/";
export const DEPLOYED = { method: "POST", path: PATH };
export const RECONFIGURED = { method: "PUT", path: PATH };
export const REMOVED = { method: "DELETE", path: PATH };
/** Of SVMs, or of anything else. */
export const LISTED = { method: "GET", path: "*/objects" };

export const IMAGE = "/opt/svm/svm-6.2.xml";
export const KEYSTONE = "openstack.example.test";
export const KLCONFIG = { password_wo: "Klconfig-S3cret" };
/** What an SVM cannot be deployed without. */
export const NEEDED = { ksc: { address: "ksc.example.test" }, root: {}, klconfig: KLCONFIG };

const ADMIN = { name: "admin", password: new Secret(ADMIN_PASSWORD) };
/** Only with such an account does a server tell how often it looks at an infrastructure. */
const READ_ONLY = { name: "viewer", password: new Secret("Viewer-Passw0rd") };
const CLOUD: NewInfrastructure = {
  type: "OPENSTACK",
  address: KEYSTONE,
  openstack: { protocol: "https", region: "RegionTwo" },
  admin: { ...ADMIN, domain: "Default" },
  readOnly: { ...READ_ONLY, domain: "Default" },
};

/** An expression in a configuration, where other values are written as they are. */
export class Expression {
  constructor(readonly text: string) {}
}

/** A block `resource "type" "name" { … }`. */
export function resource(type: string, name: string, values: Values): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${key} = ${expression(value)}`);
  return `resource "${type}" "${name}" {\n${lines.join("\n")}\n}\n`;
}

/** JSON is Terraform's own notation, too, but for expressions. */
function expression(value: unknown): string {
  if (value instanceof Expression) return value.text;
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)} = ${expression(each)}`)
    .join(", ")} }`;
}

export class SvmBench {
  readonly #there: ReadonlySet<string>;

  private constructor(
    readonly simulator: Simulator,
    readonly workspace: Workspace,
    readonly infrastructureId: string,
    readonly cloudId: string,
    readonly imageId: string,
  ) {
    this.#there = new Set(simulator.world.svms.all.map(({ vm }) => vm.id));
  }

  static async start(options: SimulatorOptions = {}): Promise<SvmBench> {
    const habits = { reportedUpdatePeriod: "onOpenStackToo", ...options.habits } as const;
    const simulator = await startSimulator({ timeScale: TIME_SCALE, ...options, habits });
    const { address, password, caCertificate, world } = simulator;
    world.trust(...world.endpoints.keys());
    const client = new IntegrationServer({
      address,
      password: new Secret(password),
      caCertificate,
      pollInterval: 20,
      log: quietLog(),
    });
    const connect = async (infrastructure: NewInfrastructure): Promise<string> => {
      const { id } = await client.infrastructures.create(infrastructure);
      await client.infrastructures.waitForConnection(id);
      return id;
    };
    const vcenterId = await connect({ type: "VMWARE", address: VCENTER, admin: ADMIN, readOnly: READ_ONLY });
    const cloudId = await connect(CLOUD);
    const image = { manifestPath: IMAGE, infrastructureTypes: ["VMWARE", "OPENSTACK"] as const };
    const { id: imageId } = await client.images.register(image);
    const workspace = await Workspace.create({ env: environmentOf(simulator) });
    const bench = new SvmBench(simulator, workspace, vcenterId, cloudId, imageId);
    bench.write("");
    await workspace.init();
    return bench;
  }

  async stop(): Promise<void> {
    this.workspace.dispose();
    await this.simulator.stop();
  }

  /** Forgets what a test has deployed, in the world as well as in Terraform's state and in the journal. */
  reset(): void {
    this.forgetState();
    rmSync(join(this.workspace.directory, ".terraform", "ksvla"), { force: true, recursive: true });
    for (const { vm } of this.deployed) this.simulator.world.svms.remove(vm.id);
    this.simulator.faults.clear();
    this.simulator.requests.clear();
  }

  /** As when Terraform was killed before it stored anything. */
  forgetState(): void {
    for (const name of ["terraform.tfstate", "terraform.tfstate.backup", ".terraform.tfstate.lock.info"]) {
      rmSync(join(this.workspace.directory, name), { force: true });
    }
  }

  /** Replaces the configuration. */
  write(...blocks: readonly string[]): void {
    this.workspace.write(`provider "ksvla" {\n  poll_interval = "50ms"\n}\n${blocks.join("\n")}`);
  }

  /** The SVMs that were not there from the beginning. */
  get deployed(): readonly Svm[] {
    return this.simulator.world.svms.all.filter(({ vm }) => !this.#there.has(vm.id));
  }

  /** Their names, each as often as there are SVMs of it. */
  get names(): readonly string[] {
    return this.deployed.map(({ vm }) => vm.name).sort();
  }

  get vcenter(): HypervisorPlatform {
    return this.simulator.world.hypervisor(VCENTER);
  }

  get cloud(): OpenstackPlatform {
    return this.simulator.world.openstack(KEYSTONE);
  }

  /** `ksvla_svm.<name>` of that name on esx-01, with DHCP in its first network. */
  onHost(name: string, values: Values = {}): string {
    const { infrastructureId, imageId } = this;
    const common = { name, infrastructure_id: infrastructureId, image_id: imageId, ...NEEDED };
    return resource("ksvla_svm", name, { ...common, host: this.host(), ...values });
  }

  /** @param networks by their position on the host */
  host(networks: readonly Values[] = [{}], at = 0): Values {
    const host = this.vcenter.hosts[at]!;
    return {
      id: host.id,
      storage_id: host.storages[0]!.id,
      networks: networks.map((network, index) => ({ id: host.networks[index]!.id, ...network })),
    };
  }

  /** `ksvla_svm.<name>` of that name in the first project, with DHCP in its first network. */
  inProject(name: string, openstack: Values = {}): string {
    const project = this.cloud.projects[0]!;
    const networks = [{ id: project.networks[0]!.id, ports: [{}] }];
    return resource("ksvla_svm", name, {
      name,
      infrastructure_id: this.cloudId,
      image_id: this.imageId,
      ...NEEDED,
      openstack: { project_id: project.id, flavor_id: project.flavors[1]!.id, networks, ...openstack },
    });
  }

  /** Resolves when somebody has looked at a task from now on, and knows what he saw. */
  async looked(): Promise<void> {
    const looks = () => this.simulator.requests.count({ method: "GET", path: /\/virtualization\/tasks\// });
    const before = looks();
    await until(() => looks() > before + 1);
  }

  /** The tasks that requests about SVMs have started, oldest first. */
  tasks(type: string): readonly Task[] {
    return this.simulator.world.tasks.all.filter((task) => task.type === type);
  }

  /** The names of the SVMs in each request to deploy. */
  get deployments(): readonly (readonly string[])[] {
    return this.simulator.requests.filter(DEPLOYED).map(({ body }) => namesIn(body));
  }
}

interface SvmsBody {
  readonly svms: readonly { readonly svmSettings: { readonly name: string } }[];
}

function namesIn(body: unknown): readonly string[] {
  return (body as SvmsBody).svms.map(({ svmSettings }) => svmSettings.name).sort();
}
