/** How Terraform gets the plugin: from what is written beside a stack and from what `install` writes for HCL. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VERSION } from "../../src/version";
import { App, STACK } from "./support/app";
import { Workspace } from "./support/workspace";

const SOURCE = "terraform.local/ksvla/ksvla";
const PLUGINS = "terraform.d/plugins";
const LOCK = ".terraform.lock.hcl";

/** Without the first comment, in which each client names itself. */
const lockedIn = (folder: string) =>
  readFileSync(join(folder, LOCK), "utf8").replace(/^# This file is maintained automatically by .*\n/, "");
/** `validate` starts the plugin, which checks this, and asks no server. */
const HCL = 'provider "ksvla" {}\nresource "ksvla_trusted_certificate" "it" {\n  address = "vcenter.example.test"\n}\n';
const CONSTRUCTS = `
    new ksvla.KsvlaProvider(this, "ksvla");
    new ksvla.TrustedCertificate(this, "it", { address: "vcenter.example.test" });`;

/** A folder with a configuration and the plugin, in which Terraform runs; what two kinds of users have. */
interface Installed {
  readonly folder: string;
  /** Runs Terraform; an exit code other than 0 is an error. */
  terraform(...args: string[]): Promise<string>;
}

const disposables: { dispose(): void }[] = [];
afterEach(() => {
  for (const each of disposables.splice(0)) each.dispose();
});

async function hcl(env: NodeJS.ProcessEnv = {}): Promise<Installed> {
  const workspace = await Workspace.create({ env });
  disposables.push(workspace);
  workspace.write(HCL);
  return {
    folder: workspace.directory,
    terraform: async (...args) => (await workspace.succeed(args)).output,
  };
}

async function stack(env: NodeJS.ProcessEnv = {}): Promise<Installed> {
  const app = new App(CONSTRUCTS, env);
  disposables.push(app);
  await app.synth();
  return {
    folder: app.stackPath(),
    terraform: (...args) => app.terraform(...args),
  };
}

/** A folder that outlives the workspaces of a test. */
function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ksvla-shared-"));
  disposables.push({ dispose: () => rmSync(folder, { recursive: true, force: true }) });
  return folder;
}

function withCache(): { HOME?: string; TF_PLUGIN_CACHE_DIR?: string } {
  const home = sharedFolder();
  // Where cdktf has its own.
  const cache = join(home, ".terraform.d", "plugin-cache");
  mkdirSync(cache, { recursive: true });
  return { HOME: home, TF_PLUGIN_CACHE_DIR: cache };
}

describe.each([
  ["HCL", hcl],
  ["a stack", stack],
])("%s", (_, create) => {
  test.each([
    ["without a plugin cache", (): ReturnType<typeof withCache> => ({})],
    ["with a plugin cache", withCache],
  ])(
    "gets and starts the plugin below a package of ES modules %s, and again at an upgrade",
    async (_kind, environment) => {
      const env = environment();
      const { folder, terraform } = await create(env);
      for (const above of [folder, env.HOME]) {
        if (above !== undefined) writeFileSync(join(above, "package.json"), '{ "type": "module" }');
      }

      expect(await terraform("init")).toContain(`Installed ${SOURCE} v${VERSION}`);
      expect(await terraform("validate")).toContain("Success");
      await terraform("init", "-upgrade");
      expect(await terraform("validate")).toContain("Success");
    },
  );

  test("shares a plugin cache with a job whose output is cleaned up", async () => {
    const environment = withCache();
    const first = await create(environment);
    await first.terraform("init");
    const second = await create(environment);
    // Terraform uses its cache for what the lock file knows.
    copyFileSync(join(first.folder, LOCK), join(second.folder, LOCK));
    await second.terraform("init");

    rmSync(first.folder, { recursive: true });

    expect(await second.terraform("validate")).toContain("Success");
    const third = await create(environment);
    await third.terraform("init");
    expect(await third.terraform("validate")).toContain("Success");
  });

  test("locks for other platforms from the mirror, which changes nothing", async () => {
    const { folder, terraform } = await create();
    await terraform("init");
    const locked = lockedIn(folder);

    await terraform("providers", "lock", `-fs-mirror=${PLUGINS}`, "-platform=darwin_arm64", "-platform=linux_amd64");

    expect(lockedIn(folder)).toBe(locked);
  });

  test("gives its mirror the index of a network mirror with `providers mirror`", async () => {
    const { folder } = await create();
    const empty = await Workspace.create({ install: () => {} });
    disposables.push(empty);

    await empty.succeed(["providers", "mirror", join(folder, PLUGINS)]);

    const index = JSON.parse(readFileSync(join(folder, PLUGINS, SOURCE, `${VERSION}.json`), "utf8"));
    expect(index.archives.linux_arm64.url).toBe(`terraform-provider-ksvla_${VERSION}_linux_arm64.zip`);
  });
});

test("a stack's lock file says what Terraform would write: it may be read-only", async () => {
  const { folder, terraform } = await stack();
  const locked = lockedIn(folder);

  await terraform("init", "-lockfile=readonly");
  await terraform("init", "-upgrade");
  await terraform("providers", "lock", `-fs-mirror=${PLUGINS}`, "-platform=darwin_amd64", "-platform=linux_arm64");

  expect(lockedIn(folder)).toBe(locked);
});

test("a stack with an unpacked plugin, one of another version and a lock file in conflict is mended by synth", async () => {
  const app = new App(CONSTRUCTS);
  disposables.push(app);
  await app.synth();
  const packages = app.stackPath(PLUGINS, SOURCE);
  for (const version of [VERSION, "0.0.1"]) {
    const unpacked = join(packages, version, "linux_amd64");
    mkdirSync(unpacked, { recursive: true });
    writeFileSync(join(unpacked, `terraform-provider-ksvla_v${version}`), "exit 1\n", { mode: 0o755 });
  }
  writeFileSync(join(packages, "terraform-provider-ksvla_0.0.2_linux_amd64.zip"), "");
  const locked = readFileSync(app.stackPath(LOCK), "utf8");
  const conflict = locked.replace(/^ {2}hashes[\s\S]*?\]\n/m, (ours) => {
    const theirs = ours.replace("h1:", "h1:0");
    return `<<<<<<< HEAD\n${theirs}=======\n${ours}>>>>>>> feature\n`;
  });
  writeFileSync(app.stackPath(LOCK), `${conflict}\n${locked.slice(locked.indexOf("provider"))}`);

  await app.synth();

  expect(readdirSync(packages)).toHaveLength(4);
  expect(readFileSync(app.stackPath(LOCK), "utf8").trimEnd()).toBe(locked.trimEnd());
  await app.terraform("init", "-lockfile=readonly");
  expect(await app.terraform("validate")).toContain("Success");
});

test("synths at the same time leave one whole installation", async () => {
  const app = new App(CONSTRUCTS);
  disposables.push(app);
  await app.synth();
  const locked = readFileSync(app.stackPath(LOCK), "utf8");
  rmSync(app.stackPath(LOCK));
  rmSync(app.stackPath("terraform.d"), { recursive: true });

  await Promise.all(Array.from({ length: 4 }, () => app.synth()));

  expect(readdirSync(app.stackPath(PLUGINS, SOURCE))).toHaveLength(4);
  expect(readdirSync(app.stackPath()).sort()).toEqual([LOCK, "cdk.tf.json", "terraform.d"]);
  expect(readFileSync(app.stackPath(LOCK), "utf8")).toBe(locked);
  await app.terraform("init", "-lockfile=readonly");
});

test("a lock file that git left in conflict over another provider stops synth, with its line", async () => {
  const app = new App(CONSTRUCTS);
  disposables.push(app);
  await app.synth();
  writeFileSync(app.stackPath(LOCK), "<<<<<<< HEAD\n# One.\n=======\n# Two.\n>>>>>>> feature\n");

  await expect(app.synth()).rejects.toThrow(
    /Unable to lock .*: git left a conflict in line 1, about more than this provider/,
  );
});

describe("under a CLI configuration that knows no local mirror", () => {
  const CONFIGURATION = "provider_installation {\n  direct {}\n}\n";

  /** Writes the configuration, and what a warning says to add to it. */
  function configuration(warning?: string): string {
    const file = join(sharedFolder(), "cli.tfrc");
    const mirror = /filesystem_mirror \{[^}]*\}/.exec(warning ?? "")?.[0] ?? "";
    const exclude = /exclude = \[.*?\]/.exec(warning ?? "")?.[0] ?? "";
    writeFileSync(file, CONFIGURATION.replace("direct {}", `${mirror}\n  direct {\n    ${exclude}\n  }`));
    return file;
  }

  /** What CDKTF has in the manifest for its command line to print. */
  function warningsOf(app: App): readonly { constructPath: string; level: string; message: string }[] {
    return JSON.parse(app.readFile("cdktf.out/manifest.json")).stacks[STACK].annotations;
  }

  test("synth warns, and with the lines that it says Terraform finds the plugin", async () => {
    const excluding = new App(CONSTRUCTS, { TF_CLI_CONFIG_FILE: configuration() });
    disposables.push(excluding);
    await excluding.synth();
    await expect(excluding.terraform("init")).rejects.toThrow(/Failed to (query available|resolve) provider packages/);
    const [warning] = warningsOf(excluding);
    expect(warning).toMatchObject({ constructPath: `${STACK}/ksvla`, level: "@cdktf/warn" });

    const including = new App(CONSTRUCTS, { TF_CLI_CONFIG_FILE: configuration(warning?.message) });
    disposables.push(including);
    await including.synth();

    expect(warningsOf(including)).toEqual([]);
    await including.terraform("init");
    expect(await including.terraform("validate")).toContain("Success");
  });

  test("a project without such a configuration has no warning", async () => {
    const app = new App(CONSTRUCTS, { TF_CLI_CONFIG_FILE: join(sharedFolder(), "nowhere.tfrc") });
    disposables.push(app);
    await app.synth();

    expect(warningsOf(app)).toEqual([]);
  });
});
