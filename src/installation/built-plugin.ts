/**
 * The plugin that `npm run build` made. It is a module rather than a file to be looked for, so that whatever bundles an app
 * takes the plugin along, and every package manager finds it.
 */

export interface BuiltPlugin {
  /** The archive with the program in it, as Terraform installs it. */
  readonly archive: Uint8Array;
  /** The package's checksum as in `.terraform.lock.hcl`. */
  readonly hash: string;
}

/** What the build writes: `archive` in Base64. */
export interface BuiltModule {
  readonly archive: string;
  readonly hash: string;
}

/** `imports` of package.json say where it is. A literal `require` is what bundlers follow. */
const loadBuilt = (): BuiltModule => require("#plugin");

/**
 * The built plugin.
 *
 * @throws Error when it has not been built.
 */
export function builtPlugin(load: () => BuiltModule = loadBuilt): BuiltPlugin {
  const { archive, hash } = loaded(load);
  return { archive: Buffer.from(archive, "base64"), hash };
}

function loaded(load: () => BuiltModule): BuiltModule {
  try {
    return load();
  } catch (error) {
    throw new Error(
      "The ksvla provider plugin cannot be loaded. In a checkout of cdktf-ksvla, build it: npm run build. In an installation, " +
        `it is a file of the package (dist/plugin/package.js), so install the package again. ${reason(error)}`,
      { cause: error },
    );
  }
}

function reason(error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return `The reason: ${first}`;
}
