/** What the bundled files contain, as a bill of materials that scanners read (CycloneDX 1.6, JSON). */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Contrib, Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import parseExpression from "spdx-expression-parse";
import packageJson from "../../package.json";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

const licences = new Contrib.License.Factories.LicenseFactory(parseExpression);

/**
 * @param packages Folders of the npm packages inside, relative to the root.
 * @returns The same text at every build: without a time and without a serial number.
 */
export async function billOfMaterials(root: string, packages: readonly string[]): Promise<string> {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { integrity?: string } | undefined>;
  };
  const bom = new Models.Bom();
  bom.metadata.component = component(Enums.ComponentType.Application, packageJson);
  for (const folder of new Set(packages)) {
    const described = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8")) as Package;
    const part = component(Enums.ComponentType.Library, described, lock.packages[folder]?.integrity);
    bom.metadata.component.dependencies.add(part.bomRef);
    bom.components.add(part);
  }
  const normalizers = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const serializer = new Serialize.JsonSerializer(normalizers);
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function component(type: Enums.ComponentType, { name, version, license }: Package, integrity?: string) {
  const [, group, rest = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const purl = `pkg:npm/${group === undefined ? "" : `${group.replace("@", "%40")}/`}${rest}@${version}`;
  const part = new Models.Component(type, rest, { version, purl, bomRef: purl, ...(group !== undefined && { group }) });
  if (license !== undefined) part.licenses.add(licences.makeFromString(license));
  const [, sha512] = /^sha512-(.+)$/.exec(integrity ?? "") ?? [];
  if (sha512 !== undefined) {
    part.hashes.set(Enums.HashAlgorithm["SHA-512"], Buffer.from(sha512, "base64").toString("hex"));
  }
  return part;
}
