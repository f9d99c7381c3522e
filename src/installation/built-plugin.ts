/** Finds the plugin that `npm run build` made, wherever in the package the calling code was compiled to. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PACKAGE_NAME = "cdktf-ksvla";

export interface BuiltPlugin {
  /** The path of the program itself. */
  readonly executable: string;
  /** The path of the archive with the program in it, as Terraform installs it. */
  readonly archive: string;
}

/**
 * The built plugin.
 *
 * @param from A folder inside the package.
 * @throws Error when the plugin has not been built.
 */
export function findBuiltPlugin(from: string = __dirname): BuiltPlugin {
  const root = packageRoot(from);
  const folder = join(root, "dist", "plugin");
  const plugin = { executable: join(folder, "terraform-provider-ksvla"), archive: join(folder, "package.zip") };
  const missing = Object.values(plugin).find((path) => !existsSync(path));
  if (missing === undefined) return plugin;
  throw new Error(
    `The ksvla provider plugin has not been built: there is no file ${missing}. ` +
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
