import { type Habits, type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient, base64, hypervisorRequest } from "./support/api-client";
import {
  cloud,
  connectCloud,
  connectVcenter,
  deployment,
  ended,
  existing,
  hostSvm,
  projectSvm,
  register,
  registrationPath,
  svmPath,
  vcenter,
} from "./support/svm-requests";

let simulator: Simulator;
let client: ApiClient;
let infrastructureId: string;
async function start(habits: Partial<Habits> = {}): Promise<void> {
  simulator = await startSimulator({ timeScale: 0.001, habits });
  client = await ApiClient.loggedIn(simulator);
}
async function startVcenter(habits: Partial<Habits> = {}): Promise<void> {
  await start(habits);
  infrastructureId = await connectVcenter(client);
}
afterEach(() => simulator.stop());

const infrastructure = async () => (await client.get(`/infrastructures/${infrastructureId}`)).json();
const objects = async (query: string) =>
  (await client.get(`/infrastructures/${infrastructureId}/objects?${query}`)).json();

describe("an SVM in OpenStack", () => {
  test("is shown under its hypervisor, and found under its project", async () => {
    await start({ openstackSvmParent: "hypervisor" });
    infrastructureId = await connectCloud(client);
    const [project] = cloud(simulator).projects;
    const [hypervisor] = cloud(simulator).hypervisors;
    const { vms } = await objects(`objectTypes=SVM&parentId=${project!.id}`);
    expect(vms).toMatchObject([{ name: "svm-existing", parentId: hypervisor!.id }]);
  });

  test("is shown under its hypervisor when it was just deployed, and removed from its project", async () => {
    await start({ openstackSvmParent: "hypervisor" });
    infrastructureId = await connectCloud(client);
    const imageId = await register(client);
    await ended(client, "POST", deployment(imageId, [projectSvm(simulator, infrastructureId, "svm-1")]));
    const { vms } = await objects("objectTypes=SVM");
    expect(vms.map(({ parentId }: { parentId: string }) => parentId)).toEqual(
      Array(2).fill(cloud(simulator).hypervisors[0]!.id),
    );
    const removal = await ended(client, "DELETE", { svms: [existing(simulator, infrastructureId, "svm-1")] });
    expect(removal.state).toBe("Completed");
  });

  test("is shown under its project otherwise, as other machines always are", async () => {
    await start();
    infrastructureId = await connectCloud(client);
    const [security, , web] = cloud(simulator).projects;
    const parents = async () =>
      (await objects("objectTypes=VM+SVM")).vms.map(({ parentId }: { parentId: string }) => parentId);
    expect(await parents()).toEqual([web!.id, security!.id]);
    simulator.habits.openstackSvmParent = "hypervisor";
    expect((await parents())[0]).toBe(web!.id);
  });
});

describe("spelling", () => {
  test("states and errors of an infrastructure can be in mixed case", async () => {
    await startVcenter({ connectionStates: "Connected" });
    expect((await infrastructure()).connectionInfo.admin).toMatchObject({
      status: "Connected",
      connectionError: "NoError",
    });
    simulator.world.rotateCertificate("vcenter.example.test:443");
    expect((await infrastructure()).connectionInfo.admin).toMatchObject({
      status: "Disconnected",
      connectionError: "InvalidCertificate",
    });
  });

  test("those of microservices, too", async () => {
    await start({ connectionStates: "Connected" });
    infrastructureId = await connectCloud(client);
    const [region] = (await infrastructure()).connectionInfo.admin.details.regions;
    expect(region.glance[0]).toMatchObject({ status: "Connected", error: "NoError" });
  });

  test("a cancelled task can have one l", async () => {
    await start({ cancelledTask: "Canceled" });
    const { id } = (
      await client.call("PUT", `/management/deployment/svm/images/${await register(client)}/validate`)
    ).json();
    simulator.world.tasks.cancel(id);
    await simulator.world.tasks.settled(id);
    expect((await client.get(`/virtualization/tasks/${id}`)).json().state).toBe("Canceled");
  });

  test.each([
    ["asDocumented", "NUMAVSERVER", "NUMAVERSER"],
    ["NUMAVSERVER", "NUMAVSERVER", "NUMAVSERVER"],
    ["NUMAVERSER", "NUMAVERSER", "NUMAVERSER"],
  ] as const)(
    "Numa vServer %s is %s for connections and %s for images, and nothing else",
    async (numaVServer, connection, image) => {
      await start({ numaVServer });
      const other = (spelling: string) => (spelling === "NUMAVSERVER" ? "NUMAVERSER" : "NUMAVSERVER");
      const connect = (type: string) =>
        client.post("/infrastructures", hypervisorRequest(type, "numa-primary.example.test"));
      const registration = (type: string) =>
        client.post(registrationPath, { manifestUrl: "/opt/svm/svm-6.2.xml", hypervisors: [{ type }] });
      expect((await connect(other(connection))).status).toBe(400);
      expect((await connect(connection)).json().type).toBe(connection);
      expect((await registration(other(image))).status).toBe(400);
      expect((await registration(image)).json().hypervisors).toEqual([{ type: image }]);
    },
  );

  test.each([
    ["asSent", "VCenter.example.test", "VCenter.example.test"],
    ["lowerCase", "VCenter.example.test", "vcenter.example.test"],
    ["upperCase", "VCenter.example.test", "VCENTER.EXAMPLE.TEST"],
    ["withPort", "vcenter.example.test", "vcenter.example.test:443"],
    ["withPort", "vcenter.example.test:443", "vcenter.example.test:443"],
  ] as const)("an address kept %s: %s is %s", async (addresses, sent, shown) => {
    await start({ addresses });
    simulator.world.trust("vcenter.example.test:443");
    const { infrastructureId: id, address } = (
      await client.post("/infrastructures", hypervisorRequest("VMWARE", sent))
    ).json();
    expect(address).toBe(shown);
    expect((await client.get(`/infrastructures/${id}`)).json().address).toBe(shown);
  });

  test("addresses of certificates and reserve servers come back the same way", async () => {
    await start({ addresses: "upperCase" });
    const certificate = await client.get("/sslConfig/getCertificate?address=vcenter.example.test:443");
    expect(certificate.json().address).toBe("VCENTER.EXAMPLE.TEST:443");
    await client.call("PUT", "/server/configuration/role", { role: "Primary" });
    const reserve = { role: "Reserve", address: "viis-spare.example.test:7271", password: base64("Reserve-Passw0rd") };
    expect((await client.post("/ha/instances", reserve)).json().address).toBe("VIIS-SPARE.EXAMPLE.TEST:7271");
  });
});

describe("ids that are missing", () => {
  test("one SVM is listed without an id, and is there by it", async () => {
    await startVcenter({ svmsWithoutId: ["svm-hand"] });
    const id = simulator.addSvm({ name: "svm-hand", on: "esx-01" });
    const { vms } = await objects("objectTypes=SVM&outputType=DetailedInfo");
    expect(vms.map((vm: { id?: string; name: string }) => [vm.name, "id" in vm])).toEqual([
      ["svm-old", true],
      ["svm-hand", false],
    ]);
    expect((await client.get(`/infrastructures/${infrastructureId}/objects/${id}`)).json().id).toBe(id);
  });

  test("adapters of one SVM, or of all, have no ids", async () => {
    await startVcenter({ svmsWithoutAdapterIds: ["svm-hand"] });
    simulator.addSvm({ name: "svm-hand", on: "esx-01" });
    const adapters = async () =>
      (await objects("objectTypes=SVM&outputType=DetailedInfo")).vms.map(
        ({ networkAdapters: [adapter] }: { networkAdapters: object[] }) => Object.keys(adapter!),
      );
    expect(await adapters()).toEqual([["id", "name"], ["name"]]);
    simulator.habits.svmsWithoutAdapterIds = ["*"];
    expect(await adapters()).toEqual([["name"], ["name"]]);
  });
});

describe("a reconfiguration", () => {
  const [beside, inside] = ["beside", "inside"];
  /** Moves the only adapter of svm-old to the network Management. */
  async function reconfigure(form: string | undefined): Promise<{ status: number; network: string }> {
    const { deploymentInfo } = existing(simulator, infrastructureId, "svm-old");
    const management = vcenter(simulator).hosts[1]!.networks[1]!;
    const settings = { networks: [{ id: management.id, isPrimary: true, type: "dynamic" }] };
    const svm = {
      svmSettings: { password: base64("Klconfig-Passw0rd") },
      deploymentInfo: { ...deploymentInfo, ...(form === inside ? { settings } : {}) },
      ...(form === beside ? { settings } : {}),
    };
    const answer = await client.call("PUT", svmPath, { threadsCount: "1", svms: [svm] });
    if (answer.status === 200) {
      await simulator.world.tasks.settled(answer.json().id);
      expect((await client.get(`/virtualization/tasks/${answer.json().id}`)).json().state).toBe("Completed");
    }
    const [adapter] = simulator.world.svms.named("svm-old").vm.networkAdapters;
    return { status: answer.status, network: adapter!.name };
  }
  const [changed, kept, refused] = [
    { status: 200, network: "Management" },
    { status: 200, network: "Servers" },
    { status: 400, network: "Servers" },
  ];

  test.each([
    ["either", changed, changed],
    ["refuseBeside", refused, changed],
    ["refuseInside", changed, refused],
    ["ignoreBeside", kept, changed],
    ["ignoreInside", changed, kept],
    ["ignoreBoth", kept, kept],
  ] as const)("%s", async (reconfiguredNetworks, whenBeside, whenInside) => {
    await startVcenter({ reconfiguredNetworks });
    expect(await reconfigure(beside)).toEqual(whenBeside);
    await simulator.stop();
    await startVcenter({ reconfiguredNetworks });
    expect(await reconfigure(inside)).toEqual(whenInside);
  });

  test.each([
    ["accepted", {}, 200],
    ["refused", {}, 400],
    ["refused", { allowSshAccess: "true" }, 200],
  ] as const)("a password for root alone is %s", async (rootPasswordAlone, beside, status) => {
    await startVcenter({ rootPasswordAlone });
    const svm = {
      ...existing(simulator, infrastructureId, "svm-old"),
      svmSettings: {
        password: base64("Klconfig-Passw0rd"),
        users: { root: { password: base64("Root-2"), ...beside } },
      },
    };
    expect((await client.call("PUT", svmPath, { threadsCount: "1", svms: [svm] })).status).toBe(status);
  });
});

test.each([
  ["refused", 409],
  ["accepted", 200],
] as const)("a second connection to one address is %s", async (secondConnection, status) => {
  await startVcenter({ secondConnection });
  const second = await client.post("/infrastructures", hypervisorRequest("VMWARE", "vcenter.example.test"));
  expect(second.status).toBe(status);
});

describe("a list of tasks", () => {
  const tasks = (version: string, query = "") =>
    client.send({
      path: `/api/${version}/virtualization/tasks${query}`,
      headers: { accept: "application/json", authorization: client.authorization },
    });
  const typesIn = (list: readonly { type: string }[]) => list.map(({ type }) => type);
  async function startWithTasks(habits: Partial<Habits>): Promise<void> {
    await startVcenter(habits);
    const imageId = await register(client);
    const { id } = (await client.call("PUT", `/management/deployment/svm/images/${imageId}/validate`)).json();
    simulator.world.tasks.cancel(id);
    await simulator.world.tasks.settled(id);
    await ended(client, "POST", deployment(imageId, [hostSvm(simulator, infrastructureId, "svm-1")]));
  }

  test.each([
    ["none", 404, 404],
    ["2.0", 200, 404],
    ["3.0", 404, 200],
    ["both", 200, 200],
  ] as const)("%s", async (taskList, older, newer) => {
    await start({ taskList });
    expect([(await tasks("2.0")).status, (await tasks("3.0")).status]).toEqual([older, newer]);
  });

  test("has the tasks that requests created, with their subtasks, oldest first", async () => {
    await startWithTasks({ taskList: "both" });
    const list = (await tasks("2.0")).json();
    expect(typesIn(list)).toEqual(["ValidateSvmImage", "DeployMultipleSvm"]);
    expect(typesIn(list[1].children)).toEqual(["DeploySvm"]);
    expect(typesIn((await tasks("3.0")).json().tasks)).toEqual(typesIn(list));
  });

  test.each([
    ["?type=DeployMultipleSvm", ["DeployMultipleSvm"]],
    ["?state=Cancelled", ["ValidateSvmImage"]],
    ["?state=Running", []],
    ["?createdFrom=2001-01-01T00:00:00&type=DeployMultipleSvm", ["DeployMultipleSvm"]],
    ["?createdFrom=2999-01-01T00:00:00", []],
  ])("%s chooses", async (query, types) => {
    await startWithTasks({ taskList: "2.0" });
    expect(typesIn((await tasks("2.0", query)).json())).toEqual(types);
  });

  test.each(["?createdFrom=yesterday", "?created=2001-01-01T00:00:00"])("%s is refused", async (query) => {
    await start({ taskList: "2.0" });
    expect((await tasks("2.0", query)).status).toBe(400);
  });

  test("needs a token, and takes no password", async () => {
    await start({ taskList: "2.0" });
    const authorization = `Basic ${base64(`${simulator.username}:${simulator.password}`)}`;
    const answer = await client.send({
      path: "/api/2.0/virtualization/tasks",
      headers: { accept: "application/json", authorization },
    });
    expect(answer.status).toBe(401);
  });
});
