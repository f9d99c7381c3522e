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
