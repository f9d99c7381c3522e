/**
 * The entries for CDK Terrain: the same compiled code as for CDKTF, with other modules in place of CDKTF's. What knows nothing of
 * either CDK, such as schemas, is there once for both.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { exports } from "../../package.json";
import { REFERENCE, resolveReference } from "./references";

/** The folder of what is written, in that of the package's compiled code. */
export const CDK_TERRAIN = "cdktn";

/** What stands in place of which package, */
const PACKAGES: Readonly<Record<string, string>> = { cdktf: "cdktn" };
/** and of which module. */
const MODULES: Readonly<Record<string, string>> = {
  "constructs/hook/null-resource": "constructs/hook/data-resource",
};
/** What texts and documentation comments tell to import, */
const ENTRY = /"cdktf-ksvla(\/[\w-]+)?"/g;
/** and to run. */
const COMMAND = /\bcdktf (?=(?:deploy|destroy|diff|plan|synth)\b)/g;

/**
 * @param folder Where the compiled code is.
 * @param sources The folders in it that have code.
 */
export async function writeCdkTerrain(folder: string, sources: readonly string[]): Promise<void> {
  const code = await readCode(folder, sources);
  const own = dependentOn(Object.keys(PACKAGES), code);
  for (const [path, text] of code) {
    if (!own.has(moduleOf(path)) || Object.hasOwn(MODULES, moduleOf(path))) continue;
    const target = join(folder, CDK_TERRAIN, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, rewrite(text, path, own, code));
  }
}

/** By path, relative to the folder: what is loaded, and what types are taken from. */
type Code = ReadonlyMap<string, string>;

async function readCode(folder: string, sources: readonly string[]): Promise<Code> {
  const found = await Promise.all(
    sources.map(async (source) => {
      const files = await readdir(join(folder, source), { recursive: true, encoding: "utf8" });
      return files.filter((file) => EXTENSION.test(file)).map((file) => join(source, file));
    }),
  );
  const paths = found.flat().sort();
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const)),
  );
}

const EXTENSION = /(?:\.d\.ts|\.js)$/;

function moduleOf(path: string): string {
  return path.replace(EXTENSION, "");
}

/** The modules that get to one of the packages, in code or in types. */
function dependentOn(packages: readonly string[], code: Code): ReadonlySet<string> {
  const references = new Map<string, Set<string>>();
  for (const [path, text] of code) {
    const known = references.get(moduleOf(path)) ?? new Set();
    for (const name of namesIn(text)) known.add(moduleOf(resolveReference(path, name, code) ?? name));
    references.set(moduleOf(path), known);
  }
  const dependent = new Set<string>(packages);
  for (let size = 0; size !== dependent.size; ) {
    size = dependent.size;
    for (const [module, names] of references) {
      if ([...names].some((name) => dependent.has(name))) dependent.add(module);
    }
  }
  return dependent;
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(REFERENCE)].map(([, , name = ""]) => name);
}

function rewrite(text: string, path: string, own: ReadonlySet<string>, code: Code): string {
  return text
    .replace(REFERENCE, (_, before: string, name: string) => `${before}"${replacement(name, path, own, code)}"`)
    .replace(ENTRY, (name: string, below = "") =>
      Object.hasOwn(exports, `./${CDK_TERRAIN}${below}`) ? `"cdktf-ksvla/${CDK_TERRAIN}${below}"` : name,
    )
    .replace(COMMAND, "cdktn ");
}

function replacement(name: string, path: string, own: ReadonlySet<string>, code: Code): string {
  const target = resolveReference(path, name, code);
  // A package, or what is no code, such as package.json.
  if (target === undefined && !name.startsWith(".")) return PACKAGES[name] ?? name;
  const module = target === undefined ? join(dirname(path), name) : moduleOf(target);
  const place = MODULES[module] ?? module;
  const from = join(CDK_TERRAIN, dirname(path));
  const found = relative(from, own.has(module) ? join(CDK_TERRAIN, place) : place);
  return found.startsWith(".") ? found : `./${found}`;
}
