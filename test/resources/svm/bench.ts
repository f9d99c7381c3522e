/** A simulator with a connected infrastructure and a registered image, ready for SVMs. */
import {
  IntegrationServer,
  type IntegrationServerOptions,
  type NewInfrastructure,
} from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import type { MemoryStore } from "../../../src/journal";
import type { Client } from "../../../src/resources/shared/client";
import { svm } from "../../../src/resources/svm";
import type { SvmState } from "../../../src/resources/svm/schema";
import {
  type HypervisorPlatform,
  type OpenstackPlatform,
  type Simulator,
  startSimulator,
} from "../../../src/simulator";
import { FakeClock } from "../../support/fake-clock";
import { hurried } from "../../support/hurried-clock";
import { clientFor } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";
import { quietLog } from "../../support/quiet-log";

export type SvmDriver = ResourceDriver<(typeof svm)["schema"]["attributes"], Client>;
type Values = Readonly<Record<string, unknown>>;

/** What is different about a run that shares a journal with others. */
export interface Run {
  /** How much later than it is. */
  readonly later?: number;
  /** The journal's time. @default the system's, and `later` */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
  readonly clock?: FakeClock;
  readonly stack?: string;
}

export const SVM_PATH = "/api/3.0/management/deployment/svm/";
export const DEPLOYED = { method: "POST", path: SVM_PATH };
export const RECONFIGURED = { method: "PUT", path: SVM_PATH };
export const REMOVED = { method: "DELETE", path: SVM_PATH };
export const LISTED = { method: "GET", path: "*/objects" };
export const KLCONFIG = { passwordWo: "Klconfig-1" };
export const KSC = { address: "ksc.example.test" };
/** What an SVM cannot be deployed without. */
const NEEDED = { ksc: KSC, root: {}, klconfig: KLCONFIG };

const ADMIN = { name: "admin", password: new Secret("Admin-Passw0rd") };
/** Only with such an account does a server tell how often it looks at an infrastructure. */
const READ_ONLY = { name: "viewer", password: new Secret("Viewer-Passw0rd") };
export const VCENTER: NewInfrastructure = {
  type: "VMWARE",
  address: "vcenter.example.test",
  admin: ADMIN,
  readOnly: READ_ONLY,
};
export const CLOUD: NewInfrastructure = {
  type: "OPENSTACK",
  address: "openstack.example.test",
  openstack: { protocol: "https", region: "RegionOne" },
  admin: { ...ADMIN, domain: "Default" },
  readOnly: { ...READ_ONLY, domain: "Default" },
};

export class SvmBench {
  readonly vcenter: HypervisorPlatform;
  readonly cloud: OpenstackPlatform;

  private constructor(
    readonly simulator: Simulator,
    readonly client: IntegrationServer,
    readonly infrastructureId: string,
    readonly imageId: string,
  ) {
    this.vcenter = simulator.world.hypervisor(VCENTER.address);
    this.cloud = simulator.world.openstack(CLOUD.address);
  }

  /** Simulated seconds are milliseconds here, so that deploying takes some thirty. */
  static async start(infrastructure: NewInfrastructure = VCENTER): Promise<SvmBench> {
    const simulator = await startSimulator({ timeScale: 0.001, habits: { reportedUpdatePeriod: "onOpenStackToo" } });
    simulator.world.trust(...simulator.world.endpoints.keys());
    const client = SvmBench.clientOf(simulator);
    const image = { manifestPath: "/opt/svm/svm-6.2.xml", infrastructureTypes: ["VMWARE", "OPENSTACK"] as const };
    const { id: imageId } = await client.images.register(image);
    return new SvmBench(simulator, client, await SvmBench.connect(client, infrastructure), imageId);
  }

  static clientOf(
    { address, password, caCertificate }: Simulator,
    options: Partial<IntegrationServerOptions> = {},
  ): IntegrationServer {
    return new IntegrationServer({
      address,
      password: new Secret(password),
      caCertificate,
      pollInterval: 2_000,
      log: quietLog(),
      ...hurried,
      ...options,
    });
  }

  static async connect(client: IntegrationServer, infrastructure: NewInfrastructure): Promise<string> {
    const { id } = await client.infrastructures.create(infrastructure);
    await client.infrastructures.waitForConnection(id);
    return id;
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }

  connect(infrastructure: NewInfrastructure): Promise<string> {
    return SvmBench.connect(this.client, infrastructure);
  }

  driver(signal?: AbortSignal): SvmDriver {
    return new ResourceDriver(svm, clientFor(this.client), signal);
  }

  /** As in another run of Terraform, which has seen no list yet. */
  nextRun(options?: Partial<IntegrationServerOptions>): SvmDriver {
    return new ResourceDriver(svm, clientFor(SvmBench.clientOf(this.simulator, options)));
  }

  /** Another process, with the journal of those before. */
  runWith(
    store: MemoryStore,
    { later = 0, now = () => Date.now() + later, signal, clock, stack = "test" }: Run = {},
  ): SvmDriver {
    const server = SvmBench.clientOf(this.simulator, clock && { clock });
    const scope = { workspace: "default", stack };
    return new ResourceDriver(svm, clientFor(server, { store, scope, now }), signal);
  }

  /** A run for which minutes pass at once. */
  patientRun(): SvmDriver {
    return this.nextRun({ clock: FakeClock.skipping() });
  }

  /** On esx-01, with DHCP in its first network. */
  onHost(name: string, others: Values = {}): Values {
    const { infrastructureId, imageId } = this;
    return { name, infrastructureId, imageId, host: this.host(), ...NEEDED, ...others };
  }

  /** @param networks by their position on the host */
  host({ at = 0, networks = [{}] as readonly Values[] } = {}): Values {
    const host = this.vcenter.hosts[at]!;
    return {
      id: host.id,
      storageId: host.storages[0]!.id,
      networks: networks.map((network, index) => ({ id: host.networks[index]!.id, ...network })),
    };
  }

  /** In the first project, with DHCP in its first network. */
  inProject(name: string, others: Values = {}): Values {
    const { infrastructureId, imageId } = this;
    return { name, infrastructureId, imageId, openstack: this.project(), ...NEEDED, ...others };
  }

  project(networks: readonly Values[] = [{ id: this.cloud.projects[0]!.networks[0]!.id, ports: [{}] }]): Values {
    const project = this.cloud.projects[0]!;
    return { projectId: project.id, flavorId: project.flavors[1]!.id, networks };
  }

  /** As Terraform keeps what was saved before a failure. */
  tainted(driver: SvmDriver, configuration: Values): SvmState {
    const nulls = Object.fromEntries(Object.keys(svm.schema.attributes).map((name) => [name, null]));
    const { passwordWo: _, ...klconfig } = configuration["klconfig"] as typeof KLCONFIG;
    return { ...nulls, ...configuration, klconfig, ...driver.saved } as unknown as SvmState;
  }

  /** Takes an SVM away; the Integration Server sees that, and then loses its connection. */
  async removeAndDisconnect(svmId: string): Promise<void> {
    this.simulator.world.svms.remove(svmId);
    await this.client.infrastructures.objects(this.infrastructureId, { types: ["SVM"] });
    this.simulator.world.trustRules.length = 0;
  }

  bodyOf(request: { readonly method: string; readonly path: string }, index = -1): unknown {
    return this.simulator.requests.filter(request).at(index)?.body;
  }
}

export const base64 = (text: string): string => Buffer.from(text).toString("base64");
