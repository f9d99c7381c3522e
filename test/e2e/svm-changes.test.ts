/** SVMs that exist: changed in place, taken over, and refused where they cannot be. */
import { planned, stateOf } from "./support/quick";
import { flatten } from "./support/screen";
import { DEPLOYED, LISTED, RECONFIGURED, REMOVED, resource, SvmBench } from "./support/svms";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const ADDRESS = "ksvla_svm.svm";
const OPERATIONS = [DEPLOYED, RECONFIGURED, REMOVED];

let bench: SvmBench;

beforeAll(async () => {
  bench = await SvmBench.start();
});
afterAll(() => bench.stop());

const svm = () => bench.simulator.world.svms.named("svm");
const operations = () => OPERATIONS.reduce((count, filter) => count + bench.simulator.requests.count(filter), 0);

/** What the last reconfiguration asked for. */
function asked(): Record<string, unknown> {
  type Item = { readonly svmSettings: unknown; readonly deploymentInfo: { readonly settings?: unknown } };
  const [item] = (bench.simulator.requests.filter(RECONFIGURED).at(-1)!.body as { svms: Item[] }).svms;
  return { svmSettings: item!.svmSettings, settings: item!.deploymentInfo.settings };
}

/** With the ids in a text in capital letters. */
function inCapitals(text: string): string {
  return text.replace(/"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"/g, (id) => id.toUpperCase());
}

/** One plan and the apply of it. */
async function change(...blocks: readonly string[]): Promise<Record<string, string>> {
  bench.simulator.requests.clear();
  bench.write(...blocks);
  const actions = await planned(bench.workspace);
  await bench.workspace.apply("plan.bin");
  return actions;
}

describe("an SVM on a hypervisor", () => {
  const FIXED = { address: "10.0.0.10", mask: "255.255.255.0", gateway: "10.0.0.1" };
  const first = () => ({
    ksc: { address: "ksc.example.test", language: "en" },
    dns: { main: "10.0.0.2" },
    root: { password_wo: "Root-1", password_wo_version: "1" },
    klconfig: { password_wo: "Klconfig-1", password_wo_version: "1" },
    host: bench.host([{ static: FIXED }]),
  });
  let log = "";

  beforeAll(async () => {
    const hold = bench.simulator.world.tasks.hold({ parameters: { svmName: "svm", deployStepName: "StartSvm" } });
    bench.write(bench.onHost("svm", first()));
    const apply = bench.workspace.start(["apply", "-auto-approve"], {
      TF_LOG_PROVIDER: "INFO",
      TF_LOG_PATH: "info.log",
    });
    await hold.reached;
    await bench.looked();
    hold.release();
    await apply.finished;
    log = bench.workspace.readFile("info.log");
  });
  afterAll(() => bench.reset());

  test("shows the step and its progress in the log at INFO while it is deployed", () => {
    const lines = log.split("\n").filter((line) => line.includes("step=StartSvm"));

    // One for every bit of progress that a look has seen, which is at least where the step was held.
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      expect(line).toMatch(/\[INFO\] .*svm on esx-01: \w+ [1-9]\d* %: .*progress=[1-9]/);
      expect(line).toContain("svm=svm");
    }
  });

  test("changes everything that can be changed with one request, which holds only what changes", async () => {
    const second = {
      ...first(),
      ksc: { address: "ksc-2.example.test", language: "en", ssl_port: 13_001 },
      root: { password_wo: "Root-2", password_wo_version: "2", allow_ssh: true },
    };

    expect(await change(bench.onHost("svm", second))).toEqual({ [ADDRESS]: "update" });

    expect(asked()).toEqual({
      svmSettings: {
        password: base64("Klconfig-1"),
        ksc: { address: "ksc-2.example.test", port: "14000", sslPort: "13001", language: "en" },
        users: { root: { allowSshAccess: "true", password: base64("Root-2") } },
        dns: { main: "10.0.0.2" },
      },
      settings: undefined,
    });
    expect(operations()).toBe(1);
    expect(await planned(bench.workspace)).toEqual({});
  });

  test("changes its name servers, its networks and klconfig's password, given the current one", async () => {
    const third = {
      ...first(),
      ksc: { address: "ksc-2.example.test", language: "en", ssl_port: 13_001 },
      root: { password_wo: "Root-2", password_wo_version: "2", allow_ssh: true },
      dns: { main: "10.0.0.2", alternative: "10.0.0.3" },
      klconfig: { password_wo: "Klconfig-2", password_wo_version: "2", current_password_wo: "Klconfig-1" },
      host: bench.host([{ primary: true }, { static: FIXED }]),
    };

    expect(await change(bench.onHost("svm", third))).toEqual({ [ADDRESS]: "update" });

    expect(asked()["svmSettings"]).toEqual({
      password: base64("Klconfig-1"),
      users: { klconfig: { password: base64("Klconfig-2") } },
      dns: { main: "10.0.0.2", alternative: "10.0.0.3" },
    });
    expect(svm()).toMatchObject({
      vm: { networkAdapters: bench.vcenter.hosts[0]!.networks.slice(0, 2).map(({ id }) => ({ id })) },
      settings: { klconfigPassword: "Klconfig-2" },
    });
    expect(await planned(bench.workspace)).toEqual({});
  });

  test("keeps its state when a change fails, and the next apply tries again", async () => {
    bench.simulator.world.tasks.failNext({ parameters: { deployStepName: "ConfigureSvm" }, message: "It is busy." });
    const klconfig = { password_wo: "Klconfig-2", password_wo_version: "2" };
    bench.write(bench.onHost("svm", { klconfig, ksc: { address: "ksc-3.example.test" } }));

    const { output } = await bench.workspace.failingApply();
    expect(flatten(output)).toContain("ended as Failed at ConfigureSvm: It is busy.");
    expect(stateOf(bench.workspace)[ADDRESS]?.tainted).toBe(false);

    await bench.workspace.apply();
    expect(svm().settings.ksc).toMatchObject({ address: "ksc-3.example.test" });
  });
});

describe("an SVM in an OpenStack project", () => {
  afterAll(() => bench.reset());

  test("is deployed with everything that OpenStack offers, changes its ports in place, and is removed", async () => {
    const { networks, securityGroups, volumeTypes, availabilityZones, serverGroups } = bench.cloud.projects[0]!;
    const place = {
      volume_type_id: volumeTypes[0]!.id,
      availability_zone: availabilityZones[0]!.name,
      server_group_id: serverGroups[0]!.id,
    };
    const port = (...groups: readonly number[]) => ({
      port_security_enabled: true,
      security_group_ids: groups.map((index) => securityGroups[index]!.id),
    });
    const one = [{ id: networks[0]!.id, ports: [port(0)] }];
    const two = [
      { id: networks[0]!.id, ports: [{ ...port(0, 1), primary: true }] },
      { id: networks[1]!.id, ports: [{ vlan_id: 100 }] },
    ];

    expect(await change(bench.inProject("svm", { ...place, networks: one }))).toEqual({ [ADDRESS]: "create" });
    expect(svm().settings.placement).toMatchObject({ serverGroupId: serverGroups[0]!.id });

    expect(await change(bench.inProject("svm", { ...place, networks: two }))).toEqual({ [ADDRESS]: "update" });
    expect(svm().vm.networkAdapters.map(({ id, securityGroups: groups }) => [id, groups?.length])).toEqual([
      [networks[0]!.id, 2],
      [networks[1]!.id, 0],
    ]);
    expect(await planned(bench.workspace)).toEqual({});

    // A server that writes its ids in capital letters since its upgrade, and look-ups that follow it.
    const fault = { kind: "rewrite", rewrite: inCapitals } as const;
    const rewritten = bench.simulator.faults.add({ ...LISTED, times: Number.POSITIVE_INFINITY, fault });
    bench.simulator.requests.clear();
    bench.write(inCapitals(bench.inProject("svm", { ...place, networks: two })));
    expect(await planned(bench.workspace)).toEqual({});
    expect(bench.simulator.requests.count(LISTED)).toBe(1);
    rewritten.remove();

    await bench.workspace.destroy();
    expect(bench.names).toEqual([]);
  });
});

describe("SVMs that are imported", () => {
  const COUNT = 30;
  afterEach(() => bench.reset());

  test("need no request but one list, are not replaced, and take over what is configured", async () => {
    const { infrastructureId, simulator, vcenter, workspace } = bench;
    const [host] = vcenter.hosts;
    for (let index = 0; index < COUNT; index += 1) {
      const [network] = host!.networks;
      const vm = { id: `vm-${index}`, name: `svm-${index}`, parentId: host!.id, state: "Enabled", isSvm: true };
      simulator.world.svms.add(vcenter, { ...vm, networkAdapters: [{ ...network! }] }, {});
    }
    const blocks = Array.from({ length: COUNT }, (_, index) => [
      bench.onHost(`svm-${index}`, { ksc: { address: "ksc.example.test" } }),
      `import {\n  to = ksvla_svm.svm-${index}\n  id = "${infrastructureId}/vm-${index}"\n}`,
    ]);

    const actions = await change(...blocks.flat());

    expect(new Set(Object.values(actions))).toEqual(new Set(["update"]));
    expect(operations()).toBe(0);
    // One of each plugin that asks, and one more for every five seconds.
    expect(simulator.requests.count(LISTED)).toBeLessThan(8);
    expect(await planned(workspace)).toEqual({});
  });
});

describe("what cannot be is refused when it is planned", () => {
  const NETWORK = { id: "network-1" };
  const FIXED = { address: "10.0.0.10", mask: "255.255.255.0", gateway: "10.0.0.1" };
  const host = { id: "host-1", storage_id: "storage-1", networks: [NETWORK] };
  const port = { security_group_ids: ["group-1"] };
  const openstack = { project_id: "project-1", flavor_id: "flavor-1", networks: [{ ...NETWORK, ports: [port] }] };
  const common = { name: "svm", infrastructure_id: "infrastructure-1", image_id: "image-1" };
  const withNetworks = (...networks: readonly object[]) => ({ host: { ...host, networks } });
  const INVALID: Readonly<Record<string, readonly [values: object, message: string]>> = {
    nowhere: [{}, "An SVM needs a place"],
    twice: [{ host, openstack }, "An SVM has one place"],
    no_primary: [withNetworks(NETWORK, NETWORK), "One of several networks has to be the primary one"],
    two_primaries: [withNetworks({ ...NETWORK, primary: true }, { ...NETWORK, primary: true }), "Only one network"],
    no_dns: [withNetworks({ ...NETWORK, static: FIXED }), "Static addresses need a name server"],
    no_port_security: [{ openstack }, "Security groups need port security"],
    address: [withNetworks({ ...NETWORK, static: { ...FIXED, address: "10.0.0.256" } }), '"10.0.0.256"'],
    vlan: [withNetworks({ ...NETWORK, vlan_id: 4095 }), "4094"],
    password: [{ host, klconfig: { password_wo: "a".repeat(61) } }, "60"],
    alphabet: [{ host, root: { password_wo: "Пароль" } }, "Latin letters"],
    no_name: [{ host, name: "" }, "ksvla_svm.no_name"],
  };
  let output = "";

  beforeAll(async () => {
    bench.write(
      ...Object.entries(INVALID).map(([name, [values]]) => resource("ksvla_svm", name, { ...common, ...values })),
    );
    output = flatten((await bench.workspace.run(["plan"])).output);
  });

  test.each(Object.entries(INVALID))("%s", (name, [, message]) => {
    const errors = output.split("Error: ").filter((error) => error.includes(`ksvla_svm.${name},`));

    expect(errors.join("\n")).toContain(message);
  });
});
