import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, TIME_SCALE, VCENTER } from "./support/configuration";
import { Workspace } from "./support/workspace";

/** One for each way in which a secret reaches the provider; none occurs in anything else by accident. */
const SECRETS = {
  "the server's password": "Server-S3cret",
  "the account's password": "Admin-S3cret",
  "the read-only account's password": "Viewer-S3cret",
  "the reserve server's password": "Reserve-S3cret",
  "root's password": "Root-S3cret",
  "root's next password": "Next-Root-S3cret",
  "klconfig's password": "Klconfig-S3cret",
  "klconfig's next password": "Next-Klconfig-S3cret",
  "the ephemeral test's password": "Ephemeral-S3cret",
};
const VARIABLES = {
  KSVLA_PASSWORD: SECRETS["the server's password"],
  TF_VAR_admin: SECRETS["the account's password"],
  TF_VAR_viewer: SECRETS["the read-only account's password"],
  TF_VAR_reserve: SECRETS["the reserve server's password"],
  TF_VAR_keystone: "Keystone-S3cret",
  TF_VAR_ephemeral: SECRETS["the ephemeral test's password"],
  TF_VAR_root: SECRETS["root's password"],
  TF_VAR_klconfig: SECRETS["klconfig's password"],
};
/** How the SVM's passwords are changed. */
const NEXT_VARIABLES = {
  TF_VAR_svm_version: "2",
  TF_VAR_root: SECRETS["root's next password"],
  TF_VAR_klconfig: SECRETS["klconfig's next password"],
  TF_VAR_current_klconfig: SECRETS["klconfig's password"],
};
const RESERVE = "viis-reserve.example.test:7271";
const CONFIGURATION = `
provider "ksvla" {
  poll_interval = "50ms"
}
variable "admin" {
  type      = string
  ephemeral = true
}
variable "viewer" {
  type      = string
  ephemeral = true
}
variable "reserve" {
  type      = string
  ephemeral = true
}
variable "root" {
  type      = string
  ephemeral = true
}
variable "klconfig" {
  type      = string
  ephemeral = true
}
variable "current_klconfig" {
  type      = string
  ephemeral = true
  default   = null
}
variable "svm_version" {
  type    = string
  default = "1"
}
variable "ephemeral" {
  type      = string
  ephemeral = true
}
variable "keystone" {
  type      = string
  sensitive = true
}
resource "ksvla_trusted_certificate" "it" {
  address = "${VCENTER}"
}
resource "ksvla_infrastructure" "it" {
  type       = "VMWARE"
  address    = "${VCENTER}"
  admin      = { name = "admin", password_wo = var.admin, password_wo_version = "1" }
  read_only  = { name = "viewer", password_wo = var.viewer, password_wo_version = "1" }
  depends_on = [ksvla_trusted_certificate.it]
}
resource "ksvla_server_role" "it" {
  role = "Primary"
}
resource "ksvla_trusted_certificate" "reserve" {
  address = "${RESERVE}"
}
resource "ksvla_reserve_server" "it" {
  address             = "${RESERVE}"
  password_wo         = var.reserve
  password_wo_version = "1"
  depends_on          = [ksvla_server_role.it, ksvla_trusted_certificate.reserve]
}
resource "ksvla_svm_image" "it" {
  manifest_path        = "/opt/svm/svm-6.2.xml"
  infrastructure_types = ["VMWARE"]
}
data "ksvla_host" "it" {
  infrastructure_id = ksvla_infrastructure.it.id
  name              = "esx-01"
}
resource "ksvla_svm" "it" {
  name              = "svm-01"
  infrastructure_id = ksvla_infrastructure.it.id
  image_id          = ksvla_svm_image.it.id
  host = {
    id         = data.ksvla_host.it.id
    storage_id = data.ksvla_host.it.storage_ids["ds1"]
    networks   = [{ id = data.ksvla_host.it.network_ids["Servers"] }]
  }
  ksc  = { address = "ksc.example.test" }
  root = { password_wo = var.root, password_wo_version = var.svm_version }
  klconfig = {
    password_wo         = var.klconfig
    password_wo_version = var.svm_version
    current_password_wo = var.current_klconfig
  }
}
data "ksvla_openstack_connection_test" "it" {
  type      = "OPENSTACK"
  address   = "openstack.example.test"
  openstack = { protocol = "https" }
  admin     = { domain = "Default", name = "admin", password = var.keystone }
}
ephemeral "ksvla_openstack_connection_test" "it" {
  type      = "OPENSTACK"
  address   = "openstack.example.test"
  openstack = { protocol = "https" }
  admin     = { domain = "Default", name = "viewer", password = var.ephemeral }
}
`;

let simulator: Simulator;
let workspace: Workspace;

/** Everything that a whole life writes: plan, its JSON, state, and the log at TRACE. */
beforeAll(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE, password: VARIABLES.KSVLA_PASSWORD });
  const [admin, viewer] = simulator.world.hypervisor(VCENTER).accounts;
  admin!.password = VARIABLES.TF_VAR_admin;
  viewer!.password = VARIABLES.TF_VAR_viewer;
  simulator.world.cluster.server(RESERVE).password = VARIABLES.TF_VAR_reserve;
  const [keystone, ephemeral] = simulator.world.openstack("openstack.example.test").accounts;
  keystone!.password = VARIABLES.TF_VAR_keystone;
  ephemeral!.password = VARIABLES.TF_VAR_ephemeral;
  workspace = await Workspace.create({
    env: { ...environmentOf(simulator), ...VARIABLES, TF_LOG: "TRACE", TF_LOG_PATH: "trace.log" },
  });
  workspace.write(CONFIGURATION);
  await workspace.init();
  await workspace.succeed(["plan", "-out=first.plan"]);
  workspace.writeFile("first.plan.json", (await workspace.succeed(["show", "-json", "first.plan"])).stdout);
  await workspace.succeed(["apply", "first.plan"]);
  await workspace.succeed(["plan", "-out=second.plan"], NEXT_VARIABLES);
  await workspace.succeed(["apply", "second.plan"], NEXT_VARIABLES);
  workspace.writeFile("state-after-apply.json", workspace.readFile("terraform.tfstate"));
  await workspace.succeed(["destroy", "-auto-approve"], NEXT_VARIABLES);
});
afterAll(async () => {
  workspace.dispose();
  await simulator.stop();
});

/** What must not be found: the text itself, its Base64 form, and its part of a Basic header. */
function forms(secret: string): Record<string, string> {
  return {
    plain: secret,
    Base64: Buffer.from(secret).toString("base64").replace(/=+$/, ""),
    Basic: Buffer.from(`admin:${secret}`).toString("base64").replace(/=+$/, ""),
  };
}

function writtenFiles(): string[] {
  return readdirSync(workspace.directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter((name) => name !== "main.tf");
}

/** A saved plan is a zip archive, so what it holds is unpacked by Terraform itself (`show -json`) and by `contents`. */
function filesWith(text: string): string[] {
  return writtenFiles().filter((name) => contents(join(workspace.directory, name)).includes(text));
}

function contents(path: string): string {
  const bytes = readFileSync(path);
  if (bytes.subarray(0, 2).toString() !== "PK") return bytes.toString("utf8");
  return Object.values(unzipSync(bytes))
    .map((member) => strFromU8(member))
    .join("\n");
}

test("the run wrote what is to be searched", () => {
  expect(writtenFiles()).toEqual(
    expect.arrayContaining(["first.plan", "first.plan.json", "second.plan", "state-after-apply.json", "trace.log"]),
  );
  expect(workspace.readFile("trace.log")).toContain("provider.ksvla");
});

describe.each(Object.entries(SECRETS))("%s", (_, secret) => {
  test.each(Object.entries(forms(secret)))("is in no file in its %s form", (__, form) => {
    expect(filesWith(form)).toEqual([]);
  });
});

/** Data sources have no write-only attributes, and Terraform saves the values of ordinary variables in its plan files. */
test.each(Object.entries(forms(VARIABLES.TF_VAR_keystone)))(
  "a data source's password is in no file but Terraform's own plan in its %s form",
  (_, form) => {
    expect(filesWith(form).filter((name) => !name.includes(".plan"))).toEqual([]);
  },
);

test("no bearer token is in any file", () => {
  const tokens = new Set(
    simulator.requests.all
      .map(({ headers }) => headers.authorization?.match(/^Bearer (.+)$/)?.[1])
      .filter((token) => token !== undefined),
  );

  expect(tokens.size).toBeGreaterThan(0);
  for (const token of tokens) expect(filesWith(token)).toEqual([]);
});
