/** Puts a provider's plugin into a plugin mirror, under any source address. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { archiveOf } from "../../scripts/build/pack";
import { terraformPlatform } from "../../src/installation/platforms";

/** For the platform that the tests run on. */
export function installPackage(directory: string, source: string, version: string, plugin: string): void {
  const folder = join(directory, ...source.split("/"));
  const name = `terraform-provider-${source.split("/").at(-1)}`;
  mkdirSync(folder, { recursive: true });
  const archive = archiveOf(`${name}_v${version}`, readFileSync(plugin));
  writeFileSync(join(folder, `${name}_${version}_${terraformPlatform()}.zip`), archive);
}

/** The stand-in for `hashicorp/null`, in the registry that Terraform takes it to be from and in OpenTofu's. */
export function installNullProvider(directory: string, plugin: string): void {
  for (const registry of ["registry.terraform.io", "registry.opentofu.org"]) {
    installPackage(directory, `${registry}/hashicorp/null`, "3.2.4", plugin);
  }
}
