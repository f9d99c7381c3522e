/** Finds the plugin that `npm run build` made, wherever in the package the calling code was compiled to. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PACKAGE_NAME = "cdktf-ksvla";
const PLUGIN_PATH = join("dist", "plugin", "terraform-provider-ksvla");

/**
 * The path of the built plugin.
 *
 * @param from A folder inside the package.
 * @throws Error when the plugin has not been built.
 */
export function findBuiltPlugin(from: string = __dirname): string {
  const root = packageRoot(from);
  const plugin = join(root, PLUGIN_PATH);
  if (existsSync(plugin)) return plugin;
  throw new Error(
    `The ksvla provider plugin has not been built: there is no file ${plugin}. ` +
      `Run "npm run build" in ${root}; a package installed from a registry contains the file, so reinstall it there.`,
  );
}

function packageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (packageName(folder) === PACKAGE_NAME) return folder;
    if (folder === dirname(folder)) {
      throw new Error(`No package.json of ${PACKAGE_NAME} at ${from} or above it: the installation is incomplete.`);
    }
  }
}

/** Folders on the way may hold package files of other kinds; `dist` has one that only states the module format. */
function packageName(folder: string): unknown {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  const content: unknown = JSON.parse(readFileSync(file, "utf8"));
  return typeof content === "object" && content !== null && "name" in content ? content.name : undefined;
}
