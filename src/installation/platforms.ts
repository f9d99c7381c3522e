/** Where the plugin runs: it is a Node.js script with a shebang, so one file serves every platform that has those. */

/** In Terraform's notation, `<os>_<arch>`. */
export const PLUGIN_PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;

const TERRAFORM_ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64" };

export interface Platform {
  /** As in `process.platform`. */
  readonly platform: string;
  /** As in `process.arch`. */
  readonly arch: string;
}

/** A platform in Terraform's notation. */
export function terraformPlatform({ platform, arch }: Platform = process): string {
  return `${platform}_${TERRAFORM_ARCHITECTURES[arch] ?? arch}`;
}

/** Why the plugin cannot run on a platform and what to do instead; undefined where it can. */
export function unsupportedPlatform({ platform, arch }: Platform = process): string | undefined {
  if (platform === "win32") {
    return (
      "The ksvla provider does not run on Windows: Terraform starts it as a Unix script. " +
      "Use Windows Subsystem for Linux instead: run `wsl --install`, install Node.js and Terraform inside it, " +
      "and repeat the command there."
    );
  }
  const name = terraformPlatform({ platform, arch });
  if (PLUGIN_PLATFORMS.some((supported) => supported === name)) return undefined;
  return `The ksvla provider does not run on ${name}. Supported platforms: ${PLUGIN_PLATFORMS.join(", ")}.`;
}
