/** Terraform with a fleet of SVMs on hypervisors of a simulated Integration Server, ours and the yardstick's. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findTerraform } from "../src/installation/terraform-binary";
import { IntegrationServer, Secret } from "../src/integration-server";
import { type Simulator, startSimulator } from "../src/simulator";
import { PATH } from "../test/support/path";
import { quietLog } from "../test/support/quiet-log";
import { measure, type Usage } from "./measure/command";
import { type Place, STACK } from "./programs/synth";
import { synthesize } from "./synthesize";
import { forYardstick, installYardstick } from "./yardstick";

/** How a fleet's SVMs say where they are. */
export type Placement = "by id" | "by name";
export interface Run extends Usage {
  /** How many requests the Integration Server got. */
  readonly requests: number;
  /** What terraform wrote. */
  readonly output: string;
}

export interface SiteOptions {
  readonly folder: string;
  readonly svms: number;
  /** How many the server deploys at a time. */
  readonly svmConcurrency: number;
  /** How long one deployment takes, in seconds. */
  readonly taskSeconds: number;
}

const VCENTER = "vcenter.example.test";
/** What a deployment takes in simulated time, in seconds: its steps, and the beginning of each and of what is around them. */
const SIMULATED_TASK = 29.8;
const IMAGE = "/opt/svm/svm-6.2.xml";
const ADMIN = { name: "admin", password: new Secret("Admin-Passw0rd") };

/** A stack that is synthesized as for `cdktf deploy`, against a server of its own, which can be made anew. */
export class Site {
  readonly directory: string;
  #simulator: Simulator | undefined;
  #port = 0;

  private constructor(private readonly options: SiteOptions) {
    this.directory = join(options.folder, "stacks", STACK);
  }

  static async create(options: SiteOptions, placement: Placement): Promise<Site> {
    const site = new Site(options);
    const { infrastructureId, imageId } = await site.#startServer();
    const places = site.#places(placement);
    const fleet = { infrastructureId, imageId, svmConcurrency: options.svmConcurrency, places };
    await synthesize({ kind: "fleet", outdir: options.folder, fleet });
    prepare(site.directory);
    await site.terraform("init");
    return site;
  }

  get simulator(): Simulator {
    if (this.#simulator === undefined) throw new Error("The site is closed.");
    return this.#simulator;
  }

  async terraform(...args: readonly string[]): Promise<Run> {
    const { address, password, caCertificate, requests } = this.simulator;
    requests.clear();
    const env = { KSVLA_ADDRESS: address, KSVLA_PASSWORD: password, KSVLA_CA_CERTIFICATE: caCertificate };
    const usage = await terraform(this.directory, args, env);
    return { ...usage, requests: requests.count() };
  }

  /** As before the first apply: no SVMs, no state, no journal. */
  async reset(): Promise<void> {
    await this.simulator.stop();
    await this.#startServer();
    forget(this.directory);
  }

  async close(): Promise<void> {
    await this.simulator.stop();
    this.#simulator = undefined;
  }

  /** The same seed and port, so the same ids and address each time. */
  async #startServer() {
    const { svms, taskSeconds } = this.options;
    const simulator = await startSimulator({
      port: this.#port,
      timeScale: taskSeconds / SIMULATED_TASK,
      generated: { hosts: svms },
    });
    this.#simulator = simulator;
    this.#port = Number(simulator.address.split(":").at(-1));
    simulator.world.trust(`${VCENTER}:443`);
    const { address, password, caCertificate } = simulator;
    const client = new IntegrationServer({
      address,
      caCertificate,
      password: new Secret(password),
      pollInterval: 50,
      log: quietLog(),
    });
    const infrastructure = await client.infrastructures.create({ type: "VMWARE", address: VCENTER, admin: ADMIN });
    await client.infrastructures.waitForConnection(infrastructure.id);
    const image = await client.images.register({ manifestPath: IMAGE, infrastructureTypes: ["VMWARE"] });
    return { infrastructureId: infrastructure.id, imageId: image.id };
  }

  #places(placement: Placement): readonly Place[] {
    const { hosts } = this.simulator.world.hypervisor(VCENTER);
    const generated = hosts.filter(({ name }) => name.startsWith("esx-generated-"));
    return generated.map(({ name, id, storages, networks }) => ({
      host: name,
      ...(placement === "by id" && { id, storageId: idOf(storages), networkId: idOf(networks) }),
    }));
  }
}

/** The same configuration, for a provider that asks nobody. */
export class YardstickSite {
  private constructor(readonly directory: string) {}

  /** @param configured where `ksvla` has it */
  static async create(folder: string, program: string, configured: Site): Promise<YardstickSite> {
    const directory = join(folder, STACK);
    mkdirSync(directory, { recursive: true });
    const configuration = readFileSync(join(configured.directory, "cdk.tf.json"), "utf8");
    writeFileSync(join(directory, "cdk.tf.json"), forYardstick(configuration));
    installYardstick(program, directory);
    prepare(directory);
    await terraform(directory, ["init"]);
    return new YardstickSite(directory);
  }

  terraform(...args: readonly string[]): ReturnType<typeof measure> {
    return terraform(this.directory, args);
  }

  async reset(): Promise<void> {
    forget(this.directory);
  }
}

/** Nothing of the user's Terraform settings, plugins and credentials. */
function terraform(directory: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const program = findTerraform();
  if (program === undefined) throw new Error("There is no terraform on the PATH.");
  return measure([program, ...args], {
    cwd: directory,
    env: {
      PATH,
      HOME: join(directory, "home"),
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      TF_CLI_ARGS: "-no-color",
      TF_VAR_KLCONFIG_PASSWORD: "Klconfig-1",
      ...env,
    },
  });
}

function prepare(directory: string): void {
  mkdirSync(join(directory, "home"), { recursive: true });
}

function forget(directory: string): void {
  for (const name of ["terraform.tfstate", "terraform.tfstate.backup", ".terraform/ksvla"]) {
    rmSync(join(directory, name), { recursive: true, force: true });
  }
}

function idOf([first]: readonly { readonly id: string }[]): string {
  if (first === undefined) throw new Error("A hypervisor of the simulator has no storage or no network.");
  return first.id;
}
