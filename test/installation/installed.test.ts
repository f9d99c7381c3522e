import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findInstalled, installPlugin, lockedPackage, PROVIDER_SOURCE } from "../../src/installation";
import type { BuiltPlugin } from "../../src/installation/built-plugin";
import { packageHash } from "../../src/installation/hash";
import { terraformPlatform } from "../../src/installation/platforms";
import { VERSION } from "../../src/version";

const PROGRAM = Buffer.from("program");
const PLUGIN: BuiltPlugin = {
  archive: Buffer.from("archive"),
  hash: packageHash(`terraform-provider-ksvla_v${VERSION}`, PROGRAM),
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ksvla-installed-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const packages = () => join(directory, ...PROVIDER_SOURCE.split("/"));

function unpack(version: string, program: Buffer): void {
  const folder = join(packages(), version, terraformPlatform());
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `terraform-provider-ksvla_v${version}`), program);
}

test("nothing is installed where there is no mirror", () => {
  expect(findInstalled(join(directory, "none"), PLUGIN)).toEqual([]);
});

test("a packed plugin is this package's, byte by byte, or another one", () => {
  const { files } = installPlugin({ directory, plugin: PLUGIN });
  expect(findInstalled(directory, PLUGIN)).toEqual([{ version: VERSION, isPackaged: true }]);
  for (const file of files) writeFileSync(file, "another");
  expect(findInstalled(directory, PLUGIN)).toEqual([{ version: VERSION, isPackaged: false }]);
});

test("so is an unpacked one, of any version", () => {
  unpack(VERSION, PROGRAM);
  unpack("0.0.9", Buffer.from("older"));
  expect([...findInstalled(directory, PLUGIN)].sort((one, other) => one.version.localeCompare(other.version))).toEqual([
    { version: "0.0.9", isPackaged: false },
    { version: VERSION, isPackaged: true },
  ]);
});

test("a lock file tells version and hashes, or nothing, or where it is no HCL", () => {
  const block = `provider "${PROVIDER_SOURCE}" {\n  version = "1.2.3"\n  hashes = [\n    "h1:a",\n    "zh:b",\n  ]\n}\n`;
  expect(lockedPackage(block)).toEqual({ version: "1.2.3", hashes: ["h1:a", "zh:b"] });
  expect(lockedPackage('provider "registry.terraform.io/hashicorp/null" {\n}\n')).toBeUndefined();
  expect(() => lockedPackage("provider {{")).toThrow("in line 1");
});
