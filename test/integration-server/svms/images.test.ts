import { INFRASTRUCTURE_TYPES, TaskFailedError } from "../../../src/integration-server";
import { FakeServer } from "../fake-server";

const REGISTER = "POST /api/3.0/management/deployment/svm/images/register/manifest";
const VERIFY = "PUT /api/3.0/management/deployment/svm/images/img-1/validate";
const TASK = "GET /api/3.0/virtualization/tasks/t-1";
const MANIFEST = "/opt/images/svm.xml";
const registered = {
  id: "img-1",
  manifest: {
    svmVersion: "6.2.0.1",
    size: "1073741824",
    vendorInfo: {
      ru: { productName: "Образ", vendor: "АО", description: "описание", publisher: "АО" },
      en: { productName: "Image", vendor: "V", description: "about", publisher: "P" },
    },
  },
  hypervisors: [{ type: "VMWARE" }, { type: "NUMAVERSER" }],
};
const task = (state: string, more: object = {}) => ({
  body: { id: "t-1", type: "ValidateSvmImage", state, stage: null, children: [], result: true, ...more },
});

describe("registering an image", () => {
  const register = async (answer: unknown, infrastructureTypes = INFRASTRUCTURE_TYPES.slice(0, 1)) => {
    const server = (await FakeServer.start()).on(REGISTER, { body: answer });
    const image = await server.client().images.register({ manifestPath: MANIFEST, infrastructureTypes });
    return { image, body: JSON.parse(server.received[0]!.body) };
  };

  it("sends the manifest's path and every type as the chapter on images spells it", async () => {
    const { body } = await register(registered, [...INFRASTRUCTURE_TYPES]);
    expect(body).toStrictEqual({
      manifestUrl: MANIFEST,
      hypervisors: [
        { type: "HYPERV" },
        { type: "XEN" },
        { type: "NUMAVERSER" },
        { type: "LIBVIRT" },
        { type: "PROXMOX" },
        { type: "VMWARE" },
        { type: "ROSPLATFORMA" },
        { type: "BASISVCONTROL" },
        { type: "FUSIONCOMPUTE" },
        { type: "NUTANIXPRISM" },
        { type: "ALTVIRTUALIZATIONSERVER" },
        { type: "ASTRALINUX" },
        { type: "TIONIXOPENSTACK" },
        { type: "OPENSTACK" },
        { type: "VKCLOUDOPENSTACK" },
      ],
    });
  });

  it("names Numa vServer as connections do, once, when the server refuses the other name", async () => {
    const answers = [{ status: 400, body: { message: "unknown type" } }, { body: registered }];
    const server = (await FakeServer.start()).on(REGISTER, ...answers);
    const image = { manifestPath: MANIFEST, infrastructureTypes: ["XEN", "NUMAVSERVER"] as const };
    expect(await server.client().images.register(image)).toMatchObject({ id: "img-1" });
    expect(server.received.map(({ body }) => JSON.parse(body).hypervisors)).toEqual([
      [{ type: "XEN" }, { type: "NUMAVERSER" }],
      [{ type: "XEN" }, { type: "NUMAVSERVER" }],
    ]);
  });

  it("needs nothing but the image's id", async () => {
    const { image } = await register({ id: "img-1", manifest: "svm.xml", hypervisors: [{}, { type: {} }] });
    expect(image).toMatchObject({ id: "img-1", infrastructureTypes: [], svmVersion: undefined });
  });

  it("reads the image, its texts in English and its types as everywhere else", async () => {
    expect((await register(registered)).image).toEqual({
      id: "img-1",
      infrastructureTypes: ["VMWARE", "NUMAVSERVER"],
      svmVersion: "6.2.0.1",
      size: "1073741824",
      productName: "Image",
      vendor: "V",
      publisher: "P",
      description: "about",
    });
  });

  it("takes another language where there is no English", async () => {
    const manifest = { vendorInfo: { ru: { productName: "Образ" } } };
    expect((await register({ ...registered, manifest })).image).toMatchObject({ productName: "Образ" });
  });

  it("needs nothing but the id in the answer", async () => {
    expect((await register({ id: "img-1" })).image).toMatchObject({ id: "img-1", svmVersion: undefined });
  });

  it("says that an answer without an id is malformed", async () => {
    await expect(register({ manifest: {} })).rejects.toThrow("expected a text at id");
  });
});

describe("verifying an image", () => {
  it("sends no body and waits for the task", async () => {
    const server = (await FakeServer.start())
      .on(VERIFY, task("Created"))
      .on(TASK, task("Running", { progress: 50 }), task("Completed", { progress: 100 }));
    const told: unknown[] = [];
    await server.client().images.verify("img-1", {
      onTask: (id) => told.push(id),
      onProgress: ({ state, progress }) => told.push([state, progress]),
    });
    expect(server.received[0]?.body).toBe("");
    expect(told).toEqual(["t-1", ["Running", 50], ["Completed", 100]]);
  });

  it("fails with the task's error", async () => {
    const server = (await FakeServer.start())
      .on(VERIFY, task("Created"))
      .on(TASK, task("Failed", { result: undefined, error: { message: "the signature is wrong" } }));
    const verification = server.client().images.verify("img-1");
    await expect(verification).rejects.toBeInstanceOf(TaskFailedError);
    await expect(verification).rejects.toThrow("Task ValidateSvmImage (t-1) ended as Failed: the signature is wrong");
  });
});
