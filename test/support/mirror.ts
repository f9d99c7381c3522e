/** Puts a provider's plugin into a plugin mirror, under any source address. */
import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64" };

/** For the platform that the tests run on. */
export function installPackage(directory: string, source: string, version: string, plugin: string): void {
  const platform = `${process.platform}_${ARCHITECTURES[process.arch] ?? process.arch}`;
  const folder = join(directory, ...source.split("/"), version, platform);
  const file = join(folder, `terraform-provider-${source.split("/").at(-1)}_v${version}`);
  mkdirSync(folder, { recursive: true });
  copyFileSync(plugin, file);
  chmodSync(file, 0o755);
}
