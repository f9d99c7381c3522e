/** Every body against the document that shows it, field by field and type for type. */
import type { IntegrationServer, SvmDeployment, SvmReconfiguration, SvmRemoval } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { FakeServer, type Received } from "../fake-server";
import { SvmServer } from "./svm-server";
import { deployment, hostPlacement, openStackPlacement } from "./svm-specs";

const PATH = "/api/3.0/management/deployment/svm/";
const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");

const settings = {
  ksc: { address: "ksc.example.com", port: 14_000, sslPort: 13_000, language: "en" },
  dns: { main: "10.0.0.2", alternative: "10.0.0.3" },
  root: { allowSsh: true, password: new Secret("r00t") },
  klconfig: { password: new Secret("k1config") },
};
const documentedSettings = {
  ksc: { address: "ksc.example.com", port: "14000", sslPort: "13000", language: "en" },
  users: {
    root: { allowSshAccess: "true", password: base64("r00t") },
    klconfig: { password: base64("k1config") },
  },
  dns: { main: "10.0.0.2", alternative: "10.0.0.3" },
};
const hostNetwork = {
  id: "net-1",
  vlanId: 100,
  primary: true,
  static: { address: "10.0.0.10", mask: "255.255.255.0", gateway: "10.0.0.1" },
};
const documentedHostNetwork = {
  id: "net-1",
  vlanId: "100",
  isPrimary: true,
  type: "static",
  ipAddress: "10.0.0.10",
  mask: "255.255.255.0",
  gateway: "10.0.0.1",
};
const openStackNetwork = {
  id: "net-1",
  ports: [
    {
      primary: true,
      static: { addresses: ["10.0.0.10", "10.0.0.11"], mask: "255.255.255.0", gateway: "10.0.0.1" },
      vlanId: 100,
      portSecurityEnabled: true,
      securityGroupIds: ["sg-1"],
    },
  ],
};
const documentedOpenStackNetwork = {
  id: "net-1",
  ports: [
    {
      isPrimary: true,
      type: "static",
      ipAddresses: ["10.0.0.10", "10.0.0.11"],
      mask: "255.255.255.0",
      gateway: "10.0.0.1",
      vlanId: "100",
      portSecurityEnabled: true,
      securityGroupIds: ["sg-1"],
    },
  ],
};

/** The one request that the work sends to a server that has no SVM and completes everything at once. */
async function sent(method: string, work: (svms: IntegrationServer["svms"]) => Promise<unknown>): Promise<Received> {
  const task = {
    id: "t-1",
    state: "Completed",
    children: [{ id: "s-1", state: "Completed", result: { svmId: "v-1" } }],
  };
  const server = (await FakeServer.start())
    .on(`${method} ${PATH}`, { body: task })
    .on("GET /api/3.0/virtualization/tasks/t-1", { body: task });
  const connectionInfo = { admin: { status: "CONNECTED" } };
  for (const id of ["i-1", "os-1"]) {
    const connection = { infrastructureId: id, type: "VMWARE", address: "vc", connectionInfo };
    server.on(`GET /api/3.0/infrastructures/${id}`, { body: connection });
    server.on(`GET /api/3.0/infrastructures/${id}/objects?objectTypes=SVM&outputType=DetailedInfo`, { body: {} });
  }
  await work(server.client({ svmConcurrency: 4 }).svms);
  const requests = server.received.filter((each) => each.method === method && each.url === PATH);
  expect(requests).toHaveLength(1);
  return requests[0]!;
}
const bodyOf = async (request: Promise<Received>): Promise<unknown> => JSON.parse((await request).body);
const deployed = (spec: SvmDeployment) => bodyOf(sent("POST", (svms) => svms.deploy(spec)));
const reconfigured = (spec: SvmReconfiguration) => bodyOf(sent("PUT", (svms) => svms.reconfigure(spec)));
const removed = (spec: SvmRemoval) => bodyOf(sent("DELETE", (svms) => svms.remove(spec)));

describe("a deployment sends", () => {
  it("everything that is documented for a hypervisor", async () => {
    const spec: SvmDeployment = {
      name: "svm-01",
      image: { id: "img-1", localization: "en", skipIntegrityCheck: true },
      placement: { ...hostPlacement("h-1"), networks: [hostNetwork] },
      ...settings,
    };
    expect(await deployed(spec)).toStrictEqual({
      threadsCount: "1",
      image: { id: "img-1", skipCheckIntegrity: "true", localization: "en" },
      svms: [
        {
          svmSettings: { name: "svm-01", ...documentedSettings },
          deploymentInfo: { type: "host", target: { infrastructureId: "i-1", location: { id: "h-1" } } },
          settings: { storageId: "ds-1", networks: [documentedHostNetwork] },
        },
      ],
    });
  });

  it("everything that is documented for OpenStack", async () => {
    const spec: SvmDeployment = {
      name: "svm-01",
      image: { id: "img-1", localization: "ru", skipIntegrityCheck: false },
      placement: {
        ...openStackPlacement,
        volumeTypeId: "vt-1",
        availabilityZone: "nova",
        serverGroupId: "grp-1",
        networks: [openStackNetwork],
      },
      ...settings,
    };
    expect(await deployed(spec)).toStrictEqual({
      threadsCount: "1",
      image: { id: "img-1", skipCheckIntegrity: "false", localization: "ru" },
      svms: [
        {
          svmSettings: { name: "svm-01", ...documentedSettings },
          deploymentInfo: { type: "openstackProject", target: { infrastructureId: "os-1", location: { id: "p-1" } } },
          settings: {
            flavorId: "f-1",
            volumeTypeId: "vt-1",
            availabilityZoneName: "nova",
            serverGroupId: "grp-1",
            networks: [documentedOpenStackNetwork],
          },
        },
      ],
    });
  });

  it("nothing for what is not given", async () => {
    expect(await deployed(deployment("svm-01", { placement: hostPlacement("h-1") }))).toMatchObject({
      svms: [
        {
          settings: { storageId: "ds-1", networks: [{ id: "net-1", isPrimary: true, type: "dynamic" }] },
        },
      ],
    });
    const { svms } = (await deployed(deployment("svm-01"))) as { svms: { svmSettings: object }[] };
    expect(svms[0]?.svmSettings).toStrictEqual({
      name: "svm-01",
      ksc: { address: "ksc.example.com", port: "14000", sslPort: "13000" },
      users: { root: { allowSshAccess: "false" }, klconfig: { password: base64("k1config") } },
    });
  });

  it("nothing for what is not given in OpenStack", async () => {
    expect(await deployed(deployment("svm-01", { placement: openStackPlacement }))).toHaveProperty("svms[0].settings", {
      flavorId: "f-1",
      networks: [{ id: "net-1", ports: [{ isPrimary: true, type: "dynamic" }] }],
    });
  });

  it("passwords as Base64 of their UTF-8 bytes", async () => {
    expect(await deployed(deployment("svm-01", { klconfig: { password: new Secret("pässword") } }))).toHaveProperty(
      "svms[0].svmSettings.users.klconfig.password",
      "cMOkc3N3b3Jk",
    );
  });
});

describe("a reconfiguration sends", () => {
  it("everything that is documented for a hypervisor", async () => {
    const spec: SvmReconfiguration = {
      target: { type: "host", infrastructureId: "i-1", locationId: "h-1", svmId: "v-1", networks: [hostNetwork] },
      currentPassword: new Secret("0ld"),
      ...settings,
    };
    expect(await reconfigured(spec)).toStrictEqual({
      threadsCount: "1",
      svms: [
        {
          svmSettings: { password: base64("0ld"), ...documentedSettings },
          deploymentInfo: {
            type: "host",
            target: { infrastructureId: "i-1", svmId: "v-1", location: { id: "h-1" } },
            settings: { networks: [documentedHostNetwork] },
          },
        },
      ],
    });
  });

  it("everything that is documented for OpenStack", async () => {
    const spec: SvmReconfiguration = {
      target: {
        type: "openstackProject",
        infrastructureId: "os-1",
        locationId: "p-1",
        svmId: "v-1",
        networks: [openStackNetwork],
      },
      currentPassword: new Secret("0ld"),
      ...settings,
    };
    expect(await reconfigured(spec)).toStrictEqual({
      threadsCount: "1",
      svms: [
        {
          svmSettings: { password: base64("0ld"), ...documentedSettings },
          deploymentInfo: {
            type: "openstackProject",
            target: { infrastructureId: "os-1", svmId: "v-1", location: { id: "p-1" } },
          },
          settings: { networks: [documentedOpenStackNetwork] },
        },
      ],
    });
  });

  it("with a password of root whether root may sign in", async () => {
    const target = { type: "host", infrastructureId: "i-1", locationId: "h-1", svmId: "v-1" } as const;
    const root = { allowSsh: false, password: new Secret("r00t") };
    expect(await reconfigured({ target, currentPassword: new Secret("0ld"), root })).toHaveProperty(
      "svms[0].svmSettings.users",
      {
        root: { allowSshAccess: "false", password: base64("r00t") },
      },
    );
  });

  it("only what shall change", async () => {
    const target = { type: "host", infrastructureId: "i-1", locationId: "h-1", svmId: "v-1" } as const;
    expect(await reconfigured({ target, currentPassword: new Secret("0ld"), dns: { main: "10.0.0.2" } })).toStrictEqual(
      {
        threadsCount: "1",
        svms: [
          {
            svmSettings: { password: base64("0ld"), dns: { main: "10.0.0.2" } },
            deploymentInfo: {
              type: "host",
              target: { infrastructureId: "i-1", svmId: "v-1", location: { id: "h-1" } },
            },
          },
        ],
      },
    );
  });
});

describe("a removal sends", () => {
  it.each([
    ["host", "h-1"],
    ["openstackProject", "p-1"],
  ] as const)("what is documented for an SVM in a %s", async (type, locationId) => {
    expect(await removed({ target: { type, infrastructureId: "i-1", locationId, svmId: "v-1" } })).toStrictEqual({
      svms: [
        { deploymentInfo: { type, target: { infrastructureId: "i-1", svmId: "v-1", location: { id: locationId } } } },
      ],
    });
  });

  it("its body as JSON, though it is a DELETE", async () => {
    const target = { type: "host", infrastructureId: "i-1", locationId: "h-1", svmId: "v-1" } as const;
    const { headers, body } = await sent("DELETE", (svms) => svms.remove({ target }));
    expect(headers).toMatchObject({ "content-type": "application/json", "content-length": String(body.length) });
  });
});

describe("of several SVMs at a time, the server works on", () => {
  const deployedTogether = async (count: number) => {
    const names = Array.from({ length: count }, (_, index) => `svm-${index}`);
    const server = await SvmServer.start();
    const { svms } = server.client({ svmConcurrency: 4 });
    await Promise.all(names.map((name) => svms.deploy(deployment(name))));
    return server.bodies("POST").map(({ threadsCount }) => threadsCount);
  };

  it("all, where that is no more than it shall", async () => {
    expect(await deployedTogether(3)).toEqual(["3"]);
  });

  it("as many as it shall, where there are more; the others come when those are done", async () => {
    expect(await deployedTogether(6)).toEqual(["4", "2"]);
  });
});
