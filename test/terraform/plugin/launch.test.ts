/** A plugin starts wherever there is a Node.js, and says what it lacks where it cannot. */
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { bundlePlugin as bundle } from "../../../scripts/build/bundle-plugin";
import { makeCertificate } from "../../support/certificates";
import { PATH } from "../../support/path";
import { bundlePlugin, PluginProcess, pluginEnvironment, type StartOptions } from "../../support/plugin-process";

const ROOT = join(__dirname, "../../..");
const EXAMPLE = "test/support/example-plugin.ts";
const NAME = "terraform-provider-test_v1.0.0";
const HEALTH = "/grpc.health.v1.Health/Check";
const SERVING = Buffer.from([0x08, 1]);
const TYPE_MODULE = '{ "type": "module" }';

let plugin: Awaited<ReturnType<typeof bundlePlugin>>;
let folder: string;
const started: PluginProcess[] = [];

beforeAll(async () => {
  plugin = await bundlePlugin(join(ROOT, EXAMPLE));
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "launch-"));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.dispose()));
  rmSync(folder, { recursive: true });
});
afterAll(() => plugin.remove());

async function start(
  command: readonly [string, ...string[]] = [plugin.file],
  env: NodeJS.ProcessEnv = {},
  options: StartOptions = {},
): Promise<PluginProcess> {
  const process = await PluginProcess.start(command, env, options);
  started.push(process);
  return process;
}

/** Resolves when a started plugin has answered a call, and nothing but its handshake is on stdout. */
async function serves(starting: Promise<PluginProcess>): Promise<void> {
  const process = await starting;
  expect(await process.unary(HEALTH, new Uint8Array())).toEqual(SERVING);
  expect(process.stdout).toEqual([expect.stringMatching(/^1\|6\|/)]);
}

/** Writes a file into the test's folder, and the folders that it needs. */
function write(path: string, content: string, mode = 0o644): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

/** The plugin, copied into the test's folder. */
function installed(path: string): string {
  const file = join(folder, path, NAME);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(plugin.file, file);
  return file;
}

/** A PATH whose first `node` is this script. */
function pathWithNode(script: string): string {
  return [dirname(write("shims/node", script, 0o755)), PATH].join(delimiter);
}

describe("wherever its file is", () => {
  test.each(["", "inner/folder"])('below a package.json with "type": "module", in "%s"', async (path) => {
    write("package.json", TYPE_MODULE);
    await serves(start([installed(path)]));
  });

  test('with a relative path, where the working directory has a package.json with "type": "module"', async () => {
    write("package.json", TYPE_MODULE);
    installed(".terraform");
    await serves(start([`.terraform/${NAME}`], {}, { cwd: folder }));
  });

  test("through a link to its folder, as in a plugin cache", async () => {
    write("package.json", TYPE_MODULE);
    installed("cache");
    symlinkSync(join(folder, "cache"), join(folder, "link"));
    await serves(start([join(folder, "link", NAME)]));
  });

  test.each(["a folder", 'it\'s "quoted"', "$HOME `x` *", "-e", "grüße"])(
    "in a folder that is called %s",
    async (name) => {
      await serves(start([installed(name)]));
    },
  );
});

describe("whatever NODE_OPTIONS are", () => {
  test.each([
    "--require ./missing.cjs",
    "--import ./missing.mjs",
    "--no-such-option",
    "--inspect-brk=0",
    "--max-old-space-size=much",
    '--title "a b" --require "*"',
  ])("%s", async (options) => {
    await serves(start([plugin.file], { NODE_OPTIONS: options }));
  });

  test("a preload that prints", async () => {
    const preload = write("preload.cjs", 'console.log("1|5|unix|/tmp/x|grpc|")');
    await serves(start([plugin.file], { NODE_OPTIONS: `--require ${preload}` }));
  });

  test("those about memory and the network are handed on, the others are not", async () => {
    const node = pathWithNode('#!/bin/sh\nprintf "%s\\n" "$NODE_OPTIONS" "$@" >&3\n');
    const options = [
      ...["--max-old-space-size=512", "--require=x", "--max_old_space_size=256", "--use-openssl-ca", "--inspect"],
      ...["--tls-min-v1.0", "--dns-result-order=ipv4first", "--max-old-space-size=1x", "*"],
    ].join("  ");
    const { stdout } = spawnSync(plugin.file, { env: { PATH: node, NODE_OPTIONS: options }, encoding: "utf8" });
    expect(stdout.split("\n")).toEqual([
      "",
      "--max-old-space-size=512",
      "--max_old_space_size=256",
      "--use-openssl-ca",
      "--tls-min-v1.0",
      "--dns-result-order=ipv4first",
      "-e",
      expect.stringContaining("eval"),
      "--",
      plugin.file,
      String(process.pid),
      "",
    ]);
  });

  test("and Node.js takes them", async () => {
    await serves(
      start([plugin.file], {
        NODE_OPTIONS:
          "--max-old-space-size=512 --max_old_space_size=512 --use-openssl-ca --tls-min-v1.0 --dns-result-order=ipv4first",
      }),
    );
  });
});

describe("whatever the temporary folder is", () => {
  test.each([
    ["missing", "/missing/folder"],
    ["a file", "/etc/passwd"],
    ["one that nobody can write", "/proc"],
    ["too deep for a socket", `/tmp/${"deep/".repeat(30)}`],
    ["relative and missing", "tmp"],
    ["the working directory", "."],
  ])("%s", async (_, TMPDIR) => {
    await serves(start([plugin.file], { TMPDIR }, { cwd: folder }));
  });

  test("one with a space in its name is used", async () => {
    const TMPDIR = join(folder, "a b");
    mkdirSync(TMPDIR);
    const [, , , socket] = await (await start([plugin.file], { TMPDIR })).handshake();
    expect(dirname(dirname(socket!))).toBe(TMPDIR);
  });
});

describe("whatever the shell is", () => {
  const shells = ["sh", "dash", "bash", "busybox", "mksh", "yash", "zsh"].filter(
    (name) => spawnSync(name, ["-c", ":"]).error === undefined,
  );

  test.each(shells)("%s", async (shell) => {
    const options: Readonly<Record<string, string[]>> = {
      busybox: ["sh"],
      bash: ["--posix"],
      zsh: ["--emulate", "sh"],
    };
    const command = [shell, ...(options[shell] ?? []), plugin.file] as const;
    await serves(start(command, { NODE_OPTIONS: "--max-old-space-size=512 --require ./missing.cjs" }));
  });
});

describe("whatever `node` is", () => {
  const REAL = process.execPath;

  test("a script that prints before it runs the real one", async () => {
    const node = pathWithNode(`#!/bin/sh\necho "Now using node v20"\nexec "${REAL}" "$@"\n`);
    await serves(start([plugin.file], { PATH: node }));
  });

  test("a program that runs the real one as its child", async () => {
    await serves(start([plugin.file], { PATH: pathWithNode(`#!/bin/sh\n"${REAL}" "$@"\n`) }));
  });

  test("called nodejs", async () => {
    mkdirSync(join(folder, "bin"));
    symlinkSync(REAL, join(folder, "bin", "nodejs"));
    await serves(start([plugin.file], { PATH: join(folder, "bin") }));
  });

  test("a shell function that was exported", async () => {
    const exported = { "BASH_FUNC_node%%": "() { echo function; }" };
    await serves(start(["bash", "--posix", plugin.file], exported));
  });
});

describe("the end of who started it", () => {
  /** Node.js as the child of a shim that outlives its parent. */
  const SHIM = `#!/bin/sh\n"${process.execPath}" "$@"\n`;

  test("ends it, also where a shim stands between", async () => {
    const launcher = `require("node:child_process").spawn(process.argv[1], { stdio: "inherit" })`;
    const terraform = await start([process.execPath, "-e", launcher, plugin.file], { PATH: pathWithNode(SHIM) });
    const [, , , socket] = await terraform.handshake();
    const closed = once(terraform.child.stdout, "close");
    terraform.child.kill("SIGKILL");
    await closed;
    expect(existsSync(dirname(socket!))).toBe(false);
  });

  test("in the shape of a shim that is killed ends it, since Terraform kills no other process", async () => {
    const shim = await start([plugin.file], { PATH: pathWithNode(SHIM) });
    const [, , , socket] = await shim.handshake();
    const closed = once(shim.child.stdout, "close");
    shim.child.kill("SIGKILL");
    await closed;
    expect(existsSync(dirname(socket!))).toBe(false);
  });
});

describe("what it says where it cannot start", () => {
  /** What Terraform shows: the first line. It has no "|", which would make it a handshake. */
  function refusal(file: string, env: NodeJS.ProcessEnv): string {
    const { stdout, status } = spawnSync(file, { env, encoding: "utf8" });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^[^|\n]+\n$/);
    return stdout.trim();
  }

  test("without a node on the PATH", () => {
    expect(refusal(plugin.file, { PATH: folder })).toBe(
      `${NAME} did not start: it needs Node.js, and there is no node on the PATH that Terraform runs with. ` +
        "Install Node.js, or put its folder on that PATH.",
    );
  });

  test("with a node that is too old, which is named", async () => {
    const outfile = join(folder, NAME);
    await bundle({ root: ROOT, entry: EXAMPLE, outfile, oldestNode: 99 });
    expect(refusal(outfile, { PATH })).toBe(
      `${NAME} did not start: it needs Node.js 99 or later, and ${process.execPath} is version ${process.versions.node}. ` +
        "Put a newer one first on the PATH that Terraform runs with.",
    );
  });

  test("with half a file", () => {
    const file = installed("");
    execFileSync("truncate", ["-s", "6000", file]);
    expect(refusal(file, { PATH })).toMatch(`${NAME} did not start: its program does not run: `);
  });

  test("with a client that it cannot serve", async () => {
    const env = pluginEnvironment(await makeCertificate(), { PLUGIN_CLIENT_CERT: "" });
    expect(refusal(plugin.file, env)).toMatch(`${NAME} did not start: the client shows no certificate`);
  });
});
