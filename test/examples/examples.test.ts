/** The configurations in HCL, most of which the reference shows, are valid: with the real Terraform and the built plugin. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPlugin, PROVIDER_SOURCE } from "../../src/installation";

const examples = join(__dirname, "../../examples");
const configurations = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".tf"),
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-example-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function terraform(...args: readonly string[]): string {
  const { TF_CLI_CONFIG_FILE, ...env } = process.env;
  return execFileSync("terraform", args, { cwd: folder, env: { ...env, CHECKPOINT_DISABLE: "1" }, encoding: "utf8" });
}

test.each(configurations)("%s is valid", (file) => {
  const text = readFileSync(join(examples, file), "utf8");
  writeFileSync(join(folder, "main.tf"), text);
  if (!text.includes("required_providers")) {
    const terraform = { required_providers: { ksvla: { source: PROVIDER_SOURCE } } };
    writeFileSync(join(folder, "versions.tf.json"), JSON.stringify({ terraform }));
  }
  installPlugin({ directory: join(folder, "terraform.d", "plugins") });
  terraform("init", "-no-color", "-input=false");
  expect(JSON.parse(terraform("validate", "-json"))).toMatchObject({ valid: true, diagnostics: [] });
});

test("the tests of the configuration in HCL pass, with a provider that Terraform makes up", () => {
  cpSync(join(examples, "hcl"), folder, { recursive: true });
  installPlugin({ directory: join(folder, "terraform.d", "plugins") });
  terraform("init", "-no-color", "-input=false");
  expect(terraform("test", "-no-color")).toContain("1 passed, 0 failed");
});

test("every configuration is formatted", () => {
  expect(terraform("fmt", "-check", "-recursive", examples)).toBe("");
});
