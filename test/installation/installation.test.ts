import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join, relative } from "node:path";
import { unzipSync } from "fflate";
import { archiveOf } from "../../scripts/build/pack";
import {
  installPlugin,
  lockPlugin,
  PROVIDER_SOURCE,
  unsupportedPlatform,
  userPluginDirectory,
} from "../../src/installation";
import { type BuiltPlugin, builtPlugin } from "../../src/installation/built-plugin";
import { packageHash } from "../../src/installation/hash";
import { pluginFileName, removeOthers } from "../../src/installation/mirror";
import { VERSION } from "../../src/version";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-installation-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PACKAGES = "terraform.local/ksvla/ksvla";
const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"];
const ARCHIVES = PLATFORMS.map((platform) => `terraform-provider-ksvla_${VERSION}_${platform}.zip`);

/** A plugin as the build makes it. */
function built(text: string): BuiltPlugin {
  const [name, program] = [pluginFileName(VERSION), Buffer.from(text)];
  return { archive: archiveOf(name, program), hash: packageHash(name, program) };
}

const mirror = () => join(folder, "work", "terraform.d", "plugins");
const packages = (...path: string[]) => join(mirror(), PACKAGES, ...path);
const PROGRAM = "#!/bin/sh\n# build 1\n";
const install = (text = PROGRAM, options: { exclusive?: boolean } = {}) =>
  installPlugin({ directory: mirror(), plugin: built(text), ...options });

/** Leaves a file in the mirror. */
function leave(...path: string[]): void {
  mkdirSync(packages(...path.slice(0, -1)), { recursive: true });
  writeFileSync(packages(...path), "");
}

test("the mirror holds one archive per supported platform, and nothing else", () => {
  const { files } = install();
  expect(files.map((file) => relative(packages(), file))).toEqual(ARCHIVES);
  expect(readdirSync(packages()).sort()).toEqual([...ARCHIVES].sort());
  for (const file of files) expect(readFileSync(file)).toEqual(Buffer.from(built(PROGRAM).archive));
});

describe("a mirror that others could have made or may change", () => {
  const guarded = () => installPlugin({ directory: mirror(), plugin: built("#!/bin/sh\n"), guarded: true });

  test("is refused where a folder in it is a link", () => {
    mkdirSync(mirror(), { recursive: true });
    symlinkSync(folder, join(mirror(), "terraform.local"));
    expect(guarded).toThrow(/terraform\.local is a link/);
  });

  test.each([mirror, () => packages()])("is refused where everybody may write a folder of it", (open) => {
    mkdirSync(packages(), { recursive: true });
    chmodSync(open(), 0o777);
    expect(guarded).toThrow(/can be written by everybody/);
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot("is refused where a folder of it belongs to another user", () => {
    mkdirSync(packages(), { recursive: true });
    chownSync(packages(), 4_711, 4_711);
    expect(guarded).toThrow(/belongs to another user/);
  });

  test("may be a link itself, which is the user's word", () => {
    mkdirSync(join(folder, "elsewhere"));
    mkdirSync(join(mirror(), ".."), { recursive: true });
    symlinkSync(join(folder, "elsewhere"), mirror());
    expect(guarded().files).toHaveLength(PLATFORMS.length);
  });
});

test("the platforms share one file", () => {
  const inodes = new Set(install().files.map((file) => statSync(file).ino));
  expect(inodes.size).toBe(1);
});

test("installing again leaves current files alone", () => {
  const before = install().files.map((file) => statSync(file, { bigint: true }).ctimeNs);
  expect(install().files.map((file) => statSync(file, { bigint: true }).ctimeNs)).toEqual(before);
});

test("a new build replaces every file, and they share one again", () => {
  const first = readFileSync(install().files[0]!);
  const { files } = install("#!/bin/sh\n# build 2\n");
  for (const file of files) expect(readFileSync(file)).not.toEqual(first);
  expect(new Set(files.map((file) => statSync(file).ino)).size).toBe(1);
  expect(readdirSync(packages())).toHaveLength(4);
});

test("a damaged archive is replaced", () => {
  const [file = ""] = install().files;
  const intact = readFileSync(file);
  writeFileSync(file, "half a file");
  for (const each of install().files) expect(readFileSync(each)).toEqual(intact);
});

test("an unpacked plugin of the same version makes room", () => {
  for (const platform of PLATFORMS) leave(VERSION, platform, pluginFileName(VERSION));
  install();
  expect(readdirSync(packages()).sort()).toEqual([...ARCHIVES].sort());
});

test("other versions stay where they are, since other configurations may need them", () => {
  leave("0.0.1", "linux_amd64", pluginFileName("0.0.1"));
  leave("terraform-provider-ksvla_0.0.2_linux_amd64.zip");
  install();
  expect(readdirSync(packages())).toEqual(
    expect.arrayContaining(["0.0.1", "terraform-provider-ksvla_0.0.2_linux_amd64.zip"]),
  );
});

test("other versions go where one configuration has the mirror to itself; other providers stay", () => {
  leave("0.0.1", "linux_amd64", pluginFileName("0.0.1"));
  leave("terraform-provider-ksvla_0.0.2_linux_amd64.zip");
  leave("..", "other", "terraform-provider-other_1.0.0_linux_amd64.zip");
  install(undefined, { exclusive: true });
  expect(readdirSync(packages()).sort()).toEqual([...ARCHIVES].sort());
  expect(readdirSync(packages("..", "other"))).toHaveLength(1);
});

describe("what somebody else is writing meanwhile", () => {
  const partial = `.${ARCHIVES[0]}.0123456789ab`;
  beforeEach(() => leave(partial));

  test("stays", () => {
    install(undefined, { exclusive: true });
    expect(readdirSync(packages())).toContain(partial);
  });

  test("goes when it is there for more than an hour, since its writer was killed", () => {
    removeOthers(install().files, Date.now() + 3_600_001);
    expect(readdirSync(packages()).sort()).toEqual([...ARCHIVES].sort());
  });
});

test("the archive holds one executable file and is the same wherever and whenever it is made", () => {
  const content = Buffer.from("#!/bin/sh\n");
  const archive = archiveOf("plugin", content);
  expect(unzipSync(archive)).toEqual({ plugin: new Uint8Array(content) });
  // The external attributes in the one entry of the central directory: APPNOTE.TXT of PKWARE, 4.3.12.
  const entry = Buffer.from(archive).indexOf("PK\x01\x02", "latin1");
  expect(Buffer.from(archive).readUInt32LE(entry + 38) >>> 16).toBe(0o100755);
  const elsewhere = execFileSync(
    process.execPath,
    [
      "--import=tsx",
      "-e",
      `process.stdout.write(require("./scripts/build/pack").archiveOf("plugin", Buffer.from("#!/bin/sh\\n")))`,
    ],
    { cwd: join(__dirname, "..", ".."), env: { ...process.env, TZ: "Asia/Tokyo" } },
  );
  expect(elsewhere.equals(archive)).toBe(true);
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
  expect(() => lockPlugin(work, install())).toThrow(
    `Unable to lock ${PROVIDER_SOURCE} in ${file}: it is not a file that Terraform can read: in line 1, ` +
      'the block provider "a" is not closed by a "}". Correct the file, or delete it.',
  );
  expect(readFileSync(file, "utf8")).toBe('provider "a" {\n');
});

test("a lock file that is not UTF-8 is named and left alone", () => {
  const work = join(folder, "work");
  mkdirSync(work);
  const file = join(work, ".terraform.lock.hcl");
  const bytes = Buffer.from("# gr\xfcn\n", "latin1");
  writeFileSync(file, bytes);
  expect(() => lockPlugin(work, install())).toThrow(`in ${file}: it is not a text in UTF-8`);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

describe("the built plugin", () => {
  test("is an archive with the program, whose hash goes into lock files", () => {
    const { archive, hash } = builtPlugin();
    const [[name = "", program = new Uint8Array()] = [], ...others] = Object.entries(unzipSync(archive));

    expect(others).toEqual([]);
    expect(name).toBe(pluginFileName(VERSION));
    expect(packageHash(name, program)).toBe(hash);
  });

  test("that cannot be loaded is an error that says what to do in a checkout, and what in an installation", () => {
    const missing = () => {
      throw new Error("Cannot find module\nRequire stack: …");
    };
    expect(() => builtPlugin(missing)).toThrow(
      /npm run build\..*install the package again\. The reason: Cannot find module$/,
    );
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

describe("the user's plugin directory", () => {
  test("is Terraform's in the home directory of the environment", () => {
    expect(userPluginDirectory({ HOME: folder })).toBe(join(folder, ".terraform.d", "plugins"));
  });

  test("is in the account's home directory where the environment names none", () => {
    expect(userPluginDirectory({ HOME: "" })).toBe(join(userInfo().homedir, ".terraform.d", "plugins"));
  });

  test.each(["relative", "/nowhere/at/all"])("is refused in %s", (home) => {
    expect(() => userPluginDirectory({ HOME: home })).toThrow(`"${home}" is not the absolute path of a directory`);
  });
});
