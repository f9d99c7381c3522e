/** What of the entry for tests is not compiled like everything else. */
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildOptions, buildText, packagesOf } from "./bundle";

/** The one compiled module that uses an npm package which users do not have: it gets that package inside. */
const WITH_PACKAGE = "src/inventory/document";
/** Vitest can be imported by ES modules only, and the compiler writes none. */
const ES_MODULES = ["constructs/testing/vitest.mjs", "constructs/testing/vitest.d.mts"];

/**
 * @param folder Where the compiled code is.
 * @returns Folders of the npm packages inside, relative to the root.
 */
export async function completeTesting(root: string, folder: string): Promise<readonly string[]> {
  const { text, inputs } = await buildText({ ...buildOptions(root), entryPoints: [`${WITH_PACKAGE}.ts`] });
  await writeFile(join(folder, `${WITH_PACKAGE}.js`), text);
  for (const file of ES_MODULES) await copyFile(join(root, file), join(folder, file));
  return packagesOf(inputs);
}
