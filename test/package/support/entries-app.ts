/** An app that takes from every entry but the one for life-cycle hooks, which has an app of its own; its stack is "entries". */
export const ENTRIES_APP = `
import { App, TerraformStack } from "cdktf";
import { KsvlaProvider, type KsvlaProviderProps } from "cdktf-ksvla";
import { DataKsvlaCertificate, KsvlaSvm, type KsvlaSvmConfig } from "cdktf-ksvla/generated";
import { deployStack, type DeployStackOptions, parseInventory } from "cdktf-ksvla/testing";
import { type Simulator, type SimulatorOptions, startSimulator } from "cdktf-ksvla/simulator";

const svm: KsvlaSvmConfig = { name: "svm-01", infrastructureId: "1", imageId: "2" };
const options: SimulatorOptions = { timeScale: 0.01, inventory: parseInventory("infrastructures: []", "none.yaml") };
const deployment: DeployStackOptions = { inventory: "site.yaml", faults: ["deploy svm-01=fails"] };
/** Whoever tests calls it. */
export const deploy = (): Promise<unknown> => deployStack((app) => new TerraformStack(app, "tested"), deployment);

async function synth(): Promise<void> {
  const simulator: Simulator = await startSimulator(options);
  try {
    const app = new App();
    const stack = new TerraformStack(app, "entries");
    const props: KsvlaProviderProps = { address: simulator.address, thumbprint: simulator.thumbprints.sha1 };
    new KsvlaProvider(stack, "ksvla", props);
    const certificate = new DataKsvlaCertificate(stack, "certificate", { address: "vcenter.example.com" });
    new KsvlaSvm(stack, "svm", { ...svm, host: { id: certificate.thumbprint, storageId: "3", networks: [{ id: "4" }] } });
    app.synth();
  } finally {
    await simulator.stop();
  }
}

synth().catch((error: unknown) => {
  throw error;
});
`;
