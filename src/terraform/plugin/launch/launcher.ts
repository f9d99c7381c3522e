/**
 * What the prologue has Node.js run first: looks whether this Node.js is new enough, and compiles the program. It is
 * compiled itself for Node.js 6, so that an old one can say what it lacks.
 */
// biome-ignore-start lint/style/useNodejsImportProtocol: Node.js before 14.18 does not know "node:".
import { closeSync, readFileSync } from "fs";
import { compileFunction } from "vm";
// biome-ignore-end lint/style/useNodejsImportProtocol: as above
import { refuse } from "./refusal";

/** The file, of which as much is read as is compiled at once: the prologue, this launcher, and the program, */
declare const program: number;
declare const parts: readonly string[];
/** The major version that the program needs at least. */
declare const OLDEST_NODE: number;

const file = process.argv[1] ?? "";
/** and what the program compiles when it gets there. */
let deferred: readonly string[] | undefined;
const loaded: { exports: unknown }[] = [];

function loadDeferred(number: number): unknown {
  const known = loaded[number];
  if (known !== undefined) return known.exports;
  deferred ??= readDeferred();
  const module = { exports: {} };
  const filename = `${file}#deferred-${number}`;
  compileFunction(deferred[number] ?? "", ["module", "exports", "require"], { filename })(
    module,
    module.exports,
    require,
  );
  loaded[number] = module;
  return module.exports;
}

/** The rest of the file, also where another one has taken its place. */
function readDeferred(): readonly string[] {
  const rest = readFileSync(program, "latin1").split("\f");
  closeSync(program);
  return rest.slice(1);
}

function run(): void {
  const version = process.versions.node;
  if (Number.parseInt(version, 10) < OLDEST_NODE) {
    refuse(
      `it needs Node.js ${OLDEST_NODE} or later, and ${process.execPath} is version ${version}. ` +
        "Put a newer one first on the PATH that Terraform runs with.",
    );
    return;
  }
  try {
    compileFunction(parts[2] ?? "", ["require", "__deferred"], { filename: file })(require, loadDeferred);
  } catch (error) {
    refuse(`its program does not run: ${error instanceof Error ? error.message : error}`);
  }
}

run();
