import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "../../../src/simulator";
import { ADMIN_PASSWORD, VCENTER } from "../../e2e/support/configuration";
import { ROOT } from "./project";

/** The README's app, as it is. */
export function readmeApp(): string {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const [, app] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  if (app === undefined) throw new Error("The README has no app in TypeScript.");
  return app;
}

/** The README's app for a simulator: other addresses, another thumbprint, account and image. */
export function readmeAppFor(simulator: Simulator): string {
  const replacements = {
    'address: "viis.example.com"': `address: "${simulator.address}"`,
    '"5EC4C8F0A3D1B2967E80F4A51C3D9B7286E0AF14"': `"${simulator.thumbprints.sha1}"`,
    '"vcenter.example.com"': `"${VCENTER}"`,
    '"svm-admin@vsphere.local"': '"admin"',
    '"/opt/svm/6.2/manifest.xml"': '"/opt/svm/svm-6.2.xml"',
  };
  return Object.entries(replacements).reduce((app, [from, to]) => {
    if (!app.includes(from)) throw new Error(`The README's app has no ${from} any more.`);
    return app.replace(from, to);
  }, readmeApp());
}

/** The variables of its secrets. */
export const README_SECRETS = (simulator: Simulator) => ({
  TF_VAR_KSVLA_ADMIN_PASSWORD: simulator.password,
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
