/** `ksvla doctor`, as a user runs it. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPlugin } from "../../src/installation";
import { VERSION } from "../../src/version";
import { type Finished, Running } from "../e2e/support/run";
import { cleanEnvironment, terraform } from "../e2e/support/workspace";
import { type Connected, connected } from "./support/connected";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");

interface Document {
  readonly checks: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly advice?: string;
  }[];
}

let world: Connected;
let folder: string;

beforeAll(async () => {
  world = await connected({
    habits: { openstackSvmParent: "hypervisor", connectionStates: "Connected", taskList: "2.0" },
  });
});
afterAll(() => world.simulator.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-doctor-"));
  mkdirSync(join(folder, "home"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function doctor(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const environment = { ...cleanEnvironment(folder), TERRAFORM_BINARY_NAME: terraform(), ...world.environment, ...env };
  return new Running(process.execPath, [KSVLA, "doctor", ...args], { cwd: folder, env: environment }).finished;
}

const statuses = (stdout: string) =>
  Object.fromEntries((JSON.parse(stdout) as Document).checks.map(({ name, status }) => [name, status]));
const found = (stdout: string, name: string) =>
  (JSON.parse(stdout) as Document).checks.find((check) => check.name === name)!;

const WELL = {
  node: "ok",
  terraform: "ok",
  plugin: "ok",
  "lock-file": "ok",
  "cli-configuration": "ok",
  address: "ok",
  tls: "ok",
  clock: "ok",
  credentials: "ok",
  role: "ok",
  journal: "ok",
};

test("where nothing is wrong, every check says so, and the probes say how this server differs", async () => {
  installPlugin({ directory: join(folder, "home", ".terraform.d", "plugins") });
  const { simulator, ids } = world;
  simulator.requests.clear();

  const { code, stdout, stderr } = await doctor([
    "--json",
    "--probe",
    "--infrastructure",
    ids.openstack,
    "--infrastructure",
    ids.kvm,
  ]);

  expect([code, stderr]).toEqual([0, ""]);
  expect(statuses(stdout)).toEqual({
    ...WELL,
    "state-spelling": "ok",
    "list-delay": "ok",
    "svm-parent": "ok",
    "task-list": "ok",
  });
  expect(found(stdout, "tls").message).toContain(`SHA-256 ${simulator.thumbprints.sha256.match(/../g)?.join(":")}`);
  expect(found(stdout, "svm-parent").message).toContain("have a hypervisor as parent, as the documents' sample has it");
  expect(found(stdout, "state-spelling").message).toContain("spells its state Connected, unlike the documents");
  expect(found(stdout, "list-delay").message).toContain(`The lists of the infrastructure ${ids.kvm} may be 0.1 s old`);
  expect(found(stdout, "task-list").message).toContain("version 2.0");
  // Questions only, and one attempt to sign in.
  expect(simulator.requests.all.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(simulator.requests.count({ path: "/api/3.0/auth/tokens" })).toBe(1);
});

test("every check runs although most of them find a problem; each says what to do, and the exit code is 3", async () => {
  installPlugin({ directory: join(folder, "home", ".terraform.d", "plugins") });
  const directory = join(folder, "home/.terraform.d/plugins/terraform.local/ksvla/ksvla");
  const zip = `terraform-provider-ksvla_${VERSION}_${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}.zip`;
  writeFileSync(join(directory, zip), "another build");
  writeFileSync(
    join(folder, ".terraform.lock.hcl"),
    `provider "terraform.local/ksvla/ksvla" {\n  version = "${VERSION}"\n  hashes = ["h1:other"]\n}\n`,
  );
  const cli = join(folder, "cli.tfrc");
  writeFileSync(cli, "provider_installation {\n  direct {}\n}\n");

  const { code, stdout } = await doctor(["--json"], {
    TERRAFORM_BINARY_NAME: "terraform-2",
    TF_CLI_CONFIG_FILE: cli,
    KSVLA_CA_CERTIFICATE: "",
  });

  expect(code).toBe(3);
  expect(statuses(stdout)).toEqual({
    ...WELL,
    terraform: "problem",
    plugin: "problem",
    "lock-file": "problem",
    "cli-configuration": "problem",
    tls: "problem",
    credentials: "warning",
    role: "warning",
  });
  expect(found(stdout, "terraform").message).toContain('TERRAFORM_BINARY_NAME names "terraform-2"');
  expect(found(stdout, "plugin").advice).toBe("Run: npx cdktf-ksvla install.");
  expect(found(stdout, "cli-configuration").advice).toContain("filesystem_mirror {");
  expect(found(stdout, "tls").advice).toMatch(/export KSVLA_THUMBPRINT=(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(found(stdout, "role").message).toBe("Not checked, since nobody is signed in.");
});

test("probes that know no infrastructure say why, and the others ask; the plugin may be where a CLI configuration says", async () => {
  const mirror = join(folder, "mirror");
  installPlugin({ directory: mirror });
  const cli = join(folder, "cli.tfrc");
  writeFileSync(cli, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
  const { stdout } = await doctor(["--json", "--probe"], { TF_CLI_CONFIG_FILE: cli });
  const probes = { "state-spelling": "warning", "list-delay": "warning", "svm-parent": "warning", "task-list": "ok" };
  expect(statuses(stdout)).toEqual({ ...WELL, ...probes });
  expect(found(stdout, "svm-parent").message).toContain("has no Terraform configuration");
});

test("a report holds what an issue needs, and neither secrets nor names and addresses", async () => {
  const { code, stdout } = await doctor(["--report", "doctor.md"], {
    KSVLA_USERNAME: "somebody",
    KSVLA_PASSWORD: "Secret-Passw0rd",
  });

  expect(code).toBe(3);
  expect(stdout).toMatch(/^PROBLEM credentials: somebody cannot sign in: .*\n {8}→ /m);
  expect(stdout).toContain("The report is in doctor.md: read it before you attach it to an issue.");
  const report = readFileSync(join(folder, "doctor.md"), "utf8");
  expect(report).toContain("- **credentials**: problem\n  USER cannot sign in:");
  for (const telling of [
    "Simulated Integration Server",
    "somebody",
    "Secret-Passw0rd",
    "127.0.0.1",
    folder,
    ...Object.values(world.simulator.thumbprints),
  ]) {
    expect(report).not.toContain(telling);
  }
});

test("without an environment, what is here is checked, and the rest is said to be not", async () => {
  const { code, stdout } = await doctor(["--json"], {
    KSVLA_ADDRESS: "",
    KSVLA_PASSWORD: "",
    KSVLA_CA_CERTIFICATE: "",
  });
  expect(code).toBe(0);
  const unknown = { address: "warning", tls: "warning", clock: "warning", credentials: "warning", role: "warning" };
  expect(statuses(stdout)).toEqual({ ...WELL, plugin: "warning", ...unknown });
});

test("a variable that people set for OpenTofu, and that it does not read, is named", async () => {
  const { stdout } = await doctor(["--json"], { TOFU_CLI_CONFIG_FILE: "/etc/tofurc", KSVLA_ADDRESS: "" });

  expect(found(stdout, "cli-configuration")).toMatchObject({
    status: "warning",
    message: "TOFU_CLI_CONFIG_FILE is set (/etc/tofurc), and OpenTofu does not read it.",
    advice: expect.stringContaining("TF_CLI_CONFIG_FILE"),
  });
});
