/** What compiled code and declarations name of each other. */
import { dirname, join } from "node:path";

/** What `require` and `import` name, with what stands before it. */
export const REFERENCE = /(\brequire\(|\bfrom |\bimport\(|\bimport )"([^"]*)"/g;

/**
 * The file that a relative name means in a file of the same kind.
 *
 * @param paths Everything that there is, relative to the same folder as the path.
 * @returns undefined for a package, and for what is no code, such as package.json
 */
export function resolveReference(
  path: string,
  name: string,
  paths: { has(path: string): boolean },
): string | undefined {
  if (!name.startsWith(".")) return undefined;
  const extension = path.endsWith(".d.ts") ? ".d.ts" : ".js";
  const target = join(dirname(path), name);
  return [`${target}${extension}`, join(target, `index${extension}`)].find((candidate) => paths.has(candidate));
}
