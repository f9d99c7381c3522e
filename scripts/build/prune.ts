/** Leaves out of compiled code what its entries never get to. */
import { existsSync, readFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What `require` and `import` name in compiled code and in declarations; only relative names are followed. */
const REFERENCE = /(?:\brequire\(|\bfrom |\bimport\()"(\.[^"]*)"/g;

/**
 * Removes the `.js` files that the entries do not load and the `.d.ts` files that their types do not need.
 *
 * @param folders What is compiled code, relative to the root.
 * @param entries Without an extension, relative to the root.
 */
export async function removeUnreachable(
  root: string,
  folders: readonly string[],
  entries: readonly string[],
): Promise<void> {
  const reachable = new Set([".js", ".d.ts"].flatMap((extension) => [...reachableFrom(root, entries, extension)]));
  for (const folder of folders) {
    const files = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const unreachable = files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .filter((path) => !reachable.has(path));
    await Promise.all(unreachable.map((path) => rm(path)));
  }
}

function reachableFrom(root: string, entries: readonly string[], extension: string): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = entries.map((entry) => join(root, `${entry}${extension}`));
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const references = [...readFileSync(path, "utf8").matchAll(REFERENCE)].map(([, name = ""]) => name);
    pending.push(...references.flatMap((name) => resolved(join(dirname(path), name), extension)));
  }
  return found;
}

/** A reference to what is not code, such as package.json, leads no further. */
function resolved(path: string, extension: string): string[] {
  return [`${path}${extension}`, join(path, `index${extension}`)]
    .filter((candidate) => existsSync(candidate))
    .slice(0, 1);
}
