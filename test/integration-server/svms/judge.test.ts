import type { Finding, KnownSvm } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { LaggingServer, type LaggingServerOptions, type Machine } from "./lagging-server";
import { deployment, hostPlacement } from "./svm-specs";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const onHost = { type: "host", infrastructureId: "i-1", locationId: "h-1" } as const;
const inProject = { ...onHost, type: "openstackProject", locationId: "p-1" } as const;
const svm: KnownSvm = { ...onHost, id: "v-1", name: "svm" };
const place = { ...onHost, name: "svm" };
const machine = { id: "v-1", name: "svm", parentId: "h-1" };

async function finding(options: LaggingServerOptions, known: Partial<KnownSvm> = {}) {
  const server = await LaggingServer.start(options);
  const found = await server.client().judge.find({ ...svm, ...known } as KnownSvm);
  return { server, found, told: summary(found), took: server.clock.now() };
}

function summary(found: Finding): string {
  return found.is === "uncertain" ? `uncertain: ${found.why}` : found.is;
}

describe("an SVM that is known is there", () => {
  it.each<[string, Partial<typeof machine>, Partial<KnownSvm>]>([
    ["with its id, its name and its place", {}, {}],
    ["on another hypervisor", { parentId: "h-2" }, {}],
    ["under another name", { name: "renamed" }, {}],
    ["under another name where it ran before", { name: "renamed", parentId: "h-2" }, { runningOn: "h-2" }],
    ["with its name composed differently", { name: "Te\u0301", parentId: "h-2" }, { name: "T\u00e9" }],
    ["with its id in other letters", { id: "V-1" }, {}],
    ["under another name where its place is written in other letters", { name: "renamed", parentId: "H-1" }, {}],
    ["by its name alone", {}, { id: null }],
  ])("%s, for one list", async (_, change, known) => {
    const { server, told } = await finding({ machines: [{ ...machine, ...change }] }, known);
    expect(told).toBe("there");
    expect(server.asked).toEqual(["list 0"]);
  });

  it("in its OpenStack project, renamed and with a hypervisor as its parent, for one question more", async () => {
    const machines = [{ id: "p-1-v", name: "renamed", parentId: "compute-1" }];
    const { server, told } = await finding({ machines }, { ...inProject, id: "p-1-v" });
    expect(told).toBe("there");
    expect(server.asked).toEqual(["list 0", "children 0"]);
  });

  it("although the list does not show it yet: the infrastructure is read anew", async () => {
    const { server, told } = await finding({ machines: [{ ...machine, since: -2_000 }] });
    expect(told).toBe("there");
    expect(server.times("refresh")).toHaveLength(1);
  });

  it("although lists are empty for a while after the connection was made anew", async () => {
    const machines = [{ ...machine, since: -2_000 }];
    expect((await finding({ machines, emptyFor: 5_000 })).told).toBe("there");
  });

  it.each([undefined, "late"] as const)(
    "a period after the connection is connected again, noticed %s",
    async (notices) => {
      const { server } = await finding({ ...(notices && { notices }) });
      const [, list] = server.times("list");
      expect(list).toBeGreaterThanOrEqual(13_000);
      expect(list).toBeLessThan(13_000 + 5_000);
    },
  );
});

describe("an SVM that is known is gone", () => {
  it("when a list does not have it that began a period after everything was read anew", async () => {
    const { server, found } = await finding({});
    expect(found).toMatchObject({ is: "gone", namesake: undefined });
    expect(server.asked.filter((each) => !each.startsWith("look"))).toEqual([
      "list 0",
      "refresh 0",
      expect.stringMatching(/^list 1\d\d\d\d$/),
    ]);
  });

  it("of 1,000 of which 400 are missing: for one refresh, one wait and two lists", async () => {
    const all = Array.from({ length: 1_000 }, (_, index) => ({ ...machine, id: `v-${index}`, name: `svm-${index}` }));
    const server = await LaggingServer.start({ machines: all.slice(400) });
    const { judge } = server.client();
    const found = await Promise.all(all.map(({ id, name }) => judge.find({ ...svm, id, name })));
    expect(found.map(({ is }) => is)).toEqual(all.map((_, index) => (index < 400 ? "gone" : "there")));
    expect([server.times("refresh").length, server.times("list").length]).toEqual([1, 2]);
    expect(server.clock.now()).toBeLessThan(20_000);
  });

  it("for whoever asks later, without another refresh or wait", async () => {
    const { server } = await finding({});
    const { judge } = server.client();
    await judge.find(svm);
    const before = server.asked.length;
    const now = server.clock.now();
    await server.clock.advance(30_000);
    expect((await judge.find({ ...svm, id: "v-2" })).is).toBe("gone");
    expect(server.asked.slice(before)).toEqual([`list ${Math.round(now + 30_000)}`]);
  });

  it("with the SVM that has its name in its place", async () => {
    const namesake = { ...machine, id: "v-2" };
    const { found } = await finding({ machines: [namesake, { ...namesake, id: "v-3", parentId: "h-2" }] });
    expect(found).toMatchObject({ is: "gone", namesake: { id: "v-2" } });
  });

  it("when it was removed through this client, whatever lists show", async () => {
    const server = await LaggingServer.start({ machines: [machine] });
    const client = server.client();
    server.fake.on("DELETE /api/3.0/management/deployment/svm/", {
      body: { id: "t-1", state: "Created", children: [] },
    });
    server.fake.on("GET /api/3.0/virtualization/tasks/t-1", {
      body: { id: "t-1", state: "Completed", children: [{ id: "s-1", state: "Completed" }] },
    });
    await client.svms.remove({ target: { ...onHost, svmId: "v-1" } });
    expect((await client.judge.find(svm)).is).toBe("gone");
    expect(await client.judge.namesake(place)).toBeUndefined();
  });

  it.each([
    ["has been refreshed", "refresh"],
    ["has been added", "create"],
  ] as const)("without a refresh of its own where the connection %s by the same client", async (_, how) => {
    const server = await LaggingServer.start({ connectsAt: 0 });
    const { judge, infrastructures } = server.client();
    const connection = {
      infrastructureId: "i-1",
      type: "VMWARE",
      address: "vc",
      connectionInfo: { admin: { status: "CONNECTING" } },
    };
    server.fake.on("POST /api/3.0/infrastructures", { body: connection });
    if (how === "refresh") await infrastructures.refresh("i-1");
    else
      await infrastructures.create({ type: "VMWARE", address: "vc", admin: { name: "a", password: new Secret("b") } });
    expect((await judge.find(svm)).is).toBe("gone");
    expect(server.times("refresh")).toHaveLength(how === "refresh" ? 1 : 0);
    expect(server.times("list").at(-1)).toBeGreaterThanOrEqual(13_000);
  });
});

describe("the id of an SVM belongs to another machine", () => {
  it("when neither its name nor its place agrees", async () => {
    const { server, found } = await finding({ machines: [{ id: "v-1", name: "other", parentId: "h-2" }] });
    expect(found).toMatchObject({ is: "another", vm: { name: "other" } });
    expect(server.asked).toEqual(["list 0"]);
  });

  it("when it has another name in another project", async () => {
    const { told } = await finding({ machines: [{ id: "v-1", name: "other", parentId: "p-2" }] }, inProject);
    expect(told).toBe("another");
  });
});

describe("nobody can tell whether an SVM is there", () => {
  it("when the connection is down: at once, and without a refresh", async () => {
    const { server, told } = await finding({ isDown: true });
    expect(told).toBe("uncertain: down");
    expect(server.asked).toEqual(["list 0", "look 0"]);
  });

  it("when there is no such connection", async () => {
    expect((await finding({ isMissing: true })).told).toBe("uncertain: missing");
  });

  it.each([
    [10, MINUTE],
    [30, 90 * SECOND],
    [3_600, 6 * MINUTE],
  ])("when it takes too long to connect: with a period of %d s after %d ms", async (updatePeriodSeconds, limit) => {
    const { told, took } = await finding({ connectsAt: 0, connecting: 3_600_000, updatePeriodSeconds });
    expect(told).toBe("uncertain: unsettled");
    expect([took > limit - 6_000, took <= limit]).toEqual([true, true]);
  });

  it("when two have its name in its place, and its id is not known", async () => {
    const { told } = await finding({ machines: [machine, { ...machine, id: "v-2" }] }, { id: null });
    expect(told).toBe("uncertain: ambiguous");
  });

  it.each<[string, Partial<Machine>, Partial<KnownSvm>]>([
    ["of its name", {}, {}],
    ["of its name, wherever it runs", { parentId: "h-2" }, {}],
    ["without a name", { name: undefined }, {}],
    ["of its name in its place, when its id is not known", {}, { id: null }],
  ])("when one is listed without an id, %s: at once", async (_, change, known) => {
    const { server, told } = await finding({ machines: [{ ...machine, id: undefined, ...change }] }, known);
    expect(told).toBe("uncertain: unidentified");
    expect(server.asked).toEqual(["list 0"]);
  });

  it.each<[string, Partial<Machine>, Partial<KnownSvm>]>([
    ["of another name", { name: "another" }, {}],
    ["in another place, when its id is not known", { parentId: "h-2" }, { id: null }],
  ])("but not because one is listed without an id %s", async (_, change, known) => {
    const { told } = await finding({ machines: [{ ...machine, id: undefined, ...change }] }, known);
    expect(told).toBe("gone");
  });

  it("and all who ask learn the same", async () => {
    const server = await LaggingServer.start({ connectsAt: 0, connecting: 3_600_000 });
    const { judge } = server.client();
    await judge.find(svm);
    const before = server.clock.now();
    await judge.find({ ...svm, id: "v-2" });
    expect(server.clock.now()).toBe(before);
  });
});

describe("an SVM that a task deploys", () => {
  const known = { ...svm, deployedBy: "t-1" };
  const changed = (ago: number) => new Date(Date.now() - ago).toISOString();

  async function deploying(state: string, ago: number, options: LaggingServerOptions = {}) {
    const server = await LaggingServer.start(options);
    const subtask = { id: "s-1", state, stateChanged: changed(ago), result: { svmId: "v-1" } };
    server.fake.on("GET /api/3.0/virtualization/tasks/t-1", {
      body: { id: "t-1", state: "Running", stateChanged: changed(ago), children: [subtask] },
    });
    return { server, judge: server.client().judge };
  }

  it("is being deployed as long as the task runs: no list is read", async () => {
    const { server, judge } = await deploying("Running", 0);
    expect(await judge.find(known)).toMatchObject({ is: "being deployed", deployment: { svmId: "v-1" } });
    expect(server.asked).toEqual([]);
  });

  it.each([
    ["not gone yet nine minutes later", 9 * MINUTE, "uncertain: new"],
    ["gone eleven minutes later", 11 * MINUTE, "gone"],
  ])("and that no list has shown is %s", async (_, ago, told) => {
    const { judge } = await deploying("Completed", ago);
    expect(summary(await judge.find(known))).toBe(told);
  });

  it("is gone at once when the deployment has failed", async () => {
    const { judge } = await deploying("Failed", 0);
    expect((await judge.find(known)).is).toBe("gone");
  });

  it("is waited for until it is listed", async () => {
    const { judge } = await deploying("Completed", 0, { machines: [{ ...machine, since: 40_000 }] });
    expect((await judge.await(known)).is).toBe("there");
  });

  it("is waited for a minute at most", async () => {
    const { server, judge } = await deploying("Completed", 0);
    expect(summary(await judge.await(known))).toBe("uncertain: new");
    expect(server.clock.now()).toBeLessThan(90_000);
  });

  it("keeps the judge from refreshing: two lists two periods apart tell of others", async () => {
    const { server, judge } = await deploying("Running", 0);
    await judge.find(known);
    expect((await judge.find({ ...svm, id: "v-2" })).is).toBe("gone");
    expect(server.asked).toEqual(["list 0", "look 0", "list 0", "look 20000", "list 20000"]);
  });

  it("is found by its name when nobody has told its id", async () => {
    const server = await LaggingServer.start({ machines: [{ ...machine, since: 5_000 }] });
    expect(await server.client().judge.appearance(place)).toMatchObject({ id: "v-1" });
    expect(await server.client().judge.appearance({ ...place, name: "none" }, { limit: 30_000 })).toBeUndefined();
  });
});

describe("a name is free in a place", () => {
  it("for one list, on a connection that is connected", async () => {
    const server = await LaggingServer.start();
    expect(await server.client().judge.namesake(place)).toBeUndefined();
    expect(server.asked).toEqual(["look 0", "list 0"]);
  });

  it("for one list for all that are deployed together", async () => {
    const server = await LaggingServer.start();
    const { judge } = server.client();
    await Promise.all(Array.from({ length: 100 }, (_, index) => judge.namesake({ ...place, name: `svm-${index}` })));
    expect(server.asked).toEqual(["look 0", "list 0"]);
  });

  it("by a list that begins a period after the connection was seen being made", async () => {
    const server = await LaggingServer.start({ connectsAt: 0, emptyFor: 5_000, machines: [machine] });
    const { judge, infrastructures } = server.client();
    await infrastructures.waitForConnection("i-1");
    const connected = server.clock.now();
    const names = Array.from({ length: 10 }, (_, index) => `svm-${index}`);
    await Promise.all(names.map((name) => judge.namesake({ ...place, name })));
    expect(server.times("list")).toEqual([Math.round(connected + 10_000)]);
  });

  it("when the connection that is being made is connected, however long that takes", async () => {
    const server = await LaggingServer.start({ connectsAt: 0, connecting: 600_000 });
    expect(await server.client().judge.namesake(place)).toBeUndefined();
    expect(server.times("list")[0]).toBeGreaterThanOrEqual(610_000);
  });

  it("not as long as the connection is down: that is an error, and no list is read", async () => {
    const server = await LaggingServer.start({ isDown: true });
    await expect(server.client().judge.namesake(place)).rejects.toMatchObject({ name: "ConnectionDownError" });
    expect(server.asked).toEqual(["look 0"]);
  });

  it("not when an SVM of that name is still listed a period later", async () => {
    const server = await LaggingServer.start({ machines: [{ ...machine, name: "Te\u0301" }] });
    expect(await server.client().judge.namesake({ ...place, name: "T\u00e9" })).toMatchObject({ id: "v-1" });
    expect(server.times("list")).toEqual([0, 10_000]);
  });

  it("when the list has only not noticed yet that the other one has gone", async () => {
    const server = await LaggingServer.start({ machines: [{ ...machine, until: -2_000 }] });
    expect(await server.client().judge.namesake(place)).toBeUndefined();
  });

  it.each([
    ["of that name", {}],
    ["without a name", { name: undefined }],
  ])("not when one is listed there without an id, %s: that is an error", async (_, change) => {
    const server = await LaggingServer.start({ machines: [{ ...machine, id: undefined, ...change }] });
    await expect(server.client().judge.namesake(place)).rejects.toMatchObject({ name: "SvmUnidentifiedError" });
    expect(server.times("list")).toEqual([0]);
  });

  it.each([
    ["of another name", { name: "another" }],
    ["in another place", { parentId: "h-2" }],
  ])("when one is listed without an id, but %s", async (_, change) => {
    const server = await LaggingServer.start({ machines: [{ ...machine, id: undefined, ...change }] });
    expect(await server.client().judge.namesake(place)).toBeUndefined();
  });

  it("when the other one is in another place", async () => {
    const server = await LaggingServer.start({ machines: [{ ...machine, parentId: "h-2" }] });
    expect(await server.client().judge.namesake(place)).toBeUndefined();
    expect(server.times("list")).toEqual([0]);
  });

  it.each([
    ["taken", "in the project", "p-1-v"],
    ["free", "in another one", "p-2-v"],
  ])("is %s when one whose parent is a hypervisor is %s", async (told, _, id) => {
    const server = await LaggingServer.start({ machines: [{ ...machine, id, parentId: "compute-1" }] });
    const namesake = await server.client().judge.namesake({ ...inProject, name: "svm" });
    expect(namesake === undefined ? "free" : "taken").toBe(told);
  });

  it("only after everything was read anew, where an earlier request may have taken it", async () => {
    const server = await LaggingServer.start({ machines: [{ ...machine, since: -2_000 }] });
    expect(await server.client().judge.namesake(place, { thoroughly: true })).toMatchObject({ id: "v-1" });
    expect(server.times("refresh")).toHaveLength(1);
  });

  it("or nothing is deployed", async () => {
    const server = await LaggingServer.start({ machines: [machine] });
    const deploys = server.client().svms.deploy({ ...deployment("svm"), placement: { ...hostPlacement("h-1") } });
    await expect(deploys).rejects.toMatchObject({ name: "SvmExistsError" });
  });
});
