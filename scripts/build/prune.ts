/** Leaves out of compiled code what its entries never get to. */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { REFERENCE, resolveReference } from "./references";

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
  const paths = await filesIn(root, folders);
  const reachable = new Set<string>();
  const pending = entries.flatMap((entry) => [`${entry}.js`, `${entry}.d.ts`]);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reachable.has(path)) continue;
    reachable.add(path);
    const text = await readFile(join(root, path), "utf8");
    for (const [, , name = ""] of text.matchAll(REFERENCE)) {
      const target = resolveReference(path, name, paths);
      if (target !== undefined) pending.push(target);
    }
  }
  await Promise.all([...paths].filter((path) => !reachable.has(path)).map((path) => rm(join(root, path))));
}

async function filesIn(root: string, folders: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const files = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
      return files
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name).slice(root.length + 1));
    }),
  );
  return new Set(found.flat());
}
