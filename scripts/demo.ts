/**
 * `npm run demo`: the first run. An example is deployed against a simulated Integration Server, compared and destroyed
 * again, with the real Terraform and nothing to set up. `npm run demo -- ha` shows another one.
 */
import { join } from "node:path";
import { type Simulator, startSimulator } from "../src/simulator";
import { buildPackage } from "./build/build-package";
import { DemoProject } from "./demo/project";
import { type Scenario, scenarioNamed } from "./demo/scenarios";
import { Steps } from "./demo/steps";
import { provideTerraform } from "./demo/terraform";

const ROOT = join(__dirname, "..");
/** Real seconds per simulated second. */
const TIME_SCALE = 0.1;
/** The app does not change after its first deployment. */
const AS_SYNTHESIZED = ["--skip-synth"];

async function demo(interruption: AbortSignal): Promise<void> {
  const scenario = scenarioNamed(process.argv[2]);
  const steps = new Steps(scenario.change === undefined ? 6 : 7, interruption);
  for (const line of scenario.introduction) console.log(line);

  const terraform = await steps.run(
    "Look for Terraform",
    () => provideTerraform(ROOT),
    ({ description }) => [description],
  );
  await steps.run(
    "Build the provider and the constructs",
    () => buildPackage(ROOT),
    (files) => files.map(({ path, bytes }) => `${path} (${Math.round(bytes / 1024)} kB)`),
  );
  const simulator = await steps.run(
    "Start a simulated Integration Server",
    () => startSimulator({ timeScale: TIME_SCALE }),
    ({ url }) => [
      `It listens on ${url} and has a certificate of its own, which the provider verifies.`,
      `Its time runs ${1 / TIME_SCALE} times as fast as a clock: deploying an SVM takes three seconds, not half a minute.`,
    ],
  );
  try {
    await deployAndDestroy(scenario, steps, simulator, terraform.path);
  } finally {
    await simulator.stop();
  }
  steps.end();
}

async function deployAndDestroy(
  scenario: Scenario,
  steps: Steps,
  simulator: Simulator,
  terraform: string,
): Promise<void> {
  const environment = { ...environmentFor(simulator, terraform), ...scenario.environment };
  const project = new DemoProject(ROOT, scenario.example, environment);
  const whatIsThere = () => `The Integration Server has ${scenario.whatIsThere(simulator)}.`;
  try {
    await steps.run(
      `cdktf deploy: ${scenario.deploy}`,
      () => project.cdktf("deploy", "--auto-approve", "--outputs-file", "outputs.json"),
      () => [...outputs(project.readJson("outputs.json")), whatIsThere()],
    );
    await steps.run("cdktf diff: the same configuration again changes nothing", async () => {
      const output = await project.cdktf("diff", ...AS_SYNTHESIZED);
      if (!output.includes("No changes")) throw new Error("The second plan is not empty, but nothing was changed.");
    });
    const { change } = scenario;
    if (change !== undefined) {
      project.export(change.environment);
      await steps.run(
        `cdktf deploy: ${change.what}`,
        () => project.cdktf("deploy", "--auto-approve", ...AS_SYNTHESIZED),
        () => change.describe(simulator),
      );
    }
    await steps.run(
      `cdktf destroy: ${scenario.destroy}`,
      () => project.cdktf("destroy", "--auto-approve", ...AS_SYNTHESIZED),
      () => [whatIsThere()],
    );
    if (!scenario.isClean(simulator)) throw new Error(`${whatIsThere()} Something was left.`);
    project.remove();
  } catch (error) {
    console.error(`\nThe complete log is in ${project.log}`);
    throw error;
  }
}

/** Nothing asks, nothing calls home, and the provider verifies the simulator's certificate. */
function environmentFor(simulator: Simulator, terraform: string): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: _, ...environment } = process.env;
  return {
    ...environment,
    TERRAFORM_BINARY_NAME: terraform,
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    // Else cdktf makes Terraform keep a copy of every plugin in the home directory.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    FORCE_COLOR: "0",
    KSVLA_ADDRESS: simulator.address,
    KSVLA_USERNAME: simulator.username,
    KSVLA_PASSWORD: simulator.password,
    KSVLA_THUMBPRINT: simulator.thumbprints.sha256,
  };
}

/** A map has a line for each of its elements. */
function outputs(file: unknown): string[] {
  const stacks = Object.values(file as Record<string, Record<string, unknown>>);
  return stacks.flatMap((stack) =>
    Object.entries(stack).flatMap(([name, value]) =>
      typeof value === "object" && value !== null
        ? Object.entries(value).map(([key, element]) => `${name}["${key}"] = ${element}`)
        : [`${name} = ${value}`],
    ),
  );
}

// The terminal sends Ctrl-C to cdktf as well, which ends Terraform and then itself; the demo only has to wait for it.
const interruption = new AbortController();
process.on("SIGINT", () => interruption.abort(new Error("it was interrupted.")));

demo(interruption.signal).catch((error: unknown) => {
  const reason = interruption.signal.aborted ? interruption.signal.reason : error;
  console.error(`\nThe demo failed: ${reason instanceof Error ? reason.message : reason}`);
  process.exitCode = 1;
});
