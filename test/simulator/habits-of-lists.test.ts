import { type Habits, type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient, accounts, hypervisorRequest, openstackRequest } from "./support/api-client";
import {
  connectCloud,
  connectVcenter,
  deployment,
  ended,
  existing,
  hostSvm,
  register,
  vcenter,
} from "./support/svm-requests";

type Named = { id: string; name: string; parentId: string };

/** Simulated seconds that no test lives to see the end of. */
const ages = 1_000_000;

let simulator: Simulator;
let client: ApiClient;
let infrastructureId: string;
async function start(habits: Partial<Habits> = {}, timeScale = 0.001): Promise<void> {
  simulator = await startSimulator({ timeScale, habits });
  client = await ApiClient.loggedIn(simulator);
}
async function startVcenter(habits: Partial<Habits> = {}): Promise<void> {
  await start(habits);
  infrastructureId = await connectVcenter(client);
}
afterEach(() => simulator.stop());

const path = () => `/infrastructures/${infrastructureId}`;
const list = async (query = "Host+SVM+VM") => (await client.get(`${path()}/objects?objectTypes=${query}`)).json();
const names = (objects: readonly Named[]) => objects.map(({ name }) => name);
const svmNames = async () => names((await list("SVM")).vms);
const hostNames = async () => names((await list("Host")).locations);
const status = async () => (await client.get(path())).json().connectionInfo.admin.status;
const refresh = () => client.post(`${path()}/refresh`);
async function refreshed(): Promise<void> {
  await refresh();
  await client.settle(infrastructureId);
}
async function deploy(name: string): Promise<void> {
  const imageId = await register(client);
  await ended(client, "POST", deployment(imageId, [hostSvm(simulator, infrastructureId, name)]));
}
/** As if the last look were that much older. */
function letTimePass(simulatedSeconds: number): void {
  const infrastructure = simulator.world.infrastructures.get(infrastructureId)!;
  const milliseconds = simulatedSeconds * 1000 * 0.001;
  infrastructure.seenAt = new Date(infrastructure.seenAt!.getTime() - milliseconds);
}

describe("lists", () => {
  const lagging = { lists: "lagging", updatePeriodSeconds: ages } as const;

  test("current ones show an SVM as soon as it is there", async () => {
    await startVcenter({ updatePeriodSeconds: ages });
    await svmNames();
    await deploy("svm-1");
    expect(await svmNames()).toEqual(["svm-old", "svm-1"]);
  });

  test("lagging ones show an SVM that came late only after the next look", async () => {
    await startVcenter(lagging);
    await deploy("svm-1");
    expect(await svmNames()).toEqual(["svm-old"]);
    letTimePass(ages);
    expect(await svmNames()).toEqual(["svm-old", "svm-1"]);
  });

  test("lagging ones still show an SVM that has gone", async () => {
    await startVcenter(lagging);
    await ended(client, "DELETE", { svms: [existing(simulator, infrastructureId, "svm-old")] });
    expect(await svmNames()).toEqual(["svm-old"]);
    letTimePass(ages);
    expect(await svmNames()).toEqual([]);
  });

  test("lagging ones show a state and a name of before", async () => {
    await startVcenter(lagging);
    simulator.powerOffSvm("svm-old");
    simulator.renameSvm("svm-old", "renamed");
    expect((await list("SVM")).vms).toMatchObject([{ name: "svm-old", state: "Enabled" }]);
  });

  test("an object by its id lags, too", async () => {
    await startVcenter(lagging);
    await svmNames();
    await deploy("svm-1");
    const { id } = simulator.world.svms.named("svm-1").vm;
    expect((await client.get(`${path()}/objects/${id}`)).status).toBe(404);
  });

  test("a look that nobody asked for is seen when something changes", async () => {
    await startVcenter(lagging);
    simulator.renameSvm("svm-old", "first");
    letTimePass(ages);
    simulator.renameSvm("first", "second");
    expect(await svmNames()).toEqual(["first"]);
  });

  test("lagging ones are fresh once a refresh has connected", async () => {
    await startVcenter(lagging);
    await deploy("svm-1");
    await refreshed();
    expect(await svmNames()).toEqual(["svm-old", "svm-1"]);
  });

  test("they can begin to lag, and cease to, while the simulator runs", async () => {
    await startVcenter({ updatePeriodSeconds: ages });
    simulator.habits.lists = "lagging";
    await deploy("svm-1");
    expect(await svmNames()).not.toContain("svm-1");
    simulator.habits.lists = "current";
    await deploy("svm-2");
    expect(await svmNames()).toContain("svm-2");
  });
});

describe("the update period", () => {
  const periodOf = ({ connectionInfo }: { connectionInfo: Record<string, { updatePeriodSeconds?: number }> }) =>
    Object.values(connectionInfo).map(({ updatePeriodSeconds }) => updatePeriodSeconds);
  const connectVsphere = (read: object = accounts) => {
    simulator.world.trust("vcenter.example.test:443");
    return client.connect(hypervisorRequest("VMWARE", "vcenter.example.test", read));
  };

  test("is reported in real seconds", async () => {
    await start({ updatePeriodSeconds: 500 });
    const { admin, viewer: readOnly } = accounts;
    expect(periodOf(await connectVsphere({ admin, readOnly }))).toEqual([undefined, 0.5]);
  });

  test("is reported with a read-only account only", async () => {
    await start();
    expect(periodOf(await connectVsphere({ admin: accounts.admin }))).toEqual([undefined]);
  });

  test.each([
    ["asDocumented", 0],
    ["onOpenStackToo", 0.01],
  ] as const)("of an OpenStack, reported %s, is %d", async (reportedUpdatePeriod, seconds) => {
    await start({ reportedUpdatePeriod });
    infrastructureId = await connectCloud(client);
    expect(periodOf((await client.get(path())).json())).toEqual([undefined, seconds]);
    const tested = await client.post(
      "/infrastructures/testConnection",
      openstackRequest("OPENSTACK", "openstack.example.test"),
    );
    expect(periodOf(tested.json())).toEqual([undefined, seconds]);
  });
});

describe("a refresh", () => {
  test("connects anew", async () => {
    await start({}, 1);
    infrastructureId = (
      await client.post("/infrastructures", hypervisorRequest("HYPERV", "hyperv.example.test"))
    ).json().infrastructureId;
    simulator.world.infrastructures.get(infrastructureId)!.connectingUntil = new Date(0);
    expect(await status()).toBe("CONNECTED");
    await refresh();
    expect(await status()).toBe("CONNECTING");
  });

  test("that has not begun yet leaves the first look CONNECTED, and lists old", async () => {
    await start({ statusAfterRefresh: "connectedOnce", lists: "lagging", updatePeriodSeconds: ages }, 1);
    simulator.world.trust("vcenter.example.test:443");
    const body = hypervisorRequest("VMWARE", "vcenter.example.test");
    infrastructureId = (await client.post("/infrastructures", body)).json().infrastructureId;
    simulator.world.infrastructures.get(infrastructureId)!.connectingUntil = new Date(0);
    await svmNames();
    simulator.renameSvm("svm-old", "renamed");
    await refresh();
    expect(await status()).toBe("CONNECTED");
    expect(await svmNames()).toEqual(["svm-old"]);
    expect(await status()).toBe("CONNECTING");
  });
});

describe("after connecting", () => {
  test.each([
    ["complete", ["esx-01", "esx-02", "esx-03", "esx-lab", "esx-lab"], ["svm-old"]],
    ["empty", [], []],
    ["withoutMachines", ["esx-01", "esx-02", "esx-03", "esx-lab", "esx-lab"], []],
    ["partial", ["esx-01", "esx-02"], []],
  ] as const)("lists are %s for a while", async (listsAfterConnecting, hosts, svms) => {
    await startVcenter({ listsAfterConnecting, listsCompleteAfterSeconds: ages });
    expect([await hostNames(), await svmNames()]).toEqual([hosts, svms]);
    simulator.habits.listsCompleteAfterSeconds = 0;
    expect([(await hostNames()).length, await svmNames()]).toEqual([5, ["svm-old"]]);
  });

  test("lists are empty again after a refresh", async () => {
    await startVcenter({ listsAfterConnecting: "empty", listsCompleteAfterSeconds: 0 });
    expect(await hostNames()).toHaveLength(5);
    simulator.habits.listsCompleteAfterSeconds = ages;
    await refreshed();
    expect(await hostNames()).toEqual([]);
  });

  test("an OpenStack lists nothing, too", async () => {
    await start({ listsAfterConnecting: "empty", listsCompleteAfterSeconds: ages });
    infrastructureId = await connectCloud(client);
    expect(await list("OpenstackDomain+OpenstackProject+SVM+VM")).toEqual({ locations: [], vms: [] });
  });
});

describe("a new connection", () => {
  const hostId = async () => (await list("Host")).locations[0].id;
  const svm = async (): Promise<Named> => (await list("SVM")).vms[0];
  async function connectAnew(newIds: Habits["newIds"]): Promise<void> {
    simulator.habits.newIds = newIds;
    await client.delete(path());
    infrastructureId = await connectVcenter(client);
  }

  test.each([
    ["nothing", true, true],
    ["hosts", false, true],
    ["hostsAndMachines", false, false],
    ["everything", false, false],
  ] as const)("numbers %s anew", async (newIds, keepsHost, keepsSvm) => {
    await startVcenter();
    const [host, { id }] = [await hostId(), await svm()];
    await connectAnew(newIds);
    expect([(await hostId()) === host, (await svm()).id === id]).toEqual([keepsHost, keepsSvm]);
  });

  test("numbers networks and storages anew with everything else", async () => {
    await startVcenter();
    const resources = async () => (await client.get(`${path()}/objects/${await hostId()}`)).json().resources;
    const before = await resources();
    await connectAnew("everything");
    const after = await resources();
    expect(after.networks[0].id).not.toBe(before.networks[0].id);
    expect(after.storages[0].id).not.toBe(before.storages[0].id);
    expect(names(after.networks)).toEqual(names(before.networks));
  });

  test("keeps its numbers, and another one has others", async () => {
    await startVcenter({ newIds: "hosts" });
    const first = await hostId();
    expect(await hostId()).toBe(first);
    await connectAnew("hosts");
    expect(await hostId()).not.toBe(first);
  });

  test("finds children and objects by its own ids, and none by old ones", async () => {
    await startVcenter();
    const [old, oldSvm] = [await hostId(), await svm()];
    await connectAnew("hostsAndMachines");
    const { id, parentId } = await svm();
    expect(names((await client.get(`${path()}/objects?objectTypes=SVM&parentId=${parentId}`)).json().vms)).toEqual([
      "svm-old",
    ]);
    expect((await client.get(`${path()}/objects?objectTypes=SVM&parentId=${old}`)).status).toBe(404);
    expect((await client.get(`${path()}/objects/${id}`)).json().id).toBe(id);
    expect((await client.get(`${path()}/objects/${oldSvm.id}`)).status).toBe(404);
  });

  test("takes its own ids in requests about SVMs, and its tasks have them", async () => {
    await startVcenter({ newIds: "everything" });
    const imageId = await register(client);
    const { id: host } = (await list("Host")).locations[0];
    const { networks, storages } = (await client.get(`${path()}/objects/${host}`)).json().resources;
    const sent = hostSvm(simulator, infrastructureId, "svm-1");
    const task = await ended(
      client,
      "POST",
      deployment(imageId, [
        {
          ...sent,
          deploymentInfo: { type: "host", target: { infrastructureId, location: { id: host } } },
          settings: {
            storageId: storages[0].id,
            networks: [{ id: networks[0].id, isPrimary: true, type: "dynamic" }],
          },
        },
      ]),
    );
    const listed = (await list("SVM")).vms.find(({ name }: Named) => name === "svm-1");
    expect(task.children[0].result).toEqual({ svmId: listed.id });
    expect(task.children[0].parameters).toContainEqual({ key: "svmId", value: listed.id });
    expect(task.children[0].parameters).toContainEqual({ key: "hostId", value: host });
    const [esx01] = vcenter(simulator).hosts;
    const { vm, settings } = simulator.world.svms.named("svm-1");
    expect([vm.parentId, settings.placement]).toEqual([esx01!.id, { type: "host", storageId: esx01!.storages[0]!.id }]);
    const target = { infrastructureId, svmId: listed.id, location: { id: host } };
    const removal = await ended(client, "DELETE", { svms: [{ deploymentInfo: { type: "host", target } }] });
    expect([removal.state, removal.children[0].parameters[3].value]).toEqual(["Completed", listed.id]);
  });

  test("refuses the platform's own ids, in its own words", async () => {
    await startVcenter({ newIds: "hosts" });
    const imageId = await register(client);
    const sent = hostSvm(simulator, infrastructureId, "svm-1");
    const answer = await client.post("/management/deployment/svm/", deployment(imageId, [sent]));
    expect(answer.status).toBe(400);
    expect(answer.json().message).toContain(`no hypervisor ${vcenter(simulator).hosts[0]!.id}`);
  });
});
