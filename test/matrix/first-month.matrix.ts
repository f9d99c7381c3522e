/** What a platform team runs into in its first month, with the packed package: what synth refuses, and the example `day-two`. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../src/simulator";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "../e2e/support/configuration";
import { terraform } from "../e2e/support/workspace";
import { Project, pack, ROOT } from "../package/support/project";

jest.setTimeout(300_000);

const COMPILER = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const CDKTF = join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
const CDKTF_JSON = JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" });
const STRICT = ["--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2022"];

let folder: string;
let project: Project;
let simulator: Simulator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  const { tarball } = await pack(folder);
  project = await Project.create();
  await project.npm("install", tarball, "--offline", "--legacy-peer-deps");
  for (const name of ["cdktf", "constructs", "@types/node"]) await project.link(name);
  await project.write("main.ts", await readFile(join(ROOT, "examples", "day-two", "main.ts"), "utf8"));
  await project.write("cdktf.json", CDKTF_JSON);
  await project.run(process.execPath, [COMPILER, "main.ts", ...STRICT, "--types", "node"]);
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterAll(async () => {
  await simulator?.stop();
  await project?.remove();
  await rm(folder, { recursive: true });
});

test("cdktf regroups without a change, rotates without touching an SVM, drains the fleet, and dismantles", async () => {
  const environment: NodeJS.ProcessEnv = {
    ...environmentOf(simulator),
    TF_VAR_VCENTER_PASSWORD: ADMIN_PASSWORD,
    TF_VAR_KLCONFIG_PASSWORD: "Klconfig-Passw0rd",
    TERRAFORM_BINARY_NAME: terraform(),
    TF_INPUT: "0",
    CI: "1",
  };
  const cdktf = (...args: readonly string[]) => project.run(process.execPath, [CDKTF, ...args], environment);
  const deploy = () => cdktf("deploy", "--auto-approve");
  const svms = () => simulator.world.svms.all.filter(({ vm }) => vm.name.startsWith("day-two")).length;

  await deploy();
  expect(svms()).toBe(3);

  environment["REGROUPED"] = "1";
  expect(await cdktf("diff")).toContain("0 to add, 0 to change, 0 to destroy");
  expect(await deploy()).toContain("0 added, 0 changed, 0 destroyed");

  const rotated = "Rotated-Passw0rd";
  simulator.world.hypervisor(VCENTER).accounts[0]!.password = rotated;
  Object.assign(environment, { VCENTER_PASSWORD_VERSION: "2", TF_VAR_VCENTER_PASSWORD: rotated });
  expect(await deploy()).toContain("1 added, 3 changed, 1 destroyed");

  environment["DRAINED"] = "1";
  expect(await deploy()).toContain("0 added, 0 changed, 2 destroyed");
  expect(svms()).toBe(1);
  // What Terraform says why is asked of itself: cdktf may end before it has written all of that.
  await expect(cdktf("destroy", "--auto-approve")).rejects.toThrow("failed with exit code 1");
  const planned = project.terraform("site", ["plan", "-destroy"], environment);
  await expect(planned).rejects.toThrow("Instance cannot be destroyed");

  environment["DISMANTLED"] = "1";
  await deploy();
  await cdktf("destroy", "--auto-approve");
  expect([svms(), simulator.world.infrastructures.size]).toEqual([0, 0]);
});

/** One stack with all that is refused, and one with what is accepted; JavaScript, since some of it does not compile. */
const APP = `
const { App, TerraformLocal, TerraformStack, TerraformVariable } = require("cdktf");
const k = require("cdktf-ksvla");
const app = new App();
const stackOf = (id) => {
  const stack = new TerraformStack(app, id);
  new k.KsvlaProvider(stack, "ksvla");
  return stack;
};
const place = { host: "esx-01", storage: "ds1", network: "Servers" };
const upgrade = k.UpgradeStrategy.KEEP_PROTECTING;
const attributes = { imageId: "1", svmVersion: "6.2", infrastructureTypes: [k.InfrastructureType.VMWARE] };
const connected = (stack, id) =>
  new k.Infrastructure(stack, id, {
    type: k.InfrastructureType.VMWARE,
    address: id + ".example.test",
    admin: { name: "admin", password: k.Secret.fromVariable("PASSWORD") },
    trust: true,
  });

const wrong = stackOf("wrong");
const provider = new k.KsvlaProvider(wrong, "second", { alias: "second" });
const there = k.Infrastructure.fromInfrastructureAttributes(wrong, "there", { infrastructureId: "1", provider });
const image = k.SvmImage.fromImageAttributes(wrong, "image", attributes);
new k.Svm(wrong, "mixed", { ...place, infrastructure: there, image: new k.SvmImage(wrong, "default", { manifestPath: "/a.xml", infrastructureTypes: [k.InfrastructureType.VMWARE] }) });
const known = k.Infrastructure.fromInfrastructureId(wrong, "known", "2");
const host = new k.Host(wrong, "host", { infrastructure: known, name: "esx-01" });
new k.SvmDeployment(wrong, "one", { image, svms: { a: { ...place, infrastructure: known, name: "svm" } } });
new k.SvmDeployment(wrong, "two", { image, svms: { b: { ...place, infrastructure: known, host, name: "svm" } } });
const local = new TerraformLocal(wrong, "id", connected(wrong, "vcenter").id);
const through = k.Infrastructure.fromInfrastructureId(wrong, "through", local.asString);
new k.SvmDeployment(wrong, "kept", { image, upgrade, svms: { c: { ...place, infrastructure: through } } });

const right = stackOf("right");
const vcenter = connected(right, "vcenter");
vcenter.moveFromId("ksvla_infrastructure.former");
const fleet = new k.SvmDeployment(right, "svms", {
  image: k.SvmImage.fromImageAttributes(right, "image", attributes),
  upgrade,
  allowSecondConnection: true,
});
fleet.moveFrom("former/svms");
const seen = [];
fleet.forEachSvm((svm, name) => seen.push(name));
const hosts = new TerraformVariable(right, "hosts", { type: "list(string)" }).listValue;
fleet.addSvmPerHost({ infrastructure: vcenter, hosts, storage: "ds1", network: "Servers" });
fleet.addSvm("look-ups", { infrastructure: vcenter, ...place });
new k.SvmDeployment(right, "drained", { image: k.SvmImage.fromImageId(right, "other", "2") });

const problems = (stack) => stack.node.findAll().flatMap(({ node }) => node.validate().map((text) => node.path + " " + text));
const { moved, resource } = right.toTerraform();
const forEach = Object.values(resource.ksvla_svm).map((svm) => svm.for_each ?? null);
console.log(JSON.stringify({ wrong: problems(wrong), right: problems(right), seen, moved: moved.length, forEach }));
`;

test("synth refuses what does not fit, in whichever fleet or server it is, and accepts the rest", async () => {
  await project.write("checks.js", APP);

  const output = await project.run(process.execPath, ["checks.js"], { TF_INPUT: "0" });

  const { wrong, right, seen, moved, forEach } = JSON.parse(output);
  expect(wrong.map((text: string) => text.split(": ")[0])).toEqual([
    "wrong/mixed image",
    "wrong/two/b name",
    "wrong/kept upgrade",
  ]);
  expect(wrong[2]).toContain("ksvla_infrastructure.vcenter of this one, through local.id.");
  expect(right).toEqual([]);
  expect(seen).toEqual(["on-each-host-of-vcenter", "look-ups"]);
  // The connection, its certificate, and two SVMs.
  expect(moved).toBe(4);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  expect(forEach.sort()).toEqual(["${toset(var.hosts)}", null]);
});
