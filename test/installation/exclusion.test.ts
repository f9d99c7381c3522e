import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { exclusions } from "../../src/installation/exclusion";
import { pluginFileName } from "../../src/installation/mirror";
import { terraformPlatform } from "../../src/installation/platforms";

const VERSION = "1.2.3";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "ksvla-exclusion-")));
  mkdirSync(join(folder, "work"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (...parts: string[]) => join(folder, ...parts);

function write(name: string, content: string): string {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), content);
  return path(name);
}

/** What is said of a stack, or of a folder with HCL, under an environment. */
function warnings(environment: NodeJS.ProcessEnv = {}): readonly string[] {
  const workingDirectory = path("work");
  const directory = join(workingDirectory, "terraform.d", "plugins");
  const place = { directory, workingDirectory, path: "terraform.d/plugins", version: VERSION };
  return exclusions(place, { HOME: path("home"), ...environment });
}

/** The same with this in the configuration. */
function warningsUnder(configuration: string): readonly string[] {
  return warnings({ TF_CLI_CONFIG_FILE: write("cli.tfrc", configuration), TERRAFORM_BINARY_NAME: "terraform" });
}

const block = (methods: string) => `provider_installation {\n${methods}\n}\n`;
const EXCLUDING = block("  direct {}");
const MIRROR = '  filesystem_mirror {\n    path = "terraform.d/plugins"\n  }';
const EXCLUDED = '  direct {\n    exclude = ["terraform.local/*/*"]\n  }';

test("a block that knows only registries is named, with the lines to add", () => {
  expect(warningsUnder(`# Ours.\n${block('  direct {\n    exclude = ["corp.example/*/*"]\n  }')}`)).toEqual([
    `The block provider_installation in ${path("cli.tfrc")}, line 2, keeps Terraform from finding the provider ksvla in terraform.d/plugins.
Add this to the block:

  filesystem_mirror {
    path    = "terraform.d/plugins"
    include = ["terraform.local/*/*"]
  }

and this to its methods:

  exclude = ["corp.example/*/*", "terraform.local/*/*"]   # in direct, line 3`,
  ]);
});

test.each([
  ["says nothing of installation", 'plugin_cache_dir = "/tmp"\ncredentials "a.example" {\n  token = "t"\n}\n'],
  ["is empty", ""],
  ["is not readable, which Terraform itself says", "provider_installation {"],
  ["has our mirror alone", block(MIRROR)],
  ["has our mirror, and direct without us", block(`${MIRROR}\n${EXCLUDED}`)],
  [
    "has our mirror in one line",
    block('filesystem_mirror { path = "terraform.d/plugins", include = ["*/*/*"] } direct { include = ["a/b"] }'),
  ],
  ["includes our host", block(MIRROR.replace('"\n', '"\n include = ["hashicorp/null", "terraform.local/*/*"]\n'))],
  ["includes our namespace", block(MIRROR.replace('"\n', '"\n include = ["terraform.local/ksvla/*"]\n'))],
  ["includes us, in capitals", block(MIRROR.replace('"\n', '"\n include = ["Terraform.Local/KSVLA/ksvla"]\n'))],
  [
    "has our mirror behind a network mirror, which may answer",
    block(`network_mirror {\n url = "https://m.example/"\n}\n${MIRROR}`),
  ],
  [
    "has a network mirror that is meant for us",
    block('network_mirror {\n url = "https://m.example/"\n include = ["terraform.local/*/*"]\n}'),
  ],
  ["overrides us for development", block('dev_overrides {\n "terraform.local/ksvla/ksvla" = "/plugin"\n}\ndirect {}')],
])("a configuration that %s is no problem", (_, configuration) => {
  expect(warningsUnder(configuration)).toEqual([]);
});

test.each([
  ["has no method", block("")],
  ["has another mirror only", block('filesystem_mirror {\n path = "/"\n}')],
  ["has our mirror, but not for us", block(MIRROR.replace('"\n', '"\n include = ["registry.terraform.io/*/*"]\n'))],
  ["has our mirror, but excludes us", block(MIRROR.replace('"\n', '"\n exclude = ["terraform.local/ksvla/*"]\n'))],
  ["has a network mirror for everything", block('network_mirror {\n url = "https://m.example/"\n}')],
  ["overrides another provider", block('dev_overrides {\n "terraform.local/ksvla/other" = "/plugin"\n}\ndirect {}')],
  [
    "names a path of the home directory, which Terraform does not expand",
    block('filesystem_mirror {\n path = "~/.terraform.d/plugins"\n}'),
  ],
])("a configuration that %s is a problem", (_, configuration) => {
  const [warning, ...more] = warningsUnder(configuration);
  expect(warning).toContain('filesystem_mirror {\n    path    = "terraform.d/plugins"');
  expect(more).toEqual([]);
});

test.each([
  ["direct", `${MIRROR}\n  direct {}`, "direct, line 5"],
  [
    "a folder that is not there",
    `  filesystem_mirror {\n    path = "nowhere"\n  }\n${MIRROR}`,
    "filesystem_mirror, line 2",
  ],
])("%s beside our mirror would be asked for us and fail, so it is to exclude us", (_, methods, where) => {
  expect(warningsUnder(block(methods))).toEqual([
    expect.stringMatching(
      new RegExp(`Add this to its methods:\n\n  exclude = \\["terraform.local/\\*/\\*"\\] +# in ${where}$`),
    ),
  ]);
});

test.each([
  ["packed", `terraform-provider-ksvla_${VERSION}_${terraformPlatform()}.zip`],
  ["unpacked", join(VERSION, terraformPlatform(), pluginFileName(VERSION))],
])("a mirror elsewhere that has the %s plugin in this version is no problem", (_, name) => {
  write(join("mirror/terraform.local/ksvla/ksvla", name), "");
  expect(warningsUnder(block(`filesystem_mirror {\n path = "${path("mirror")}"\n}`))).toEqual([]);
});

test("a mirror elsewhere that has another version is a problem", () => {
  write(`mirror/terraform.local/ksvla/ksvla/terraform-provider-ksvla_1.0.0_${terraformPlatform()}.zip`, "");
  expect(warningsUnder(block(`filesystem_mirror {\n path = "${path("mirror")}"\n}`))).toHaveLength(1);
});

test("our mirror is known through links, before it exists", () => {
  symlinkSync(path("work"), path("link"));
  expect(warningsUnder(block(`filesystem_mirror {\n path = "${path("link/terraform.d/plugins")}"\n}`))).toEqual([]);
});

describe("in JSON", () => {
  const methods = {
    filesystem_mirror: [{ path: "terraform.d/plugins" }],
    direct: [{ exclude: ["terraform.local/*/*"] }],
  };
  const json = (installation: unknown) =>
    JSON.stringify({ plugin_cache_dir: "/cache", provider_installation: installation }, undefined, 2);

  test("a block that knows only registries is named, too, with its line", () => {
    expect(warningsUnder(json({ direct: [{}] }))).toEqual([
      expect.stringContaining("cli.tfrc, line 3, keeps Terraform"),
    ]);
    expect(warningsUnder(json([{ direct: [{}] }]))).toEqual([expect.stringContaining("Add this to the block:")]);
  });

  test("one that knows the mirror, and excludes the provider elsewhere, is none", () => {
    expect(warningsUnder(json(methods))).toEqual([]);
    expect(warningsUnder(json({ ...methods, direct: [{}] }))).toEqual([expect.stringContaining("# in direct, line 9")]);
    expect(warningsUnder(json({ dev_overrides: [{ "terraform.local/ksvla/ksvla": "/dist" }], direct: [{}] }))).toEqual(
      [],
    );
  });

  test("what is no JSON, the program itself will say", () => {
    expect(warningsUnder("{ provider_installation")).toEqual([]);
  });
});

describe("the configuration is", () => {
  const files = (environment?: NodeJS.ProcessEnv) =>
    warnings(environment).map((warning) => [/in (\S+), line/.exec(warning)?.[1], /keeps (.*) from/.exec(warning)?.[1]]);

  test("none where there is no file", () => {
    expect(files()).toEqual([]);
    expect(files({ TF_CLI_CONFIG_FILE: path("nowhere.tfrc") })).toEqual([]);
    expect(files({ TF_CLI_CONFIG_FILE: path("work") })).toEqual([]);
  });

  test("that of the environment, and then no other", () => {
    write("home/.terraformrc", EXCLUDING);
    const chosen = write("chosen.tfrc", "");
    expect(files({ TF_CLI_CONFIG_FILE: chosen })).toEqual([]);
    write("chosen.tfrc", EXCLUDING);
    expect(files({ TF_CLI_CONFIG_FILE: chosen })).toEqual([[chosen, "Terraform and OpenTofu"]]);
  });

  test("not what a variable names that neither of them reads", () => {
    const own = write("own.tfrc", EXCLUDING);
    expect(files({ TOFU_CLI_CONFIG_FILE: own })).toEqual([]);
  });

  test("relative to where Terraform runs", () => {
    const file = write("work/cli.tfrc", EXCLUDING);
    expect(files({ TF_CLI_CONFIG_FILE: "cli.tfrc" })).toEqual([[file, "Terraform and OpenTofu"]]);
  });

  test("the one in the home directory, for OpenTofu where it has none of its own", () => {
    const terraform = write("home/.terraformrc", EXCLUDING);
    expect(files()).toEqual([[terraform, "Terraform and OpenTofu"]]);
    const tofu = write("home/.tofurc", EXCLUDING);
    expect(files()).toEqual([
      [terraform, "Terraform"],
      [tofu, "OpenTofu"],
    ]);
  });

  test("that of the program which is to run", () => {
    const terraform = write("home/.terraformrc", EXCLUDING);
    const tofu = write("home/.tofurc", EXCLUDING);
    expect(files({ TERRAFORM_BINARY_NAME: "/usr/bin/tofu" })).toEqual([[tofu, "OpenTofu"]]);
    expect(files({ TERRAFORM_BINARY_NAME: "terraform" })).toEqual([[terraform, "Terraform"]]);
  });

  test("also in the pieces beside it, of which the first block counts", () => {
    const piece = write("home/.terraform.d/b.tfrc", EXCLUDING);
    write("home/.terraform.d/a.tfrc", 'plugin_cache_dir = "/tmp"\n');
    write("home/.terraform.d/plugins.txt", EXCLUDING);
    expect(files()).toEqual([[piece, "Terraform and OpenTofu"]]);
    write("home/.terraformrc", block(MIRROR));
    expect(files()).toEqual([]);
  });

  test("for OpenTofu in XDG's place where the home directory has none", () => {
    const xdg = write("config/opentofu/tofurc", EXCLUDING);
    expect(files({ XDG_CONFIG_HOME: path("config") })).toEqual([[xdg, "OpenTofu"]]);
  });
});
