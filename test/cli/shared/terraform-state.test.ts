/** Which infrastructures a command is about, with a program in Terraform's place. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scopeOf } from "../../../src/cli/shared/infrastructures";

const before = { folder: process.cwd(), env: process.env };
let folder: string;
let warnings: string[];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "ksvla-state-")));
  process.chdir(folder);
  process.env = { ...before.env };
  delete process.env["TF_DATA_DIR"];
  useTerraform('cat shown.json 2>/dev/null || echo \'{"format_version":"1.0"}\'');
  warnings = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => warnings.push(String(text)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(before.folder);
  process.env = before.env;
  rmSync(folder, { recursive: true });
});

/** What runs in place of Terraform, in the folder of a configuration. */
function useTerraform(script: string): void {
  const program = join(folder, "fake-terraform");
  writeFileSync(program, `#!/bin/sh\n[ "$*" = "show -json -no-color" ] || exit 9\n${script}\n`);
  chmodSync(program, 0o755);
  process.env["TERRAFORM_BINARY_NAME"] = program;
}

function configuration(path = ".", resources: readonly object[] = [], file = "main.tf"): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, file), "");
  const [first, ...others] = resources;
  const values = { root_module: { resources: first && [first], child_modules: [{ resources: others }] } };
  writeFileSync(join(path, "shown.json"), JSON.stringify({ format_version: "1.0", values }));
}

const infrastructure = (id: string, mode = "managed") => ({
  address: "ksvla_infrastructure.a",
  type: "ksvla_infrastructure",
  mode,
  values: { id },
});
const svm = (infrastructureId: string, id: string, mode = "managed") => ({
  address: "ksvla_svm.a",
  type: "ksvla_svm",
  mode,
  values: { id, infrastructure_id: infrastructureId },
});

test("takes the infrastructures that the state here connects, looks up, or has SVMs in, and knows its SVMs", async () => {
  configuration(".", [
    infrastructure("1"),
    infrastructure("2", "data"),
    svm("3", "vm-1"),
    svm("1", "vm-2"),
    { address: "null_resource.a", type: "null_resource", mode: "managed", values: { id: "9", infrastructure_id: "9" } },
  ]);

  const scope = await scopeOf({});
  expect(scope.infrastructures).toEqual(["1", "2", "3"]);
  expect(scope.isManaged("3", "vm-1")).toBe(true);
  expect(scope.isManaged("3", "VM-1")).toBe(true);
  expect(scope.isManaged("1", "vm-1")).toBe(false);
});

test("takes those of all stacks of a CDKTF app, from the output that cdktf.json names", async () => {
  writeFileSync("cdktf.json", '{ "output": "out" }');
  configuration("out/stacks/a", [infrastructure("1")], "cdk.tf.json");
  configuration("out/stacks/b", [infrastructure("2"), svm("2", "vm-1")], "cdk.tf.json");

  const scope = await scopeOf({});
  expect(scope.infrastructures).toEqual(["1", "2"]);
  expect(scope.isManaged("2", "vm-1")).toBe(true);
});

test("a stack that was never deployed holds nothing, and needs no terraform init", async () => {
  configuration("cdktf.out/stacks/a", [infrastructure("1")], "cdk.tf.json");
  configuration("cdktf.out/stacks/new", [infrastructure("2")], "cdk.tf.json");
  const local = { terraform: { backend: { local: { path: join(folder, "terraform.new.tfstate") } } } };
  writeFileSync("cdktf.out/stacks/new/cdk.tf.json", JSON.stringify(local));

  expect((await scopeOf({})).infrastructures).toEqual(["1"]);
  writeFileSync("terraform.new.tfstate", "");
  expect((await scopeOf({})).infrastructures).toEqual(["1", "2"]);
});

test("takes those that are named, each once, and what the state says of SVMs", async () => {
  configuration(".", [infrastructure("1"), svm("7", "vm-1")]);

  const scope = await scopeOf({ infrastructure: ["7", "8", "7"] });
  expect(scope.infrastructures).toEqual(["7", "8"]);
  expect(scope.isManaged("7", "vm-1")).toBe(true);
});

test("who names infrastructures where there is no state knows that nothing is managed", async () => {
  expect((await scopeOf({ infrastructure: ["7"] })).isManaged("7", "vm-1")).toBe(false);
});

test("who names infrastructures where the state cannot be read is warned, and goes on", async () => {
  configuration();
  useTerraform("echo 'Error: Backend initialization required' >&2; exit 1");

  const scope = await scopeOf({ infrastructure: ["7"] });
  expect(scope.isManaged("7", "vm-1")).toBeUndefined();
  expect(warnings.join("")).toMatch(
    /^warning: Nobody knows which SVMs Terraform manages\. .*Backend initialization required/,
  );
});

test("one state of several that cannot be read is an error: its infrastructures would be missing", async () => {
  configuration("cdktf.out/stacks/a", [infrastructure("1")], "cdk.tf.json");
  configuration("cdktf.out/stacks/b", [infrastructure("2")], "cdk.tf.json");
  rmSync("cdktf.out/stacks/b/shown.json");
  useTerraform("cat shown.json || { printf '╷\\n│ Error: no access\\n╵\\n' >&2; exit 1; }");

  await expect(scopeOf({})).rejects.toThrow(
    new RegExp(
      `^The state of ${join(folder, "cdktf.out/stacks/b")} cannot be read .*: .*Error: no access\\. Run "terraform init"`,
    ),
  );
});

test("of what Terraform says, the error is told, and neither its warnings nor its advice", async () => {
  configuration();
  const said = [
    "│ Warning: w",
    "│ ",
    "╷",
    "│ Error: Backend initialization required",
    "│ ",
    "│ Reason: new",
    "│ ",
    "│ More",
  ];
  useTerraform(`cat >&2 <<'END'\n${said.join("\n")}\nEND\nexit 1`);

  const message = await scopeOf({}).then(String, String);
  expect(message).toContain(': Error: Backend initialization required Reason: new. Run "terraform init" there');
});

test.each([
  ["an empty folder", () => undefined, /has no Terraform configuration and no stacks/],
  ["a state that holds nothing", () => configuration(), /^No state here knows an infrastructure/],
  [
    "no Terraform",
    () => (process.env["TERRAFORM_BINARY_NAME"] = "no-such-terraform"),
    /TERRAFORM_BINARY_NAME names "no-such-terraform"/,
  ],
  ["a Terraform that writes something else", () => useTerraform("echo hello"), /it wrote no JSON/],
  ["a Terraform that fails without a word", () => useTerraform("exit 3"), /it ended with exit code 3/],
])("%s is a clear error that names --infrastructure", async (what, prepare, message) => {
  if (what !== "an empty folder") configuration();
  prepare();

  const failure = scopeOf({}).then(String, ({ message }: Error) => message);
  expect(await failure).toMatch(message);
  expect(await failure).toContain("--infrastructure ID");
});
