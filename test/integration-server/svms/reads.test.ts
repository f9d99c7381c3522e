import { type IntegrationServer, TaskFailedError } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { SvmServer, subtask, type WireTask } from "./svm-server";
import { deployment, hostPlacement } from "./svm-specs";

const vm = (name: string, parentId = "h-1") => ({
  id: `v-${name}`,
  name,
  parentId,
  state: "Enabled",
  networkAdapters: [{ id: "net-1", name: "LAN" }],
  isSvm: true,
  svmVersion: "6.2",
});
/** What one list says of it. */
async function look({ judge }: IntegrationServer, id: string, { infrastructureId = "i-1", fresh = false } = {}) {
  const known = { type: "host", infrastructureId, locationId: "h-1", name: id.slice(2), id } as const;
  const listed = await judge.listed(known, { fresh });
  return listed?.is === "there" ? listed.vm : undefined;
}
const many = Array.from({ length: 1_000 }, (_, index) => vm(`svm-${index}`));

describe("SVMs are read", () => {
  it("with everything that the server tells", async () => {
    const server = await SvmServer.start({ vms: () => [vm("svm-0")] });
    expect(await look(server.client(), "v-svm-0")).toEqual({
      kind: "vm",
      id: "v-svm-0",
      name: "svm-0",
      parentId: "h-1",
      state: "Enabled",
      networkAdapters: [{ id: "net-1", name: "LAN", securityGroups: [] }],
      isSvm: true,
      showsAllAdapters: true,
      svmVersion: "6.2",
    });
  });

  it("with one request for a thousand of them", async () => {
    const server = await SvmServer.start({ vms: () => many });
    const client = server.client();
    const found = await Promise.all(many.map(({ id }) => look(client, id)));
    expect(found.map((each) => each?.id)).toEqual(many.map(({ id }) => id));
    expect(server.looksAt("objects")).toBe(1);
  });

  it("with one request for a thousand of them that come one after the other", async () => {
    const server = await SvmServer.start({ vms: () => many });
    const client = server.client();
    for (const { id } of many) await look(client, id);
    expect(server.looksAt("objects")).toBe(1);
  });

  it("with one request per infrastructure", async () => {
    const server = await SvmServer.start();
    const client = server.client();
    await Promise.all(["i-1", "i-2", "i-1"].map((infrastructureId) => look(client, "v-x", { infrastructureId })));
    expect(server.looksAt("objects")).toBe(2);
  });

  it("anew after every kind of change", async () => {
    const server = await SvmServer.start();
    const client = server.client();
    const target = { type: "host", infrastructureId: "i-1", locationId: "h-1", svmId: "v-1" } as const;
    const requestsOf = async (change: () => Promise<unknown>): Promise<number> => {
      await look(client, "v-x");
      await change();
      const before = server.looksAt("objects");
      await look(client, "v-x");
      return server.looksAt("objects") - before;
    };
    expect([
      await requestsOf(() => client.svms.deploy(deployment("svm-0"))),
      await requestsOf(() => client.svms.reconfigure({ target, currentPassword: new Secret("p") })),
      await requestsOf(() => client.svms.remove({ target })),
    ]).toEqual([1, 1, 1]);
  });

  it("anew for whoever insists", async () => {
    const server = await SvmServer.start();
    const client = server.client();
    await look(client, "v-x");
    await look(client, "v-x", { fresh: true });
    expect(server.looksAt("objects")).toBe(2);
  });

  it("without a removed one that the server still lists", async () => {
    const server = await SvmServer.start({ vms: () => [vm("svm-0")] });
    const client = server.client();
    await client.svms.remove({ target: { ...hostPlacement(), svmId: "v-svm-0" } });
    expect(await look(client, "v-svm-0")).toBeUndefined();
  });

  it("with a new one that has got the id of a removed one", async () => {
    const listed: unknown[] = [vm("svm-0", "h-svm-0")];
    const server = await SvmServer.start({ vms: () => listed });
    const client = server.client();
    await client.svms.remove({ target: { ...hostPlacement(), svmId: "v-svm-0" } });
    await client.svms.deploy(deployment("svm-0"));
    expect(await look(client, "v-svm-0")).toMatchObject({ name: "svm-0" });
  });

  it("with one that got the id of a removed one from somebody else, once the removed one was gone from the list", async () => {
    const lists = [[], [vm("svm-0")]];
    const server = await SvmServer.start({ vms: () => lists.shift() ?? [] });
    const client = server.client();
    await client.svms.remove({ target: { ...hostPlacement(), svmId: "v-svm-0" } });
    const get = () => look(client, "v-svm-0", { fresh: true });
    expect([await get(), (await get())?.name]).toEqual([undefined, "svm-0"]);
  });
});

describe("a task's work on one SVM", () => {
  const requested = { svmSettings: { name: "svm-0" }, deploymentInfo: { target: { location: { id: "h-1" } } } };
  const at = async (...looks: readonly WireTask[]) => {
    const server = await SvmServer.start();
    server.fake.on("GET /api/3.0/virtualization/tasks/t-1", ...looks.map((look) => ({ body: { id: "t-1", ...look } })));
    return server.client().svms;
  };
  const part = (state: string) => ({ children: [subtask(requested, state)] });

  it.each([
    ["running", "Running", part("Queued")],
    ["running", "Running", { children: [] }],
    ["completed", "Running", part("Completed")],
    ["failed", "Running", part("Failed")],
    ["completed", "Completed", { children: [] }],
    ["failed", "Completed", { children: [subtask({ ...requested, svmSettings: { name: "other" } }, "Completed")] }],
    ["failed", "Stopped", part("Queued")],
    ["failed", "Failed", { children: [] }],
  ])("is %s when the task is %s with %j", async (state, root, children) => {
    const svms = await at({ state: root, ...children });
    expect(await svms.subtask("t-1", { name: "svm-0", locationId: "h-1" })).toMatchObject({ taskId: "t-1", state });
  });

  it("tells the SVM's id", async () => {
    const svms = await at({ state: "Running", ...part("Completed") });
    expect(await svms.subtask("t-1", { name: "svm-0" })).toMatchObject({ svmId: "v-svm-0", subtaskId: "s-v-svm-0" });
  });

  it("is unknown when the server has forgotten the task", async () => {
    const server = await SvmServer.start();
    server.fake.on("GET /api/3.0/virtualization/tasks/t-1", { status: 404 });
    expect(await server.client().svms.subtask("t-1", { name: "svm-0" })).toBeUndefined();
  });

  it("can be waited for by whoever did not begin it", async () => {
    const svms = await at({ state: "Running", ...part("Running") }, { state: "Running", ...part("Completed") });
    const onSubtask = jest.fn();
    const { svmId } = await svms.follow("t-1", { name: "svm-0" }, { onSubtask });
    expect(svmId).toBe("v-svm-0");
    expect(onSubtask).toHaveBeenCalledWith(expect.objectContaining({ svmId: "v-svm-0" }));
  });

  it("fails whoever waits for it when it fails", async () => {
    const svms = await at({ state: "Running", ...part("Failed") });
    await expect(svms.follow("t-1", { name: "svm-0" })).rejects.toBeInstanceOf(TaskFailedError);
  });
});
