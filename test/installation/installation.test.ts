import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import {
  installPlugin,
  lockPlugin,
  PROVIDER_SOURCE,
  unsupportedPlatform,
  userPluginDirectory,
} from "../../src/installation";
import { findBuiltPlugin } from "../../src/installation/built-plugin";
import { packageHash } from "../../src/installation/hash";
import { VERSION } from "../../src/version";

let folder: string;
let plugin: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-installation-"));
  plugin = join(folder, "built");
  writeFileSync(plugin, "#!/usr/bin/env node\n// version 1\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mirror = () => join(folder, "work", "terraform.d", "plugins");
const install = () => installPlugin({ directory: mirror(), plugin });

test("the mirror holds one executable per supported platform", () => {
  const { files } = install();
  expect(files.map((file) => relative(mirror(), file))).toEqual(
    ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"].map(
      (platform) => `terraform.local/ksvla/ksvla/${VERSION}/${platform}/terraform-provider-ksvla_v${VERSION}`,
    ),
  );
  for (const file of files) {
    expect(readFileSync(file)).toEqual(readFileSync(plugin));
    expect(statSync(file).mode & 0o777).toBe(0o755);
  }
});

test("the platforms share one file, which is not the built one", () => {
  const inodes = new Set(install().files.map((file) => statSync(file).ino));
  expect(inodes.size).toBe(1);
  expect(inodes).not.toContain(statSync(plugin).ino);
});

test("installing again leaves current files alone", () => {
  const before = install().files.map((file) => statSync(file, { bigint: true }).ctimeNs);
  expect(install().files.map((file) => statSync(file, { bigint: true }).ctimeNs)).toEqual(before);
});

test("a new build replaces every file", () => {
  install();
  writeFileSync(plugin, "#!/usr/bin/env node\n// version 2\n");
  for (const file of install().files) expect(readFileSync(file, "utf8")).toContain("version 2");
});

test("a file that lost its executable bit is installed again", () => {
  const [file] = install().files;
  chmodSync(file!, 0o644);
  install();
  expect(statSync(file!).mode & 0o777).toBe(0o755);
});

test("Terraform installs the plugin from the mirror and agrees with the lock file", () => {
  const work = join(folder, "work");
  lockPlugin(work, install());
  const config = { required_providers: { ksvla: { source: PROVIDER_SOURCE, version: VERSION } } };
  writeFileSync(join(work, "main.tf.json"), JSON.stringify({ terraform: config }));
  const { TF_CLI_CONFIG_FILE, ...env } = process.env;
  const output = execFileSync("terraform", ["init", "-no-color", "-input=false", "-lockfile=readonly"], {
    cwd: work,
    env: { ...env, CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
  });
  expect(output).toContain(`Installed ${PROVIDER_SOURCE} v${VERSION}`);
});

test("the hash is the one of Go's dirhash over a one-file package", () => {
  // printf 'hello' | sha256sum, then sha256sum over its line "<hex>  a".
  expect(packageHash("a", Buffer.from("hello"))).toBe("h1:S0omwvHYkZJBBTIrDFOzhXtHX2Aiy0l03HWjdbvfNzg=");
});

test("locking keeps what another provider locked", () => {
  const work = join(folder, "work");
  mkdirSync(work);
  const other = 'provider "registry.terraform.io/hashicorp/null" {\n  version = "3.2.4"\n}\n';
  writeFileSync(join(work, ".terraform.lock.hcl"), other);
  const file = lockPlugin(work, install());
  expect(readFileSync(file, "utf8").startsWith(other)).toBe(true);
  expect(readFileSync(file, "utf8")).toContain(`provider "${PROVIDER_SOURCE}" {`);
});

test("a broken lock file is named and left alone", () => {
  const work = join(folder, "work");
  mkdirSync(work);
  const file = join(work, ".terraform.lock.hcl");
  writeFileSync(file, 'provider "a" {\n');
  expect(() => lockPlugin(work, install())).toThrow(`in ${file}: the block of provider "a"`);
  expect(readFileSync(file, "utf8")).toBe('provider "a" {\n');
});

describe("finding the built plugin", () => {
  const packageFile = (path: string, content: object) => {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, "package.json"), JSON.stringify(content));
  };

  test("walks up to the package, past package files that only state a module format", () => {
    packageFile("", { name: "cdktf-ksvla" });
    packageFile("dist", { type: "commonjs" });
    mkdirSync(join(folder, "dist/plugin"));
    writeFileSync(join(folder, "dist/plugin/terraform-provider-ksvla"), "");
    expect(findBuiltPlugin(join(folder, "dist/src/installation"))).toBe(
      join(folder, "dist/plugin/terraform-provider-ksvla"),
    );
  });

  test("says how to build when there is none", () => {
    packageFile("", { name: "cdktf-ksvla" });
    expect(() => findBuiltPlugin(join(folder, "src"))).toThrow(`Run "npm run build" in ${folder}`);
  });

  test("says so outside of the package", () => {
    expect(() => findBuiltPlugin(folder)).toThrow("the installation is incomplete");
  });
});

describe("platforms", () => {
  test.each(["linux", "darwin"])("%s is supported on x64 and arm64", (platform) => {
    expect(unsupportedPlatform({ platform, arch: "x64" })).toBeUndefined();
    expect(unsupportedPlatform({ platform, arch: "arm64" })).toBeUndefined();
  });

  test("Windows is refused with a pointer to WSL", () => {
    expect(unsupportedPlatform({ platform: "win32", arch: "x64" })).toMatch(/Windows Subsystem for Linux/);
  });

  test("any other platform is refused with those that are supported", () => {
    expect(unsupportedPlatform({ platform: "freebsd", arch: "x64" })).toBe(
      "The ksvla provider does not run on freebsd_amd64. " +
        "Supported platforms: linux_amd64, linux_arm64, darwin_amd64, darwin_arm64.",
    );
  });
});

test("the user's plugin directory is Terraform's", () => {
  expect(userPluginDirectory()).toBe(join(homedir(), ".terraform.d", "plugins"));
});
