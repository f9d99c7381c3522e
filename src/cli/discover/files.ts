/** Writing files where none are. */
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { oneLine } from "../shared/report";

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
  const written: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name);
      await writeFile(path, "", { flag: "wx" });
      written.push(path);
      await writeFile(path, text);
    }
  } catch (error) {
    // Half of it would keep a second try from writing anything.
    for (const path of written) await rm(path, { force: true });
    throw new Error(`Nothing was written: ${oneLine(error)}`, { cause: error });
  }
  return paths;
}
