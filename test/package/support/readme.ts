import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "../../../src/simulator";
import { ADMIN_PASSWORD } from "../../e2e/support/configuration";
import { ROOT } from "./project";

/** The README's app, as it is. */
export function readmeApp(): string {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const [, app] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  if (app === undefined) throw new Error("The README has no app in TypeScript.");
  return app;
}

/** What it takes from the environment, for a simulator, whose world has all of its names. */
export const readmeEnvironment = (simulator: Simulator) => ({
  KSVLA_ADDRESS: simulator.address,
  KSVLA_PASSWORD: simulator.password,
  KSVLA_THUMBPRINT: simulator.thumbprints.sha256,
  TF_VAR_VCENTER_PASSWORD: ADMIN_PASSWORD,
  TF_VAR_KLCONFIG_PASSWORD: "Klconfig-Passw0rd",
});

/** The lines of its output after it is deployed. */
export function readmeOutput({ world }: Simulator): string {
  const lines = ["svm-01", "svm-02"].map((name) => `  "${name}" = "${world.svms.named(name).ipAddress}"`);
  return ["svm_addresses = {", ...lines, "}"].join("\n");
}

/** What of it is left on the Integration Server. */
export function readmeLeftovers({ world }: Simulator): readonly string[] {
  const svms = world.svms.all.filter(({ settings }) => settings.imageId !== undefined);
  return [...[...world.infrastructures.values()].map(({ address }) => address), ...svms.map(({ vm }) => vm.name)];
}
