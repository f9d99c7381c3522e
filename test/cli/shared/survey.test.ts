/** What is seen of a simulated server's infrastructures, and with how many questions. */
import type { Scope } from "../../../src/cli/shared/infrastructures";
import { survey } from "../../../src/cli/shared/survey";
import { clientOf } from "../../support/integration-server";
import { type Connected, connected } from "../support/connected";

const PATIENCE = { connection: 20_000, list: 25_000 };

let world: Connected;

beforeEach(async () => {
  world = await connected();
});
afterEach(() => world.simulator.stop());

const look = (
  infrastructures: readonly string[],
  { server = clientOf(world.simulator), projectOf = nobodyKnows } = {},
) => survey(server, { infrastructures, projectOf }, PATIENCE);
const nobodyKnows: Scope["projectOf"] = () => undefined;
const svmsByPlace = (seen: Awaited<ReturnType<typeof look>>[number] | undefined) =>
  Object.fromEntries(
    (seen?.places ?? [])
      .filter(({ svms }) => svms.length > 0)
      .map(({ domain, name, svms }) => [[domain, name].filter(Boolean).join("/"), svms.map((svm) => svm.name)]),
  );

test("sees hypervisors with their SVMs and storages, in two requests", async () => {
  const { simulator, ids } = world;
  const before = simulator.requests.all.length;
  const [seen] = await look([ids.vcenter]);

  expect(seen).toMatchObject({ type: "VMWARE", name: "vcenter", status: "CONNECTED", strays: [], hiddenPlaces: 0 });
  expect(svmsByPlace(seen)).toEqual({ "esx-02": ["svm-old"] });
  expect(seen?.places.find(({ name }) => name === "esx-01")?.storages?.map(({ name }) => name)).toEqual(["ds1", "ds2"]);
  const asked = simulator.requests.all.slice(before).filter(({ path }) => path.includes("infrastructures"));
  expect(asked.map(({ method }) => method)).toEqual(["GET", "GET"]);
});

test("sees OpenStack projects with their domains, flavors and SVMs, in two requests", async () => {
  const [seen] = await look([world.ids.openstack]);

  expect(seen?.places.map(({ domain, name }) => `${domain}/${name}`)).toEqual([
    "Default/security",
    "Production/security",
    "Production/web",
  ]);
  expect(svmsByPlace(seen)).toEqual({ "Default/security": ["svm-existing"] });
  expect(seen?.places[0]?.flavors?.map(({ name }) => name)).toEqual(["m1.tiny", "svm.medium", "svm.large"]);
  expect(seen?.places[0]?.storages).toBeUndefined();
});

test("an SVM whose parent is the hypervisor that it runs on is in its project", async () => {
  const { simulator, ids } = world;
  Object.assign(simulator.habits, { openstackSvmParent: "hypervisor" });
  simulator.addSvm({ name: "svm-web", on: projectId("web"), platform: "openstack.example.test" });

  const [seen] = await look([ids.openstack]);
  expect(svmsByPlace(seen)).toEqual({ "Default/security": ["svm-existing"], "Production/web": ["svm-web"] });
  expect(seen?.strays).toEqual([]);
});

describe("an SVM that the server has in no project", () => {
  /** Names hypervisors as parents of SVMs, and finds no SVM in any project. */
  function hideProjects({ networks }: { readonly networks: boolean }): void {
    const { simulator } = world;
    Object.assign(simulator.habits, { openstackSvmParent: "hypervisor" });
    simulator.addSvm({ name: "svm-web", on: projectId("web"), platform: "openstack.example.test" });
    simulator.faults.add({
      method: "GET",
      path: "*/objects",
      fault: {
        kind: "rewrite",
        rewrite: (body, { query }) => {
          const { locations = [], vms = [] } = JSON.parse(body);
          if (query.includes("parentId=")) return '{ "locations": [], "vms": [] }';
          return JSON.stringify({ locations, vms: networks ? vms : vms.map(withoutNetworks) });
        },
      },
      times: Number.POSITIVE_INFINITY,
    });
  }
  const withoutNetworks = (vm: object) => ({ ...vm, networkAdapters: [] });

  test("is in the only one that has its networks", async () => {
    hideProjects({ networks: true });

    const [seen] = await look([world.ids.openstack]);
    expect(svmsByPlace(seen)).toEqual({ "Default/security": ["svm-existing"], "Production/web": ["svm-web"] });
    // The list that has shown the projects has their networks.
    const lists = world.simulator.requests.filter({ method: "GET", path: /\/objects$/ });
    expect(lists.filter(({ query }) => query.includes("DetailedInfo"))).toHaveLength(1);
  });

  test("else in the one that a state here has it in, if that is listed", async () => {
    hideProjects({ networks: false });
    const web = projectId("web");
    const { id } = world.simulator.world.svms.named("svm-web").vm;

    const [seen] = await look([world.ids.openstack], {
      projectOf: (_, svm) => (svm === id ? web.toUpperCase() : "a project that is gone"),
    });
    expect(svmsByPlace(seen)).toEqual({ "Production/web": ["svm-web"] });
    expect(seen?.strays.map(({ name }) => name)).toEqual(["svm-existing"]);
  });
});

function projectId(name: string): string {
  const platform = world.simulator.world.platforms.get("openstack.example.test");
  if (platform?.kind !== "openstack") throw new Error("It is an OpenStack.");
  return platform.projects.find((project) => project.name === name)?.id ?? "";
}

test("an SVM that was moved covers where it is now", async () => {
  const { simulator, ids } = world;
  simulator.moveSvm("svm-old", "esx-01");

  expect(svmsByPlace((await look([ids.vcenter]))[0])).toEqual({ "esx-01": ["svm-old"] });
});

test("an infrastructure that is down, and one that there is not, hide nothing of the others", async () => {
  const { ids } = world;
  const [down, missing, there] = await look([ids.locked, "no-such-id", ids.kvm]);

  expect(down).toMatchObject({ status: "DISCONNECTED", name: "xen-primary.example.test", places: [] });
  expect(down?.problem).toMatch(/^the admin account: UNAUTHORIZED/);
  expect(missing).toMatchObject({ id: "no-such-id", status: "UNKNOWN", places: [] });
  expect(missing?.problem).toMatch(/no-such-id.*404.* Check the id, /);
  expect(there).toMatchObject({ status: "CONNECTED", problem: undefined });
  expect(there?.places).toHaveLength(2);
});

test("a list that fails makes its infrastructure unknown, and nothing else", async () => {
  const { simulator, ids } = world;
  simulator.faults.add({
    method: "GET",
    path: `/api/3.0/infrastructures/${ids.vcenter}/objects`,
    fault: { kind: "status", status: 403 },
    times: Number.POSITIVE_INFINITY,
  });

  const [failed, there] = await look([ids.vcenter, ids.kvm]);
  expect(failed).toMatchObject({ status: "CONNECTED", places: [] });
  expect(failed?.problem).toMatch(/403/);
  expect(there?.places).toHaveLength(2);
});

describe("where SVMs are is seen in brief lists, too, without storages", () => {
  const seeInBrief = async () => {
    const [seen] = await look([world.ids.vcenter]);
    expect(svmsByPlace(seen)).toEqual({ "esx-02": ["svm-old"] });
    expect(seen?.places[0]?.storages).toBeUndefined();
  };

  test("when the detailed one is too long", async () => {
    world.simulator.faults.add({ method: "GET", path: "*/objects", fault: { kind: "huge" } });
    await seeInBrief();
  });

  test("when the detailed one does not come in time", async () => {
    // Its time is up when it is asked for; the others have theirs.
    const timeout = AbortSignal.timeout;
    const late = AbortSignal.abort(new DOMException("late", "TimeoutError"));
    let lists = 0;
    const spy = jest.spyOn(AbortSignal, "timeout").mockImplementation((limit) => {
      if (limit === PATIENCE.list) lists += 1;
      return limit === PATIENCE.list && lists === 1 ? late : timeout.call(AbortSignal, limit);
    });
    await seeInBrief();
    spy.mockRestore();
  });
});

test("a machine that is listed among SVMs and is none covers nothing", async () => {
  const { simulator, ids } = world;
  simulator.faults.add({
    method: "GET",
    path: "*/objects",
    fault: { kind: "rewrite", rewrite: (body) => body.replaceAll('"isSvm":true', '"isSvm":false') },
  });

  expect(svmsByPlace((await look([ids.vcenter]))[0])).toEqual({});
});

test("machines and places without an id are counted, not left out", async () => {
  const { simulator, ids } = world;
  Object.assign(simulator.habits, { svmsWithoutId: ["svm-old"] });

  const [seen] = await look([ids.vcenter]);
  expect(seen?.places.filter(({ hasHiddenSvm }) => hasHiddenSvm).map(({ name }) => name)).toEqual(["esx-02"]);
});

test("waits for a connection that is being made", async () => {
  const { simulator, ids } = world;
  await clientOf(simulator).infrastructures.refresh(ids.vcenter);

  const [seen] = await look([ids.vcenter]);
  expect(seen).toMatchObject({ status: "CONNECTED", problem: undefined });
});

test("waits until a connection that was made just now shows everything", async () => {
  const { simulator, ids } = world;
  Object.assign(simulator.habits, { listsAfterConnecting: "withoutMachines", listsCompleteAfterSeconds: 8 });
  const server = clientOf(simulator);
  await server.infrastructures.refresh(ids.vcenter);

  expect(svmsByPlace((await look([ids.vcenter], { server }))[0])).toEqual({ "esx-02": ["svm-old"] });
});

test("a connection that shows nothing at all is unknown, not without gaps", async () => {
  const { simulator, ids } = world;
  simulator.faults.add({
    method: "GET",
    path: "*/objects",
    fault: { kind: "rewrite", rewrite: () => '{ "locations": [], "vms": [] }' },
    times: Number.POSITIVE_INFINITY,
  });

  const [seen] = await look([ids.kvm]);
  expect(seen).toMatchObject({ status: "CONNECTED", places: [] });
  expect(seen?.problem).toMatch(/lists no hypervisor/);
});

test("two thousand hypervisors are one list", async () => {
  await world.simulator.stop();
  world = await connected({ generated: { hosts: 2_000 } });
  const before = world.simulator.requests.all.length;

  const [seen] = await look([world.ids.vcenter]);
  expect(seen?.places).toHaveLength(2_005);
  const asked = world.simulator.requests.all.slice(before).filter(({ path }) => path.includes("objects"));
  expect(asked).toHaveLength(1);
});
