/** Whether Terraform finds the plugin, and the one of this package. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import {
  configuredMirrors,
  findInstalled,
  installationWarnings,
  lockedPackage,
  PLUGIN_FOLDER,
  packagedPlugin,
  unsupportedPlatform,
  userPluginDirectory,
} from "../../installation";
import { oneLine } from "../shared/report";
import { stackFolders } from "../shared/stacks";
import { type Finding, ok, problem, warning, worst } from "./check";

export function checkPlugin(): Finding {
  const unsupported = unsupportedPlatform();
  if (unsupported !== undefined) return problem(unsupported);
  const { version, hash } = packagedPlugin();
  const places = mirrors();
  const found = places.flatMap(({ directory, remedy }) =>
    findInstalled(directory).map((installed) => ({ directory, remedy, ...installed })),
  );
  const ours = found.filter((each) => each.version === version);
  const foreign = ours.filter((each) => !each.isPackaged);
  if (foreign.length > 0) {
    return worst(
      foreign.map(({ directory, remedy }) =>
        problem(
          `The ${version} in ${shown(directory)} is another build than the one of this package (${hash}).`,
          remedy,
        ),
      ),
    );
  }
  if (ours.length > 0) {
    return ok(`${version} in ${ours.map(({ directory }) => shown(directory)).join(", ")}, with the hash ${hash}.`);
  }
  const others = found.map((each) => `${each.version} in ${shown(each.directory)}`);
  const which = others.length > 0 ? ` There is ${others.join(", ")}.` : "";
  return warning(
    `The provider ${version} of this package is not installed for configurations in HCL.${which}`,
    "For HCL, run: npx cdktf-ksvla install. CDKTF apps need nothing: synthesis puts it beside each stack.",
  );
}

/** Where Terraform looks for it here, and how it gets there. */
function mirrors(): readonly { readonly directory: string; readonly remedy: string }[] {
  const install = "Run: npx cdktf-ksvla install";
  const users = userMirror();
  return [
    ...(users === undefined ? [] : [{ directory: users, remedy: `${install}.` }]),
    { directory: resolve(PLUGIN_FOLDER), remedy: `${install} --plugin-dir ${PLUGIN_FOLDER}.` },
    ...configuredMirrors(resolve(".")).map((directory) => ({
      directory,
      remedy: `${install} --plugin-dir ${shown(directory)}.`,
    })),
    ...stackFolders().map((folder) => ({
      directory: resolve(folder, PLUGIN_FOLDER),
      remedy: "Synthesize the app again, with this version of the package.",
    })),
  ];
}

function userMirror(): string | undefined {
  try {
    return userPluginDirectory();
  } catch {
    return undefined;
  }
}

/** A lock on other bytes than those that are installed makes every init fail. */
export function checkLockFiles(): Finding {
  const { version, hash } = packagedPlugin();
  const files = [".", ...stackFolders()]
    .map((folder) => join(folder, ".terraform.lock.hcl"))
    .filter((file) => existsSync(file));
  const findings = files.flatMap((file): readonly Finding[] => {
    try {
      const locked = lockedPackage(readFileSync(file, "utf8"));
      if (locked === undefined) return [];
      if (locked.version !== version) {
        return [
          warning(
            `${shown(file)} locks the provider ${locked.version}, and this package has ${version}.`,
            "Run: terraform init -upgrade",
          ),
        ];
      }
      const isOurs = locked.hashes.includes(hash);
      if (isOurs) return [ok(`${shown(file)} locks ${version}.`)];
      return [
        problem(
          `${shown(file)} locks another build of ${version} than the one of this package (${hash}).`,
          "Synthesize the app again; for HCL, run: terraform init -upgrade",
        ),
      ];
    } catch (error) {
      return [problem(`${shown(file)} cannot be read: ${oneLine(error)}`, "Correct the file, or delete it.")];
    }
  });
  return findings.length > 0 ? worst(findings) : ok("No lock file here names the provider.");
}

export function checkCliConfiguration(environment: NodeJS.ProcessEnv): Finding {
  return worst([exclusions(), ...unreadVariable(environment)]);
}

/** As of its version 1.12. */
function unreadVariable({ TOFU_CLI_CONFIG_FILE: file }: NodeJS.ProcessEnv): readonly Finding[] {
  if (!file) return [];
  return [
    warning(
      `TOFU_CLI_CONFIG_FILE is set (${file}), and OpenTofu does not read it.`,
      "Set TF_CLI_CONFIG_FILE instead, which OpenTofu reads, too, or name the file ~/.tofurc.",
    ),
  ];
}

function exclusions(): Finding {
  const users = userMirror();
  const stacks = stackFolders();
  const places = [
    ...(users === undefined || stacks.length > 0 ? [] : [{ directory: users, folder: resolve(".") }]),
    ...stacks.map((stack) => ({ directory: resolve(stack, PLUGIN_FOLDER), folder: resolve(stack) })),
  ];
  const warnings = new Set(places.flatMap(({ directory, folder }) => installationWarnings(directory, folder)));
  if (warnings.size === 0) return ok("No CLI configuration keeps Terraform from finding the provider.");
  const [what = "", ...lines] = [...warnings].join("\n").split("\n");
  return problem(what, lines.join("\n").trim() || undefined);
}

function shown(path: string): string {
  const near = relative(".", path);
  return near.startsWith("..") ? path : near;
}
