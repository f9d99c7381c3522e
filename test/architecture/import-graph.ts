/** Who imports whom, as the compiler resolves it: through index files and path mappings, and for types alone, too. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/**
 * What each file of a program imports. Files are relative to the program's root; a package is `npm:` and its name.
 * Modules of Node.js are left out.
 */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

const COMPILER = join(__dirname, "../../node_modules/typescript/bin/tsc");

/**
 * Below each of its files the compiler explains why that file is part of the program. It has no other interface that tells
 * (TypeScript 7), and tools with a resolution of their own leave out what is imported for its types alone.
 */
const REASON = /^ .* via .* from file '(.+?)'/;
const PACKAGE = /^node_modules\/(?:.*\/node_modules\/)?(?:@types\/)?((?:@[^/]+\/)?[^/]+)/;

/** @param root Where the program's `tsconfig.json` is. */
export function readImportGraph(root: string): ImportGraph {
  const explained = execFileSync(process.execPath, [COMPILER, "-p", ".", "--listFilesOnly", "--explainFiles"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const graph = new Map<string, Set<string>>();
  let file = "";
  for (const line of explained.split("\n").filter((text) => text !== "")) {
    if (!line.startsWith(" ")) {
      file = line;
      if (isOwn(file)) graph.set(file, graph.get(file) ?? new Set());
      continue;
    }
    const importer = REASON.exec(line)?.[1];
    if (importer === undefined || !isOwn(importer)) continue;
    graph.set(importer, (graph.get(importer) ?? new Set()).add(nodeOf(file)));
  }
  return graph;
}

function isOwn(file: string): boolean {
  return !file.startsWith("node_modules/") && !file.startsWith("../") && !file.startsWith("/");
}

function nodeOf(file: string): string {
  const name = PACKAGE.exec(file)?.[1];
  return name === undefined ? file : `npm:${name}`;
}
