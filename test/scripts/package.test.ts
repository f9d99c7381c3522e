/** What is in the package that users install; `npm test` has built it. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import packageJson from "../../package.json";

const ROOT = join(__dirname, "..", "..");
/** Node.js's own, the polyfill that the build leaves out because Node.js 20 never asks for it, and what is in the package. */
const AVAILABLE = [...builtinModules, "web-streams-polyfill/dist/ponyfill.es2018.js", "#plugin"];

test("the package holds what its entries name, its documents, and nothing of the sources", () => {
  const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
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

test("the constructs load no package but cdktf and constructs", () => {
  const program = `
    const seen = new Set();
    const { Module } = require("node:module");
    const load = Module._load;
    Module._load = (name, parent, ...rest) => {
      if (!/^[./]|^node:/.test(name) && parent?.filename.startsWith(${JSON.stringify(join(ROOT, "dist"))})) seen.add(name);
      return load(name, parent, ...rest);
    };
    require(${JSON.stringify(ROOT)});
    console.log(JSON.stringify([...seen].sort()));`;

  const loaded = JSON.parse(execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }));

  const optional = Object.keys(packageJson.peerDependenciesMeta);
  expect(loaded).toEqual(
    Object.keys(packageJson.peerDependencies)
      .filter((name) => !optional.includes(name))
      .sort(),
  );
});

test("every bundled package states its licence", () => {
  const licences = readFileSync(join(ROOT, "dist", "THIRD-PARTY-LICENSES"), "utf8");

  for (const name of ["node-fetch", "commander", "@msgpack/msgpack"])
    expect(licences).toMatch(new RegExp(`^${name} `, "m"));
});
