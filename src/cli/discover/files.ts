/** Writing files where none are. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Texts by the names of their files. */
export type Files = Readonly<Record<string, string>>;

/**
 * Writes all of them.
 *
 * @returns their paths
 * @throws before anything is written, where one of them is there already
 */
export async function writeNewFiles(folder: string, files: Files): Promise<readonly string[]> {
  const paths = Object.keys(files).map((name) => join(folder, name));
  const taken = paths.filter((path) => existsSync(path));
  if (taken.length > 0) {
    throw new Error(
      `Nothing was written, since nothing is overwritten: there is ${taken.join(", ")}. Give another --out.`,
    );
  }
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { flag: "wx" });
  return paths;
}
