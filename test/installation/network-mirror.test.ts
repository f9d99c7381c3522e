import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { indexMirror } from "../../src/installation/network-mirror";

let directory: string;
let folder: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ksvla-mirror-"));
  folder = join(directory, "terraform.local", "ksvla", "ksvla");
  mkdirSync(folder, { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const packageOf = (version: string) => ({
  version,
  files: ["linux_amd64", "darwin_arm64"].map((platform) =>
    join(folder, `terraform-provider-ksvla_${version}_${platform}.zip`),
  ),
  hash: `h1:${version}`,
});

test("a version is listed, and so are its archives by platform, next to them", () => {
  const written = indexMirror(directory, packageOf("1.0.0"));

  expect(written).toEqual([join(folder, "index.json"), join(folder, "1.0.0.json")]);
  expect(read("index.json")).toEqual({ versions: { "1.0.0": {} } });
  expect(read("1.0.0.json")).toEqual({
    archives: {
      linux_amd64: { url: "terraform-provider-ksvla_1.0.0_linux_amd64.zip", hashes: ["h1:1.0.0"] },
      darwin_arm64: { url: "terraform-provider-ksvla_1.0.0_darwin_arm64.zip", hashes: ["h1:1.0.0"] },
    },
  });
});

test("versions that are listed already stay", () => {
  for (const version of ["1.0.0", "1.1.0", "1.1.0"]) indexMirror(directory, packageOf(version));

  expect(read("index.json")).toEqual({ versions: { "1.0.0": {}, "1.1.0": {} } });
  expect(readdirSync(folder).sort()).toEqual(["1.0.0.json", "1.1.0.json", "index.json"]);
});

test.each(["", "[]", '{ "versions": ["1.0.0"] }', "null"])("an index that is none, %j, is not overwritten", (text) => {
  writeFileSync(join(folder, "index.json"), text);

  expect(() => indexMirror(directory, packageOf("1.0.0"))).toThrow(/index\.json is no index of a network mirror/);
  expect(readdirSync(folder)).toEqual(["index.json"]);
});
