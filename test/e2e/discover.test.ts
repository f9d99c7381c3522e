/** `ksvla discover`: what it writes takes over what is there, and changes nothing of it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseInventory } from "../../src/inventory";
import { type Simulator, startSimulator } from "../../src/simulator";
import { fakeState } from "../cli/support/fake-state";
import { Discovery } from "./support/discovery";

jest.setTimeout(120_000);

const SVMS = 11;

let discovery: Discovery;

/** What `ksvla coverage` tells then: it knows all of them by Terraform's state. */
const COVERED = () => {
  const { vcenter, kvm, openstack } = discovery.world.ids;
  return { infrastructures: [vcenter, kvm, openstack].sort(), managed: SVMS };
};

beforeAll(async () => {
  discovery = await Discovery.with(SVMS);
});
afterAll(() => discovery.stop());

test("HCL: everything is imported, nothing is sent, and the next plan is empty", async () => {
  const written = await discovery.discover("--out", "hcl", "--format", "hcl");
  expect(written).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^warning: Left out: The read-only account of openstack.*\n$/m),
  });
  expect(written.stdout).toContain(`Written down: ${SVMS} SVMs of 3 infrastructures.`);
  const changes = discovery.changes();

  const { format, before, after, state, coverage } = await discovery.applyHcl(written, join(discovery.folder, "hcl"));

  expect(format).toBe("");
  expect(new Set(Object.values(before))).toEqual(new Set(["import", "update"]));
  expect(after).toEqual({});
  expect(Object.keys(state).filter((address) => address.startsWith("ksvla_svm."))).toHaveLength(SVMS);
  expect(discovery.changes()).toBe(changes);
  expect(coverage).toEqual(COVERED());
});

test("CDKTF: everything is imported, nothing is sent, and the next plan is empty", async () => {
  const written = await discovery.discover("--out", "app");
  expect(written.code).toBe(0);
  const changes = discovery.changes();

  const { applied, after, coverage } = await discovery.applyApp(written, join(discovery.folder, "app"));

  expect(applied).toMatch(new RegExp(`${SVMS + 3} imported, 0 added, \\d+ changed, 0 destroyed`));
  expect(after).toContain("No changes.");
  expect(discovery.changes()).toBe(changes);
  expect(coverage).toEqual(COVERED());
});

test("an inventory: the simulator can start with it, and no secret is in it", async () => {
  const { ids, simulator } = discovery.world;
  const { code, stdout } = await discovery.discover("--out", "test", "--format", "inventory");
  expect([code, stdout]).toEqual([0, expect.stringContaining("ksvla simulator --inventory test/inventory.yaml")]);

  const text = readFileSync(join(discovery.folder, "test", "inventory.yaml"), "utf8");
  expect(text).not.toMatch(/Passw0rd|integration-server/);
  const copy = await startSimulator({ inventory: parseInventory(text, "inventory.yaml") });
  await copy.stop();
  const svmsOf = ({ world }: Simulator) =>
    world.svms.all.filter(({ platform }) => copy.world.platforms.has(platform.host)).map(({ vm }) => vm.id);
  expect(svmsOf(copy).sort()).toEqual([...svmsOf(simulator)].sort());
  expect([...copy.world.infrastructures.keys()].sort()).toEqual([ids.vcenter, ids.kvm, ids.openstack].sort());
});

test("what a state here manages is referred to, and not written once more", async () => {
  const { ids, simulator } = discovery.world;
  const { id } = simulator.world.svms.named("svm-old").vm;
  const here = fakeState(discovery.folder, [
    { type: "ksvla_infrastructure", values: { id: ids.vcenter } },
    { type: "ksvla_svm", values: { infrastructure_id: ids.vcenter, id } },
  ]);

  const hcl = await discovery.discoverHere(here, "--out", "rest", "--format", "hcl");
  expect(hcl.stderr).toContain('Left out: The SVM "svm-old" of vcenter: a state here manages it.');
  const files = readdirSync(join(discovery.folder, "rest"));
  expect(files.sort()).toEqual(["imports.tf", "main.tf", "svms.tf"]);
  const text = files.map((file) => readFileSync(join(discovery.folder, "rest", file), "utf8")).join("");
  expect(text).not.toMatch(/ksvla_infrastructure|svm-old/);
  expect(text).toContain(`infrastructure_id = "${ids.vcenter}"`);

  await discovery.discoverHere(here, "--out", "rest-app");
  const app = readFileSync(join(discovery.folder, "rest-app", "main.ts"), "utf8");
  expect(app).toContain(
    `Infrastructure.fromInfrastructureAttributes(this, "vcenter", { infrastructureId: "${ids.vcenter}"`,
  );
  expect(app).not.toMatch(/svm-old|Secret/);
});

test("overwrites nothing, and writes nothing then", async () => {
  mkdirSync(join(discovery.folder, "mine"));
  writeFileSync(join(discovery.folder, "mine", "svms.tf"), "# mine\n");

  const { code, stdout, stderr } = await discovery.discover("--out", "mine", "--format", "hcl");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(
    /^error: Nothing was written, since nothing is overwritten: there is .*svms\.tf\. Give another --out\.\n$/m,
  );
  expect(readdirSync(join(discovery.folder, "mine"))).toEqual(["svms.tf"]);
  expect(readFileSync(join(discovery.folder, "mine", "svms.tf"), "utf8")).toBe("# mine\n");
});

test("an infrastructure that cannot be looked at keeps everything from being written", async () => {
  const { code, stderr } = await discovery.discover("--infrastructure", discovery.world.ids.locked, "--out", "blind");
  expect(code).toBe(1);
  expect(stderr).toMatch(/cannot be looked at: the admin account: UNAUTHORIZED.* Nothing was written\./);
  expect(readdirSync(discovery.folder)).not.toContain("blind");
});

test.each([
  ["no folder", []],
  ["an empty one", ["--out", ""]],
  ["another format", ["--out", "x", "--format", "json"]],
])("%s is wrong usage", async (_, args) => {
  expect((await discovery.discover(...args)).code).toBe(2);
});
