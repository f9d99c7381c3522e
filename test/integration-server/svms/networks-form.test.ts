/** Networks in a reconfiguration: inside of `deploymentInfo` or beside it, as the documents have it both ways. */
import { NetworksKeptError, type SvmReconfiguration, type VirtualMachine } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { SvmServer, type SvmServerOptions } from "./svm-server";

type Form = "inside" | "beside";
interface Sent {
  readonly svmSettings: { readonly password: string };
  readonly deploymentInfo: { readonly settings?: unknown };
  readonly settings?: unknown;
}

const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
const network = (id: string) => [{ id, primary: true }];
const onHost = (svmId: string, more: Partial<SvmReconfiguration> = {}): SvmReconfiguration => ({
  target: { type: "host", infrastructureId: "i-1", locationId: "h-1", svmId, networks: network("new") },
  currentPassword: new Secret("0ld"),
  ...more,
});
const inProject = (svmId: string): SvmReconfiguration => {
  const networks = [{ id: "new", ports: [{ primary: true }] }];
  return {
    target: { type: "openstackProject", infrastructureId: "os-1", locationId: "p-1", svmId, networks },
    currentPassword: new Secret("0ld"),
  };
};
const hasNetworks = ({ networkAdapters }: VirtualMachine) => networkAdapters.some(({ id }) => id === "new");

function formOf({ deploymentInfo, settings }: Sent): Form | "neither" {
  if (deploymentInfo.settings !== undefined) return "inside";
  return settings === undefined ? "neither" : "beside";
}

/** A server that keeps SVMs with one adapter each, and takes networks in some forms only. */
async function serverThat({
  refuses = [],
  ignores = [],
  seesLate = 0,
  ...others
}: SvmServerOptions & {
  readonly refuses?: readonly Form[];
  readonly ignores?: readonly Form[];
  /** After how many lists it has seen what has changed. */
  readonly seesLate?: number;
}) {
  const changed = new Map<string, number>();
  const svm = (id: string) => {
    const since = changed.get(id);
    const isSeen = since !== undefined && since >= seesLate;
    if (since !== undefined) changed.set(id, since + 1);
    const networkAdapters = [{ id: isSeen ? "new" : "old", name: "n" }];
    return { id, name: id, parentId: "h-1", isSvm: true, networkAdapters };
  };
  const server = await SvmServer.start({
    refuse: (svms) => {
      const sent = svms as unknown as readonly Sent[];
      const forms = sent.map(formOf);
      if (forms.some((form) => form !== "neither" && refuses.includes(form))) {
        return { status: 400, body: { message: `no settings ${forms[0]}` } };
      }
      svms.forEach(({ deploymentInfo: { target } }, index) => {
        const form = forms[index]!;
        if (form !== "neither" && !ignores.includes(form)) changed.set(target.svmId!, 0);
      });
      return undefined;
    },
    vms: () => ["v-1", "v-2", "v-3"].map(svm),
    ...others,
  });
  const sent = () => server.bodies("PUT").map(({ svms }) => (svms as unknown as readonly Sent[]).map(formOf));
  return { server, svms: server.client().svms, sent };
}

it.each([
  ["a hypervisor", onHost, "inside"],
  ["an OpenStack project", inProject, "beside"],
] as const)("of an SVM on %s are sent as its own section of the documents shows them", async (_, spec, form) => {
  const { svms, sent } = await serverThat({});
  await svms.reconfigure(spec("v-1"));
  expect(sent()).toEqual([[form]]);
});

describe("a server that refuses the first form", () => {
  it("is sent the other one, for a whole batch at once", async () => {
    const { svms, sent } = await serverThat({ refuses: ["inside"] });
    await Promise.all(["v-1", "v-2", "v-3"].map((id) => svms.reconfigure(onHost(id))));
    expect(sent()).toEqual([
      ["inside", "inside", "inside"],
      ["beside", "beside", "beside"],
    ]);
  });

  it("is sent the other one at once from then on", async () => {
    const { svms, sent } = await serverThat({ refuses: ["inside"] });
    await svms.reconfigure(onHost("v-1"));
    await svms.reconfigure(onHost("v-2"));
    expect(sent()).toEqual([["inside"], ["beside"], ["beside"]]);
  });

  it("is asked once where there are no networks", async () => {
    const { target, ...others } = onHost("v-1");
    const { svms, sent } = await serverThat({ refuse: () => ({ status: 400, body: { message: "no" } }) });
    const reconfiguration = { ...others, target: { ...target, networks: undefined }, dns: { main: "10.0.0.2" } };
    await expect(svms.reconfigure(reconfiguration as SvmReconfiguration)).rejects.toMatchObject({ status: 400 });
    expect(sent()).toEqual([["neither"]]);
  });

  it("and the other one, too, shows why it does in both cases", async () => {
    const { svms } = await serverThat({ refuses: ["inside", "beside"] });
    await expect(svms.reconfigure(onHost("v-1"))).rejects.toMatchObject({
      status: 400,
      serverMessage: "no settings inside And in the documents' other form: no settings beside",
    });
  });

  it("for what it says in any form is told once, and stops nobody else", async () => {
    const { svms, sent } = await serverThat({
      refuse: (all) =>
        all.some(({ deploymentInfo }) => deploymentInfo.target.svmId === "v-2")
          ? { status: 400, body: { message: "no network new" } }
          : undefined,
    });
    const results = await Promise.allSettled(["v-1", "v-2"].map((id) => svms.reconfigure(onHost(id))));
    expect(results).toMatchObject([{ status: "fulfilled" }, { reason: { serverMessage: "no network new" } }]);
    expect(sent().length).toBeLessThanOrEqual(5);
  });

  it("is not sent another one when nobody knows what became of the first", async () => {
    const { svms, sent } = await serverThat({ refuse: () => ({ status: 500 }) });
    await expect(svms.reconfigure(onHost("v-1"))).rejects.toMatchObject({ status: 500 });
    expect(sent()).toEqual([["inside"]]);
  });
});

describe("a server that ignores the first form", () => {
  it("is sent the networks, and nothing else, in the other one", async () => {
    const { server, svms, sent } = await serverThat({ ignores: ["inside"] });
    const reconfiguration = onHost("v-1", { klconfig: { password: new Secret("n3w") }, dns: { main: "10.0.0.2" } });
    await svms.reconfigure(reconfiguration, { hasNetworks });
    expect(sent()).toEqual([["inside"], ["beside"]]);
    expect(server.bodies("PUT")[1]!.svms[0]).toEqual({
      // It has its new password by now, and name servers belong to static addresses.
      svmSettings: { password: base64("n3w"), dns: { main: "10.0.0.2" } },
      deploymentInfo: { type: "host", target: { infrastructureId: "i-1", svmId: "v-1", location: { id: "h-1" } } },
      settings: { networks: [{ id: "new", isPrimary: true, type: "dynamic" }] },
    });
  });

  it("is sent the other one at once from then on", async () => {
    const { svms, sent } = await serverThat({ ignores: ["inside"] });
    await Promise.all(["v-1", "v-2"].map((id) => svms.reconfigure(onHost(id), { hasNetworks })));
    await svms.reconfigure(onHost("v-3"), { hasNetworks });
    expect(sent()).toEqual([["inside", "inside"], ["beside", "beside"], ["beside"]]);
  });

  it("and refuses the other one, fails with the server's words", async () => {
    const { svms } = await serverThat({ ignores: ["inside"], refuses: ["beside"] });
    await expect(svms.reconfigure(onHost("v-1"), { hasNetworks })).rejects.toMatchObject({
      name: "NetworksKeptError",
      message: expect.stringMatching(/still has its former networks.*no settings beside/s),
    });
  });

  it("and the other one, too, fails with the SVM as it is", async () => {
    const { svms, sent } = await serverThat({ ignores: ["inside", "beside"] });
    const failure = svms.reconfigure(onHost("v-1"), { hasNetworks });
    await expect(failure).rejects.toBeInstanceOf(NetworksKeptError);
    await expect(failure).rejects.toMatchObject({ vm: { id: "v-1", networkAdapters: [{ id: "old" }] } });
    expect(sent()).toEqual([["inside"], ["beside"]]);
  });
});

describe("nothing is sent again", () => {
  it("while the server may not have seen the change yet", async () => {
    const { svms, sent, server } = await serverThat({ seesLate: 1 });
    await svms.reconfigure(onHost("v-1"), { hasNetworks });
    expect(sent()).toEqual([["inside"]]);
    expect(server.looksAt("objects")).toBe(2);
  });

  it("when nobody can look", async () => {
    const { svms, sent, server } = await serverThat({ ignores: ["inside"] });
    server.fake.on("GET /api/3.0/infrastructures/i-1/objects?objectTypes=SVM&outputType=DetailedInfo", { status: 404 });
    await svms.reconfigure(onHost("v-1"), { hasNetworks });
    expect(sent()).toEqual([["inside"]]);
  });

  it("when no look could tell", async () => {
    const { svms, sent, server } = await serverThat({ ignores: ["inside"] });
    await svms.reconfigure(onHost("v-1"));
    expect(sent()).toEqual([["inside"]]);
    expect(server.looksAt("objects")).toBe(0);
  });
});
