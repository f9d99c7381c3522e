import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator";
import { ApiClient, hypervisorRequest, openstackRequest } from "./support/api-client";
import * as shapes from "./support/documented-shapes";

interface Named {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

let simulator: Simulator;
let client: ApiClient;
let infrastructureId: string;
afterEach(() => simulator.stop());

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ timeScale: 0.001, ...options });
  client = await ApiClient.loggedIn(simulator);
}

async function connectVsphere(options: SimulatorOptions = {}): Promise<void> {
  await start(options);
  simulator.world.trust("vcenter.example.test:443");
  ({ infrastructureId } = await client.connect(hypervisorRequest("VMWARE", "vcenter.example.test")));
}

async function connectOpenstack(): Promise<void> {
  await start();
  simulator.world.trust("openstack.example.test:5000");
  ({ infrastructureId } = await client.connect(openstackRequest("OPENSTACK", "openstack.example.test")));
}

const objects = (query = "") => client.get(`/infrastructures/${infrastructureId}/objects${query}`);
const object = (id: string) => client.get(`/infrastructures/${infrastructureId}/objects/${id}`);
const names = (list: readonly Named[]) => list.map((each) => each.name);
const hostNamed = (name: string) =>
  simulator.world.hypervisor("vcenter.example.test").hosts.find((host) => host.name === name)!;

describe("a platform that is no OpenStack", () => {
  test.each([
    ["GeneralInfo", shapes.generalObjects],
    ["DetailedInfo", shapes.detailedObjects],
  ])("%s of everything is in the documented shape", async (outputType, shape) => {
    await connectVsphere();
    const answer = await objects(`?objectTypes=Host+SVM+VM&outputType=${outputType}`);
    expect(answer.status).toBe(200);
    expect(shapes.differences(answer.json(), shape)).toEqual([]);
  });

  test("without parameters it is brief information about the hosts", async () => {
    await connectVsphere();
    const { locations, vms } = (await objects()).json();
    expect(names(locations)).toEqual(["esx-01", "esx-02", "esx-03", "esx-lab", "esx-lab"]);
    expect(vms).toEqual([]);
    expect(Object.keys(locations[0])).toEqual(["id", "name", "parentId", "state"]);
  });

  test.each([
    ["Host", 5, []],
    ["VM", 0, ["web-01", "web-02", "db-01", "lab-01"]],
    ["SVM", 0, ["svm-old"]],
    ["VM+SVM", 0, ["web-01", "web-02", "db-01", "svm-old", "lab-01"]],
    ["Host+SVM", 5, ["svm-old"]],
  ])("objectTypes=%s lists these types only", async (types, locationCount, vmNames) => {
    await connectVsphere();
    const { locations, vms } = (await objects(`?objectTypes=${types}`)).json();
    expect(locations).toHaveLength(locationCount);
    expect(names(vms)).toEqual(vmNames);
  });

  test.each(["Host%2BSVM", "Host%20SVM", "Host,SVM", "host", "OpenstackProject", ""])(
    "objectTypes=%s gives 400 that asks for a literal plus sign",
    async (types) => {
      await connectVsphere();
      const answer = await objects(`?objectTypes=${types}`);
      expect(answer.status).toBe(400);
      expect(answer.json().message).toContain('literal "+"');
    },
  );

  test.each(["?outputType=Brief", "?objectType=Host", "?objectTypes=Host&objectTypes=SVM"])(
    "%s gives 400",
    async (query) => {
      await connectVsphere();
      expect((await objects(query)).status).toBe(400);
    },
  );

  test("parentId lists the children of one host", async () => {
    await connectVsphere();
    const { vms } = (
      await objects(`?objectTypes=VM+SVM&outputType=GeneralInfo&parentId=${hostNamed("esx-02").id}`)
    ).json();
    expect(names(vms)).toEqual(["db-01", "svm-old"]);
  });

  test("the infrastructure is the parent of its hosts", async () => {
    await connectVsphere();
    expect((await objects(`?parentId=${infrastructureId}`)).json().locations).toHaveLength(5);
  });

  test("an unknown parentId gives 404", async () => {
    await connectVsphere();
    expect((await objects("?parentId=unknown")).status).toBe(404);
  });

  test.each([
    ["a host", () => hostNamed("esx-01").id, shapes.detailedHypervisor],
    [
      "an SVM",
      () => simulator.world.hypervisor("vcenter.example.test").vms.find((vm) => vm.isSvm)!.id,
      shapes.virtualMachine,
    ],
  ])("%s by its id is complete", async (_case, id, shape) => {
    await connectVsphere();
    const answer = await object(id());
    expect(answer.status).toBe(200);
    expect(shapes.differences(answer.json(), shape)).toEqual([]);
  });

  test("an unknown object gives 404", async () => {
    await connectVsphere();
    expect((await object("unknown")).status).toBe(404);
  });

  test("an infrastructure that never connected has no objects", async () => {
    await start({ timeScale: 1 });
    ({ infrastructureId } = (
      await client.post("/infrastructures", hypervisorRequest("VMWARE", "vcenter.example.test"))
    ).json());
    expect((await objects()).json()).toEqual({ locations: [], vms: [] });
  });

  test("what is seen is what was there when the server last looked, until a refresh has connected", async () => {
    await start({ timeScale: 1 });
    simulator.world.trust("vcenter.example.test:443");
    const request = hypervisorRequest("VMWARE", "vcenter.example.test");
    ({ infrastructureId } = (await client.post("/infrastructures", request)).json());
    const finishConnecting = () => {
      simulator.world.infrastructures.get(infrastructureId)!.connectingUntil = new Date(0);
    };
    finishConnecting();
    await client.settle(infrastructureId);
    hostNamed("esx-01").name = "renamed";
    expect(names((await objects()).json().locations)).toContain("esx-01");
    await client.post(`/infrastructures/${infrastructureId}/refresh`);
    expect(names((await objects()).json().locations)).toContain("esx-01");
    finishConnecting();
    expect(names((await objects()).json().locations)).toContain("renamed");
  });

  test("a broken connection keeps what was seen before", async () => {
    await connectVsphere();
    simulator.world.rotateCertificate("vcenter.example.test:443");
    expect((await objects()).json().locations).toHaveLength(5);
  });

  test("objects keep their ids when the infrastructure is connected anew", async () => {
    await connectVsphere();
    const before = (await objects()).json().locations.map((each: Named) => each.id);
    await client.delete(`/infrastructures/${infrastructureId}`);
    ({ infrastructureId } = await client.connect(hypervisorRequest("VMWARE", "vcenter.example.test")));
    expect((await objects()).json().locations.map((each: Named) => each.id)).toEqual(before);
  });

  test("the inventory can be made larger", async () => {
    await connectVsphere({ generated: { hosts: 20, vmsPerHost: 3 } });
    const { locations, vms } = (await objects("?objectTypes=Host+VM")).json();
    expect([locations.length, vms.length]).toEqual([25, 64]);
  });

  test("names are ambiguous where a look-up has to notice", async () => {
    await connectVsphere();
    expect(names((await objects()).json().locations).filter((name) => name === "esx-lab")).toHaveLength(2);
    const { networks } = (await object(hostNamed("esx-03").id)).json().resources;
    expect(new Set(networks.filter((each: Named) => each.name === "Servers").map((each: Named) => each.id)).size).toBe(
      2,
    );
  });
});

describe("an OpenStack", () => {
  test.each([
    ["GeneralInfo", shapes.generalOpenstackObjects],
    ["DetailedInfo", shapes.detailedOpenstackObjects],
  ])("%s of everything is in the documented shape", async (outputType, shape) => {
    await connectOpenstack();
    const answer = await objects(`?objectTypes=OpenstackDomain+OpenstackProject+SVM+VM&outputType=${outputType}`);
    expect(answer.status).toBe(200);
    expect(shapes.differences(answer.json(), shape)).toEqual([]);
  });

  test("without parameters it is the domains and projects", async () => {
    await connectOpenstack();
    const { locations, vms } = (await objects()).json();
    expect(names(locations)).toEqual(["Default", "Production", "security", "security", "web"]);
    expect(vms).toEqual([]);
  });

  test("a project by its id has its resources and hangs under its domain", async () => {
    await connectOpenstack();
    const { projects, domains } = simulator.world.openstack("openstack.example.test");
    const web = projects.find((project) => project.name === "web")!;
    const answer = (await object(web.id)).json();
    expect(shapes.differences(answer, shapes.detailedProject)).toEqual([]);
    expect(answer.parentId).toBe(domains.find((domain) => domain.name === "Production")!.id);
  });

  test("parentId lists the projects of one domain", async () => {
    await connectOpenstack();
    const [, production] = simulator.world.openstack("openstack.example.test").domains;
    expect(names((await objects(`?parentId=${production!.id}`)).json().locations)).toEqual(["security", "web"]);
  });

  test("network adapters have their security groups", async () => {
    await connectOpenstack();
    const { vms } = (await objects("?objectTypes=SVM&outputType=DetailedInfo")).json();
    expect(vms[0].networkAdapters[0].securityGroups[0].name).toBe("default");
  });

  test("Host is no type of it", async () => {
    await connectOpenstack();
    expect((await objects("?objectTypes=Host")).status).toBe(400);
  });
});
