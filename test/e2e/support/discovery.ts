/** A server with SVMs that people have made by hand, and what comes of `ksvla discover` on it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Coverage } from "../../../src/cli/coverage/assessment";
import { type Connected, connected } from "../../cli/support/connected";
import { ADMIN_PASSWORD } from "./configuration";
import { Project } from "./project";
import { planned, stateOf } from "./quick";
import { type Finished, Running } from "./run";
import { DEPLOYED, RECONFIGURED, REMOVED } from "./svms";
import { cleanEnvironment, Workspace } from "./workspace";

const KSVLA = join(__dirname, "..", "..", "..", "dist", "cli", "ksvla.js");

/** Names that mean something to HCL, to TypeScript, to both or to whoever writes identifiers. */
const HOSTILE_NAMES = [
  `svm "\${path.module}" %{ if true }`,
  `svm\\n\n\${x}`,
  "class",
  "'; process.exit(1); //",
  "*/ svm-`x`",
  "СВМ-1",
  "СВМ-2",
  "SVM_ESX_02",
];

export class Discovery {
  readonly folder = mkdtempSync(join(tmpdir(), "ksvla-discover-"));

  private constructor(readonly world: Connected) {}

  /** With this many SVMs on three infrastructures, some with names that mean harm and two adapters. */
  static async with(svms: number): Promise<Discovery> {
    const world = await connected();
    const { simulator } = world;
    const cloud = simulator.world.platforms.get("openstack.example.test");
    const projects = cloud?.kind === "openstack" ? cloud.projects.map(({ id }) => id) : [];
    const places = ["kvm-01", "kvm-02", "esx-01", "esx-03", ...projects];
    const there = simulator.world.svms.all.filter(({ platform: { host } }) =>
      ["vcenter.example.test", "kvm.example.test", "openstack.example.test"].includes(host),
    );
    for (let index = there.length; index < svms; index += 1) {
      const on = places[index % places.length] ?? "";
      const platform = projects.includes(on) ? "openstack.example.test" : undefined;
      const id = simulator.addSvm({
        name: HOSTILE_NAMES[index - there.length] ?? `svm-${index}`,
        on,
        ...(platform && { platform }),
      });
      const { vm } = simulator.world.svms.get(id);
      const [network] = vm.networkAdapters;
      if (index % 4 === 3 && network !== undefined) vm.networkAdapters.push({ ...network });
    }
    // Some servers show adapters without ids.
    Object.assign(simulator.habits, { svmsWithoutAdapterIds: ["class", "СВМ-2"] });
    return new Discovery(world);
  }

  async stop(): Promise<void> {
    rmSync(this.folder, { recursive: true });
    await this.world.simulator.stop();
  }

  /** Runs the command for the three infrastructures that are connected. */
  discover(...args: readonly string[]): Promise<Finished> {
    const { ids } = this.world;
    const named = [ids.vcenter, ids.kvm, ids.openstack].flatMap((id) => ["--infrastructure", id]);
    return this.discoverHere({}, ...named, ...args);
  }

  /** Runs the command with what else is in the environment. */
  discoverHere(others: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Finished> {
    const env = { ...cleanEnvironment(this.folder), ...this.world.environment, ...others };
    return new Running(process.execPath, [KSVLA, "discover", ...args], { cwd: this.folder, env }).finished;
  }

  /** What the command asks for with the variables that it says to set. */
  variablesOf({ stdout }: Finished): Record<string, string> {
    const names = [...stdout.matchAll(/export (TF_VAR_\w+)=…/g)].map(([, name]) => name ?? "");
    const value = (name: string) =>
      name.endsWith("_password") ? ADMIN_PASSWORD : name.endsWith("_domain") ? "Default" : "admin";
    return Object.fromEntries(names.map((name) => [name, value(name)]));
  }

  /** How many requests have asked the server to change something of SVMs or connections since it was connected. */
  changes(): number {
    const { requests } = this.world.simulator;
    const connections = { path: /\/infrastructures/, method: "POST" };
    const removals = { path: /\/infrastructures/, method: "DELETE" };
    return [DEPLOYED, RECONFIGURED, REMOVED, connections, removals].reduce(
      (sum, each) => sum + requests.count(each),
      0,
    );
  }

  /** What `ksvla coverage` finds in a folder by the state there: ids of infrastructures, and how many SVMs are managed. */
  async #coverage(folder: string) {
    const env = { ...cleanEnvironment(folder), ...this.world.environment };
    const { stdout } = await new Running(process.execPath, [KSVLA, "coverage", "--json"], { cwd: folder, env })
      .finished;
    const { infrastructures } = JSON.parse(stdout) as Coverage;
    const svms = infrastructures.flatMap(({ places }) => places.flatMap((place) => place.svms));
    return {
      infrastructures: infrastructures.map(({ id }) => id).sort(),
      managed: svms.filter(({ managed }) => managed).length,
    };
  }

  /** Applies the HCL in a folder. @returns what is planned before and after, what is in the state, and how it is covered */
  async applyHcl(finished: Finished, folder: string) {
    const workspace = await Workspace.create({ env: { ...this.world.environment, ...this.variablesOf(finished) } });
    try {
      for (const name of ["main.tf", "variables.tf", "infrastructures.tf", "svms.tf", "imports.tf"]) {
        workspace.writeFile(name, readFileSync(join(folder, name), "utf8"));
      }
      await workspace.init();
      const format = await workspace.run(["fmt", "-check", "-diff"]);
      const before = await planned(workspace);
      await workspace.succeed(["apply", "plan.bin"]);
      const after = await planned(workspace);
      const coverage = await this.#coverage(workspace.directory);
      return { format: format.output, before, after, state: stateOf(workspace), coverage };
    } finally {
      workspace.dispose();
    }
  }

  /** The same of the app in a folder, which is synthesized as its command line would. */
  async applyApp(finished: Finished, folder: string) {
    const { targetVersions } = JSON.parse(readFileSync(join(folder, "cdktf.json"), "utf8"));
    const context = { CDKTF_CONTEXT_JSON: JSON.stringify({ targetVersions }) };
    const project = new Project({ ...this.world.environment, ...this.variablesOf(finished), ...context });
    try {
      project.writeFile("main.ts", readFileSync(join(folder, "main.ts"), "utf8"));
      await project.node("--import", require.resolve("tsx"), "main.ts");
      await project.terraformOf("discovered", "init");
      const applied = await project.terraformOf("discovered", "apply", "-auto-approve");
      const after = await project.terraformOf("discovered", "plan", "-detailed-exitcode");
      return { applied, after, coverage: await this.#coverage(project.directory) };
    } finally {
      project.dispose();
    }
  }
}
