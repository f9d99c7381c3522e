import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, TIME_SCALE } from "./support/configuration";
import { planned } from "./support/quick";
import { serve } from "./support/served-state";
import { Workspace } from "./support/workspace";

/** Folders with a configuration, and the state that a version of this package made of it. */
const FIXTURES = join(__dirname, "..", "fixtures");
const VERSIONS = ["0.1.0"];
const PASSWORDS = { readOnly: "Viewer-Passw0rd", klconfig: "Klconfig-S3cret", reserve: "Reserve-Passw0rd" };

describe.each(VERSIONS)("a state of version %s", (version) => {
  const read = (name: string) => readFileSync(join(FIXTURES, `state-${version}`, name), "utf8");
  let simulator: Simulator;
  let workspace: Workspace;

  beforeEach(async () => {
    simulator = await startSimulator({ timeScale: TIME_SCALE });
    serve(simulator, read("state.json"), PASSWORDS);
    workspace = await Workspace.with(read("main.tf"), { env: environmentOf(simulator) });
    workspace.writeFile("terraform.tfstate", read("state.json"));
  });
  afterEach(async () => {
    workspace.dispose();
    await simulator.stop();
  });

  /** What was asked that is no question. */
  const changes = () => simulator.requests.all.filter(({ method }) => method !== "GET").map(({ path }) => path);

  test("plans empty, and an apply that stores it anew changes nothing on the server", async () => {
    expect(await planned(workspace)).toEqual({});
    await workspace.apply();

    expect(changes()).toEqual([]);
    expect((await workspace.plan()).code).toBe(0);
  });

  test("is changed in place, and its objects are removed", async () => {
    const { svms, infrastructures, cluster } = simulator.world;
    const resolver = "192.0.2.55";
    workspace.write(read("main.tf").replace('"192.0.2.53"', `"${resolver}"`));

    expect(await planned(workspace)).toEqual({ "ksvla_svm.full": "update" });
    await workspace.apply();
    expect(svms.named("svm-full").settings.dns).toEqual({ main: resolver, alternative: "192.0.2.54" });
    expect((await workspace.plan()).code).toBe(0);

    await workspace.destroy();
    expect(svms.all.map(({ vm }) => vm.name)).not.toContainEqual(expect.stringMatching(/^svm-(plain|full|a|b)$/));
    expect([infrastructures.size, cluster.instances.size]).toEqual([0, 0]);
  });
});
