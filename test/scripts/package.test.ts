/** What is in the package that users install; `npm test` has built it. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import packageJson from "../../package.json";

const ROOT = join(__dirname, "..", "..");
/** Node.js's own, the polyfill that the build leaves out because Node.js 20 never asks for it, and what is in the package. */
const AVAILABLE = [...builtinModules, "web-streams-polyfill/dist/ponyfill.es2018.js", "#plugin"];

/** Packed: it is carried over by hand to networks without a registry. */
const MAX_BYTES = 2_000_000;

test("the package holds what its entries name, its documents, and nothing of the sources", () => {
  const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files, size }] = JSON.parse(packed) as [{ files: { path: string }[]; size: number }];
  const paths = files.map(({ path }) => path);

  expect(paths).toEqual(
    expect.arrayContaining([
      packageJson.main,
      packageJson.types,
      ...Object.values(packageJson.bin),
      "dist/plugin/package.js",
      "dist/plugin/terraform-provider-ksvla",
      "dist/THIRD-PARTY-LICENSES",
      "LICENSE",
      "README.md",
      "CHANGELOG.md",
    ]),
  );
  expect(size).toBeLessThan(MAX_BYTES);
  expect(paths.filter((path) => /^(src|test|scripts|node_modules)\/|(?<!\.d)\.ts$/.test(path))).toEqual([]);
});

test.each([
  ["dist/plugin/terraform-provider-ksvla", "#!/bin/sh"],
  [packageJson.bin.ksvla, "#!/usr/bin/env node"],
])("%s is an executable script of %s that needs no other package", (path, interpreter) => {
  const text = readFileSync(join(ROOT, path), "utf8");
  const required = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name = ""]) => name);

  expect(statSync(join(ROOT, path)).mode & 0o111).toBe(0o111);
  expect(text.split("\n")[0]).toBe(interpreter);
  expect(required.filter((name) => !name.startsWith("node:") && !AVAILABLE.includes(name))).toEqual([]);
});

/** The packages that an entry loads, as far as the package's own code asks for them. */
function packagesOf(entry: string): readonly string[] {
  const program = `
    const seen = new Set();
    const { isBuiltin, Module } = require("node:module");
    const load = Module._load;
    Module._load = (name, parent, ...rest) => {
      if (!/^[.#/]/.test(name) && !isBuiltin(name) && parent?.filename.startsWith(${JSON.stringify(join(ROOT, "dist"))})) seen.add(name);
      return load(name, parent, ...rest);
    };
    require(${JSON.stringify(entry)});
    console.log(JSON.stringify([...seen].sort()));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", program], { cwd: ROOT, encoding: "utf8" }));
}

test.each([
  ["cdktf-ksvla", ["cdktf", "constructs"]],
  ["cdktf-ksvla/generated", ["cdktf"]],
  ["cdktf-ksvla/lifecycle-hook", ["@cdktf/provider-null", "cdktf"]],
  ["cdktf-ksvla/cdktn", ["cdktn", "constructs"]],
  ["cdktf-ksvla/cdktn/generated", ["cdktn"]],
  ["cdktf-ksvla/cdktn/lifecycle-hook", ["cdktn"]],
  ["cdktf-ksvla/testing", ["cdktf"]],
  ["cdktf-ksvla/cdktn/testing", ["cdktn"]],
  ["cdktf-ksvla/simulator", []],
])("%s loads no packages but %j", (entry, packages) => {
  expect(packagesOf(entry)).toEqual(packages);
});

/** They set a test runner up, and know no CDK. */
const FOR_BOTH = ["./testing/jest", "./testing/vitest"];

test("there is an entry for CDK Terrain beside each one for CDKTF", () => {
  const names = (start: string) =>
    Object.entries(packageJson.exports)
      .filter(([, target]) => typeof target === "object" && target.default.startsWith(start))
      .map(([name]) => name.replace("./cdktn", "."))
      .filter((name) => !FOR_BOTH.includes(name));
  expect(names("./dist/cdktn/")).toEqual(names("./dist/constructs/"));
});

test("compilers that know no exports find the types of each entry", () => {
  const types = Object.entries(packageJson.exports)
    .filter(([name]) => name !== "." && name !== "./package.json")
    .map(([name, target]) => [name.slice("./".length), typeof target === "object" ? [target.types] : []]);
  expect(packageJson.typesVersions["*"]).toEqual(Object.fromEntries(types));
});

test("an entry for CDK Terrain tells to import and to run what there is for it", () => {
  const read = (path: string) => readFileSync(join(ROOT, "dist", path), "utf8");
  expect(read("cdktn/constructs/hook/lifecycle-hook.d.ts")).toContain('from "cdktf-ksvla/cdktn/lifecycle-hook"');
  expect(read("cdktn/constructs/fleet/lists.js")).toContain('KsvlaSvm of "cdktf-ksvla/cdktn/generated"');
  expect(read("cdktn/constructs/provider.d.ts")).toContain("`cdktn deploy`");
});

test("every bundled package states its licence", () => {
  const licences = readFileSync(join(ROOT, "dist", "THIRD-PARTY-LICENSES"), "utf8");

  for (const name of ["node-fetch", "commander", "@bufbuild/protobuf"])
    expect(licences).toMatch(new RegExp(`^${name} `, "m"));
});
