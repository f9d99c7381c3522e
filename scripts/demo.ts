/**
 * `npm run demo`: the first run. The app of the project's `cdktf.json` is deployed against a simulated Integration
 * Server, compared and destroyed again, with the real Terraform and nothing to set up.
 */
import { join } from "node:path";
import { type Simulator, startSimulator } from "../src/simulator";
import { buildPackage } from "./build/build-package";
import { DemoProject } from "./demo/project";
import { Steps } from "./demo/steps";
import { provideTerraform } from "./demo/terraform";

const ROOT = join(__dirname, "..");
const STACK = "quick-start";
/** The password of the account "admin" on every platform of the simulator. */
const VCENTER_PASSWORD = "Admin-Passw0rd";

async function demo(steps: Steps): Promise<void> {
  console.log(
    "Kaspersky Security for Virtualization Light Agent as code: the app in examples/quick-start, from nothing to",
  );
  console.log("a connected vSphere and back, against a simulated Integration Server on this machine.");

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
    () => startSimulator(),
    ({ url }) => [`It listens on ${url} and has a certificate of its own, which the provider verifies.`],
  );
  try {
    await deployAndDestroy(steps, simulator, terraform.path);
  } finally {
    await simulator.stop();
  }
}

async function deployAndDestroy(steps: Steps, simulator: Simulator, terraform: string): Promise<void> {
  const project = new DemoProject(ROOT, environmentFor(simulator, terraform));
  try {
    await steps.run(
      "cdktf deploy: trust the vSphere's certificate, connect it, look up a host",
      () => project.cdktf("deploy", "--auto-approve", "--outputs-file", "outputs.json"),
      () => [...outputs(project.readJson("outputs.json")), `The Integration Server has ${connections(simulator)}.`],
    );
    await steps.run("cdktf diff: the same configuration again changes nothing", async () => {
      const output = await project.cdktf("diff");
      if (!output.includes("No changes")) throw new Error("The second plan is not empty, but nothing was changed.");
    });
    await steps.run(
      "cdktf destroy: remove the connection",
      () => project.cdktf("destroy", "--auto-approve"),
      () => [`The Integration Server has ${connections(simulator)}.`],
    );
    if (simulator.world.infrastructures.size > 0) throw new Error("A connection is left on the Integration Server.");
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
    TF_VAR_VCENTER_PASSWORD: VCENTER_PASSWORD,
  };
}

function outputs(file: unknown): string[] {
  const stack = (file as Record<string, Record<string, unknown>>)[STACK] ?? {};
  return Object.entries(stack).map(([name, value]) => `${name} = ${value}`);
}

function connections({ world }: Simulator): string {
  const connected = [...world.infrastructures.values()].map(({ address }) => address);
  return connected.length === 0 ? "no connection" : `a connection to ${connected.join(", ")}`;
}

// The terminal sends Ctrl-C to cdktf as well, which ends Terraform and then itself; the demo only has to wait for it.
const interruption = new AbortController();
process.on("SIGINT", () => interruption.abort(new Error("it was interrupted.")));

const steps = new Steps(6, interruption.signal);
demo(steps)
  .then(() => steps.end())
  .catch((error: unknown) => {
    const reason = interruption.signal.aborted ? interruption.signal.reason : error;
    console.error(`\nThe demo failed: ${reason instanceof Error ? reason.message : reason}`);
    process.exitCode = 1;
  });
