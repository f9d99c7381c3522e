import type { ObjectsQuery } from "../../../src/integration-server";
import { FakeServer } from "../fake-server";

const ROOT = "/api/3.0/infrastructures/i-1/objects";

describe("a list of objects", () => {
  it.each<[ObjectsQuery, string]>([
    [{}, ""],
    [{ types: ["Host", "SVM"] }, "?objectTypes=Host+SVM"],
    [{ detailed: true }, "?outputType=DetailedInfo"],
    [{ detailed: false }, "?outputType=GeneralInfo"],
    [
      { types: ["OpenstackDomain", "OpenstackProject", "VM"], detailed: false, parentId: "a+b/c" },
      "?objectTypes=OpenstackDomain+OpenstackProject+VM&outputType=GeneralInfo&parentId=a%2Bb%2Fc",
    ],
  ])("is asked for with %j", async (query, expected) => {
    const server = (await FakeServer.start()).on(`GET ${ROOT}${expected}`, { body: { locations: [], vms: [] } });
    await server.client().infrastructures.objects("i-1", query);
    expect(server.received[0]?.url).toBe(`${ROOT}${expected}`);
  });

  const list = async (body: unknown) =>
    (await FakeServer.start()).on(`GET ${ROOT}`, { body }).client().infrastructures.objects("i-1");
  const none = { networks: [], storages: [], volumeTypes: [], securityGroups: [], serverGroups: [], flavors: [] };

  it("has hosts with their networks and storages", async () => {
    const resources = {
      networks: [{ id: "n1", name: "Servers" }],
      storages: [{ id: "s1", name: "ds1", freeSpace: 1024 }],
    };
    const host = { id: "h1", name: "esx-01", parentId: "i-1", state: "Started" };
    expect((await list({ locations: [{ ...host, resources }] })).locations).toEqual([
      { kind: "location", ...host, resources: { ...none, ...resources, availabilityZones: [] } },
    ]);
  });

  it("has OpenStack projects with all that they offer", async () => {
    const named = [{ id: "1", name: "one" }];
    const flavor = {
      id: "f",
      name: "m1",
      vCpus: 1,
      ramInMegabytes: 2048,
      diskInGigabytes: 10,
      suitableForSvmVersions: ["6.2"],
    };
    const offers = {
      networks: named,
      volumeTypes: named,
      securityGroups: named,
      serverGroups: named,
      flavors: [flavor],
    };
    const project = { id: "p1", name: "prod", parentId: "d1" };
    const wire = { ...project, resources: { ...offers, availabilityZones: [{ name: "nova" }] } };
    expect((await list({ locations: [wire] })).locations).toEqual([
      {
        kind: "location",
        ...project,
        state: undefined,
        resources: { ...none, ...offers, availabilityZones: ["nova"] },
      },
    ]);
  });

  it("has locations without resources when only brief information was asked for", async () => {
    expect((await list({ locations: [{ id: "h1", name: "esx-01" }] })).locations[0]?.resources).toBeUndefined();
  });

  it("has virtual machines with their adapters, SVMs among them", async () => {
    const adapter = { id: "n1", name: "Servers", securityGroups: [{ id: "g", name: "default" }] };
    const vm = { id: "v1", name: "web", parentId: "h1", state: "Enabled", networkAdapters: [adapter], isSvm: false };
    const svm = {
      ...vm,
      id: "v2",
      name: "svm-01",
      networkAdapters: [{ id: "n1", name: "Servers" }],
      isSvm: true,
      svmVersion: "6.2",
    };
    expect((await list({ vms: [vm, svm] })).vms).toEqual([
      { kind: "vm", ...vm, showsAllAdapters: true, svmVersion: undefined },
      {
        kind: "vm",
        ...svm,
        showsAllAdapters: true,
        networkAdapters: [{ id: "n1", name: "Servers", securityGroups: [] }],
      },
    ]);
  });

  it("may lack both lists", async () => {
    expect(await list({})).toEqual({ locations: [], vms: [], unidentified: [] });
  });

  it("leaves out what has no id, and tells it", async () => {
    const networkAdapters = [{ name: "Servers" }, { id: "n2", name: "Backup", securityGroups: [{ name: "g" }] }];
    const networks = [{ name: "Servers" }, { id: "n2", name: "Backup" }];
    const { locations, vms, unidentified } = await list({
      locations: [
        { id: "h1", name: "esx-01", resources: { networks } },
        { id: "", name: "esx-02", parentId: "c1" },
      ],
      vms: [{ id: "v1", name: "svm-01", networkAdapters }, { name: "svm-02", parentId: "h1" }, "something", null],
    });
    expect(locations.map(({ id, resources }) => [id, resources?.networks.map(({ id }) => id)])).toEqual([
      ["h1", ["n2"]],
    ]);
    expect(vms.map(({ id, networkAdapters }) => [id, networkAdapters])).toEqual([
      ["v1", [{ id: "n2", name: "Backup", securityGroups: [] }]],
    ]);
    expect(vms[0]?.showsAllAdapters).toBe(false);
    expect(unidentified).toEqual([
      { kind: "location", name: "esx-02", parent: "c1" },
      { kind: "resource", name: "Servers", parent: "esx-01" },
      { kind: "virtual machine", name: "svm-02", parent: "h1" },
      { kind: "virtual machine", name: undefined, parent: undefined },
      { kind: "virtual machine", name: undefined, parent: undefined },
      { kind: "network adapter", name: "Servers", parent: "svm-01" },
    ]);
  });

  it("is not spoiled by what nobody needs", async () => {
    const resources = {
      storages: [{ id: "s", freeSpace: "plenty" }],
      flavors: [{ id: "f", vCpus: {}, suitableForSvmVersions: "6.2" }],
      availabilityZones: [{}, { name: "nova" }],
    };
    const vm = { id: "v1", name: {}, isSvm: "yes", svmVersion: [], state: "ENABLED", parentId: 7 };
    const { locations, vms } = await list({ locations: [{ id: 4711, state: {}, resources }], vms: [vm] });
    expect(locations).toMatchObject([
      {
        id: "4711",
        name: "4711",
        state: undefined,
        resources: { storages: [{ freeSpace: undefined }], availabilityZones: ["nova"] },
      },
    ]);
    expect(vms).toMatchObject([
      { id: "v1", name: "v1", isSvm: false, svmVersion: undefined, state: "Enabled", parentId: "7" },
    ]);
  });

  it("reads a number in quotes", async () => {
    const storages = [{ id: "s", name: "s", freeSpace: "2048" }];
    expect(
      (await list({ locations: [{ id: "h", resources: { storages } }] })).locations[0]?.resources?.storages,
    ).toEqual([{ id: "s", name: "s", freeSpace: 2048 }]);
  });
});

describe("one object", () => {
  const get = async (body: unknown) =>
    (await FakeServer.start()).on(`GET ${ROOT}/o%201`, { body }).client().infrastructures.object("i-1", "o 1");

  it("is a virtual machine when it says whether it is an SVM", async () => {
    expect(await get({ id: "o 1", name: "web", isSvm: false })).toMatchObject({ kind: "vm", isSvm: false });
  });

  it("is a virtual machine when it has adapters", async () => {
    expect(await get({ id: "o 1", networkAdapters: [] })).toMatchObject({ kind: "vm", name: "o 1" });
  });

  it("is a location otherwise", async () => {
    expect(await get({ id: "o 1", name: "esx", state: "Started" })).toMatchObject({
      kind: "location",
      state: "Started",
    });
  });
});
