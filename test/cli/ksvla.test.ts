import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../../package.json";
import { cleanEnvironment, terraform } from "../e2e/support/workspace";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");
const BLOCK = / {2}terraform \{\n[\s\S]*?\n {2}\}\n/;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ksvla-cli-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function run(command: string, ...args: readonly string[]) {
  return runWith({}, command, ...args);
}

function runWith(env: NodeJS.ProcessEnv, command: string, ...args: readonly string[]) {
  const options = { cwd: directory, env: { ...cleanEnvironment(directory), ...env } };
  return spawnSync(command, args, { ...options, encoding: "utf8" });
}

test.each(["--version", "-v"])("%s prints the package's version", (option) => {
  expect(run(KSVLA, option)).toMatchObject({ status: 0, stdout: `${version}\n` });
});

test("--help of each command shows examples, with exit code 0", () => {
  const commands = [...run(KSVLA, "--help").stdout.matchAll(/^ {2}([a-z]+) .* {2}\S/gm)].map(([, name]) => name ?? "");
  expect(commands).toContain("install");
  for (const name of commands.filter((name) => name !== "help")) {
    const { status, stdout } = run(KSVLA, name, "--help");
    expect([name, status, /^Examples?:\n {2}/m.test(stdout)]).toEqual([name, 0, true]);
  }
});

test.each([
  ["an unknown option", ["install", "--plugindir=x"], /^error: unknown option '--plugindir=x'\n/],
  ["an unknown command", ["instal"], /^error: unknown command 'instal'\n/],
  ["an argument too many", ["journal", "x"], /^error: /],
  ["no command at all", [], /^Usage: ksvla/],
])("%s is wrong usage: a line and a hint, with exit code 2", (_, args, message) => {
  const { status, stdout, stderr } = run(KSVLA, ...args);

  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("install prints a required_providers block with which terraform init finds the plugin in terraform.d/plugins", () => {
  const { status, stdout } = run(KSVLA, "install", "--plugin-dir", "terraform.d/plugins");
  expect(status).toBe(0);
  writeFileSync(join(directory, "main.tf"), stdout.match(BLOCK)?.[0] ?? "");

  const init = run(terraform(), "init");

  expect(init.stdout).toContain(`terraform.local/ksvla/ksvla v${version}`);
  expect(init.status).toBe(0);
});

test("install without a directory installs for the user, where terraform init finds the plugin anywhere", () => {
  mkdirSync(join(directory, "home"));
  const { stdout } = run(KSVLA, "install");
  writeFileSync(join(directory, "main.tf"), stdout.match(BLOCK)?.[0] ?? "");

  expect(stdout).toContain(join(directory, "home", ".terraform.d", "plugins"));
  expect(run(terraform(), "init").status).toBe(0);
});

test("install into another directory prints the init command that uses it", () => {
  const { stdout } = run(KSVLA, "install", "--plugin-dir", "my plugins");
  writeFileSync(join(directory, "main.tf"), stdout.match(BLOCK)?.[0] ?? "");
  const command = stdout.match(/Then run: terraform (.*)\n/)?.[1] ?? "";

  const init = run("sh", "-c", `"${terraform()}" ${command}`);

  expect(command).toContain("-plugin-dir='");
  expect(init.status).toBe(0);
});

test.each([
  ["a path that is not there", "/nowhere/home"],
  ["a relative path", "home"],
])("install without a home directory, but %s, says to use --plugin-dir", (_, home) => {
  mkdirSync(join(directory, "home"));

  const { status, stdout, stderr } = runWith({ HOME: home }, KSVLA, "install");

  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toBe(
    `error: There is no home directory to install into: "${home}" is not the absolute path of a directory. ` +
      "Use --plugin-dir DIR to say where to install.\n",
  );
});

test("install into a directory needs no home directory", () => {
  expect(runWith({ HOME: "/nowhere/home" }, KSVLA, "install", "--plugin-dir", "plugins").status).toBe(0);
});

test("install into a directory without a name is refused", () => {
  const { status, stderr } = run(KSVLA, "install", "--plugin-dir", "");

  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: option '--plugin-dir <dir>' argument '' is invalid\. It is empty/);
  expect(existsSync(join(directory, "terraform.local"))).toBe(false);
});

test("install under a CLI configuration that knows no local mirror warns on stderr, with lines that help", () => {
  mkdirSync(join(directory, "home"));
  const file = join(directory, "cli.tfrc");
  const env = { TF_CLI_CONFIG_FILE: file };
  writeFileSync(file, "provider_installation {\n}\n");
  const { status, stdout, stderr } = runWith(env, KSVLA, "install");
  writeFileSync(join(directory, "main.tf"), stdout.match(BLOCK)?.[0] ?? "");
  expect(status).toBe(0);
  expect(stderr).toMatch(/^warning: The block provider_installation in .*cli\.tfrc, line 1, keeps Terraform/);
  expect(runWith(env, terraform(), "init").status).toBe(1);

  writeFileSync(file, `provider_installation {\n${stderr.match(/ {2}filesystem_mirror \{[^}]*\}/)?.[0]}\n}\n`);

  expect(runWith(env, terraform(), "init").status).toBe(0);
  expect(runWith(env, KSVLA, "install").stderr).toBe("");
});
