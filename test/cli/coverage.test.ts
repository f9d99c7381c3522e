/** `ksvla coverage`, as a user runs it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finished, Running } from "../e2e/support/run";
import { cleanEnvironment } from "../e2e/support/workspace";
import { type Connected, connected } from "./support/connected";
import { fakeState } from "./support/fake-state";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");

let world: Connected;
let folder: string;

beforeAll(async () => {
  world = await connected();
});
afterAll(() => world.simulator.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function coverage(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const environment = { ...cleanEnvironment(folder), ...world.environment, ...env };
  return new Running(process.execPath, [KSVLA, "coverage", ...args], { cwd: folder, env: environment }).finished;
}

/** `--infrastructure` for each. */
const of = (...names: readonly (keyof Connected["ids"])[]) =>
  names.flatMap((name) => ["--infrastructure", world.ids[name]]);

test("--json writes one document on stdout, with every infrastructure, and warns on stderr of what it cannot see", async () => {
  const { code, stdout, stderr } = await coverage([...of("kvm", "locked", "openstack"), "--json"]);

  expect(code).toBe(0);
  const { infrastructures, gaps } = JSON.parse(stdout);
  const [kvm, locked, openstack] = infrastructures;
  expect(kvm).toEqual({
    id: world.ids.kvm,
    type: "LIBVIRT",
    name: "kvm",
    status: "CONNECTED",
    places: [
      { id: expect.any(String), name: "kvm-01", state: "Started", covered: false, svms: [] },
      { id: expect.any(String), name: "kvm-02", state: "Started", covered: false, svms: [] },
    ],
  });
  expect(locked).toMatchObject({ id: world.ids.locked, type: "XEN", status: "DISCONNECTED", places: [] });
  const svm = { id: expect.any(String), name: "svm-existing", state: "Enabled", version: "6.2.0.1000", managed: false };
  expect(openstack.places[0]).toMatchObject({ name: "security", covered: true, svms: [svm] });
  expect(gaps).toEqual([
    { infrastructure: world.ids.kvm, place: kvm.places[0].id, reason: "no-svm" },
    { infrastructure: world.ids.kvm, place: kvm.places[1].id, reason: "no-svm" },
    { infrastructure: world.ids.locked, place: null, reason: "unknown" },
    { infrastructure: world.ids.openstack, place: openstack.places[1].id, reason: "no-svm" },
    { infrastructure: world.ids.openstack, place: openstack.places[2].id, reason: "no-svm" },
  ]);
  expect(stderr).toMatch(/^warning: The infrastructure ".*" cannot be looked at: the admin account: UNAUTHORIZED.*\n$/);
});

test("--fail-on-gap ends with 3 when there is a gap, having said which, and with 0 when there is none", async () => {
  const { simulator } = world;
  const added = ["kvm-01", "kvm-02"].map((on, index) => simulator.addSvm({ name: `svm-kvm-${index + 1}`, on }));
  const well = await coverage([...of("kvm"), "--fail-on-gap"]);
  expect(well).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("No gap: each of 2 places has a running SVM."),
  });

  simulator.powerOffSvm("svm-kvm-2");
  const gap = await coverage([...of("kvm"), "--fail-on-gap"]);
  expect(gap.code).toBe(3);
  expect(gap.stdout).toMatch(/^kvm \(LIBVIRT, id .*\): CONNECTED, 1 of 2 hypervisors covered$/m);
  expect(gap.stdout).toMatch(/^kvm-02 +not running +svm-kvm-2 +Disabled +6\.2\.0\.1000 +-$/m);
  expect(gap.stdout).toMatch(/^1 gap \(1 not running\)\.$/m);

  simulator.powerOnSvm("svm-kvm-2");
  expect(await coverage([...of("kvm"), "--fail-on-gap", "--min-version", "6.3"])).toMatchObject({
    code: 3,
    stdout: expect.stringContaining("2 gaps (2 old)."),
  });
  for (const id of added) simulator.world.svms.remove(id);
});

test("a connection that is down is a gap, also when it is the only one", async () => {
  expect(await coverage([...of("locked"), "--fail-on-gap"])).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(
      /DISCONNECTED\nunknown: the admin account: UNAUTHORIZED[\s\S]*1 infrastructure of which not everything can be seen\./,
    ),
  });
});

test("when nothing at all can be looked at, it has failed", async () => {
  expect((await coverage(["--infrastructure", "no-such-id"])).code).toBe(1);
});

test("what is managed comes from the state here, and so do the infrastructures", async () => {
  const { id } = world.simulator.world.svms.named("svm-old").vm;
  const terraform = fakeState(folder, [
    { type: "ksvla_infrastructure", values: { id: world.ids.vcenter } },
    { type: "ksvla_svm", values: { infrastructure_id: world.ids.vcenter, id } },
  ]);

  const { stdout } = await coverage(["--json"], terraform);
  expect(JSON.parse(stdout).infrastructures.map(({ id }: { id: string }) => id)).toEqual([world.ids.vcenter]);
  expect(stdout).toContain('"managed": true');
});

test("tells hypervisors without room and projects without a flavor that suits", async () => {
  const { stdout } = await coverage([
    ...of("vcenter", "openstack"),
    ...["--min-free-space", "1e18", "--min-version", "7.0"],
  ]);
  expect(stdout).toMatch(/^esx-01: no storage with a free space of 1000000000000000000: ds1 has \d+, ds2 has \d+$/m);
  expect(stdout).toMatch(/^Production \/ web: none of its flavors suits SVMs of version 7\.0$/m);
});

test("hypervisors of one name are told apart by their ids", async () => {
  const { stdout } = await coverage(of("vcenter"));
  expect(stdout.match(/^esx-lab \([0-9a-f-]{36}\) +no SVM$/gm)).toHaveLength(2);
});

test("--html writes a page that holds everything, and stdout has the table as ever", async () => {
  const { code, stdout } = await coverage([...of("vcenter"), "--html", "coverage.html"]);

  expect(code).toBe(0);
  expect(stdout).toContain("svm-old");
  const page = readFileSync(join(folder, "coverage.html"), "utf8");
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain("svm-old");
  for (const secret of Object.values(world.environment)) {
    if (secret !== world.simulator.address) expect(page).not.toContain(secret);
  }
});

test.each([
  ["an empty infrastructure", ["--infrastructure", ""]],
  ["no version", ["--min-version", "new"]],
  ["no number", ["--min-free-space", "much"]],
  ["an empty file name", ["--html", ""]],
])("%s is wrong usage", async (_, args) => {
  expect(await coverage(args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^error: option/) });
});

test("a page that cannot be written is wrong usage, and nothing is asked; an error is a folder without anything", async () => {
  mkdirSync(join(folder, "taken"));
  expect(await coverage([...of("kvm"), "--html", "taken"])).toMatchObject({ code: 2, stdout: "" });
  expect(existsSync(join(folder, "coverage.html"))).toBe(false);
  expect(await coverage([])).toMatchObject({ code: 1, stderr: expect.stringContaining("--infrastructure ID") });
});
