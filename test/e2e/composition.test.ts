/** Compositions whose point is what Terraform makes of their state. */
import { type Simulator, startSimulator } from "../../src/simulator";
import { App } from "./support/app";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "./support/configuration";

let simulators: Simulator[] = [];
let app: App;

afterEach(async () => {
  app.dispose();
  await Promise.all(simulators.map((simulator) => simulator.stop()));
  simulators = [];
});

async function start(seed: string): Promise<Simulator> {
  const simulator = await startSimulator({ timeScale: TIME_SCALE, seed });
  simulators.push(simulator);
  return simulator;
}

function appFor(simulator: Simulator, stack: string): App {
  return new App(stack, { ...environmentOf(simulator), TF_VAR_VCENTER_PASSWORD: ADMIN_PASSWORD });
}

const PROVIDER = `new ksvla.KsvlaProvider(this, "ksvla", { pollInterval: "50ms" });`;

const connection = (scope: string, id: string, more = "") => `new ksvla.Infrastructure(${scope}, "${id}", {
  type: ksvla.InfrastructureType.VMWARE,
  address: "${VCENTER}",
  admin: { name: "admin", password: ksvla.Secret.fromVariable("VCENTER_PASSWORD", { version: "1" }) },
  trust: true,
  ${more}
});`;

const serversNetwork = (simulator: Simulator) => simulator.world.hypervisor(VCENTER).hosts[0]?.networks[0]?.id;

test("two Integration Servers in one stack each get their own connection and answer their own look-up", async () => {
  const [first, second] = [await start("first"), await start("second")];
  app = appFor(
    first,
    `${PROVIDER}
    const provider = new ksvla.KsvlaProvider(this, "second", {
      alias: "second",
      address: "${second.address}",
      password: ksvla.Secret.unsafePlainText("${second.password}"),
      caCertificate: ${JSON.stringify(second.caCertificate)},
      pollInterval: "50ms",
    });
    const here = ${connection("this", "here")}
    const there = ${connection("this", "there", "provider,")}
    const hosts = [
      new ksvla.Host(this, "here-esx-01", { infrastructure: here, name: "esx-01" }),
      new ksvla.Host(this, "there-esx-01", { infrastructure: there, name: "esx-01", provider }),
    ];
    const value = hosts.map((host) => host.networkId("Servers"));
    new cdktf.TerraformOutput(this, "networks", { value, staticId: true });
  `,
  );
  await app.synth();
  await app.terraform("init");

  await app.terraform("apply", "-auto-approve");

  expect([first.world.infrastructures.size, second.world.infrastructures.size]).toEqual([1, 1]);
  const networks = JSON.parse(await app.terraform("output", "-json", "networks"));
  expect(networks).toEqual([serversNetwork(first), serversNetwork(second)]);
  expect(networks[0]).not.toBe(networks[1]);
});

test("a stack uses the connection of another through its state, and an address that nobody knows", async () => {
  const simulator = await start("stacks");
  simulator.faults.add({
    path: "*/tasks/*",
    fault: { kind: "rewrite", rewrite: (body) => body.replaceAll("svmIpAddress", "address") },
    times: Number.POSITIVE_INFINITY,
  });
  app = appFor(
    simulator,
    `${PROVIDER}
    const viewer = { name: "viewer", password: ksvla.Secret.unsafePlainText("Viewer-Passw0rd") };
    const infrastructure = ${connection("this", "vcenter", "readOnly: viewer,")}
    const fleet = new ksvla.SvmDeployment(this, "fleet", {
      image: new ksvla.SvmImage(this, "image", { manifestPath: "/opt/svm/svm-6.2.xml", infrastructures: [infrastructure] }),
      ksc: { address: "ksc.example.test" },
      root: {},
      klconfig: { password: ksvla.Secret.unsafePlainText("Klconfig-1") },
      svms: { svm: { infrastructure, host: "esx-01", storage: "ds1", network: "Servers" } },
    });
    const lookUps = new cdktf.TerraformStack(scope, "look-ups");
    new ksvla.KsvlaProvider(lookUps, "ksvla");
    const host = new ksvla.Host(lookUps, "esx-01", { infrastructure, name: "esx-01" });
    new cdktf.TerraformOutput(lookUps, "network", { value: host.networkId("Servers"), staticId: true });
    const value = { ...fleet.ipAddresses, known: "x" };
    new cdktf.TerraformOutput(lookUps, "addresses", { value, sensitive: true, staticId: true });
  `,
  );
  await app.synth();

  for (const stack of ["stack", "look-ups"]) {
    await app.terraformOf(stack, "init");
    await app.terraformOf(stack, "apply", "-auto-approve");
  }

  expect(JSON.parse(await app.terraformOf("look-ups", "output", "-json", "network"))).toBe(serversNetwork(simulator));
  const addresses = await app.terraformOf("look-ups", "output", "-json", "addresses");
  expect(JSON.parse(addresses)).toEqual({ svm: null, known: "x" });
  expect(await app.terraformOf("look-ups", "plan")).toContain("No changes");
});

test("a connection of elsewhere is imported with the certificate that it trusts: nothing is added or sent", async () => {
  const simulator = await start("imported");
  app = appFor(simulator, `${PROVIDER} ${connection("this", "vcenter")}`);
  await app.synth();
  await app.terraform("init");
  await app.terraform("apply", "-auto-approve");
  const [id] = simulator.world.infrastructures.keys();
  for (const address of ["ksvla_infrastructure.vcenter", "ksvla_trusted_certificate.vcenter_certificate_5D00ED49"]) {
    await app.terraform("state", "rm", address);
  }
  const before = simulator.requests.all.length;
  app.define(`${PROVIDER} const vcenter = ${connection("this", "vcenter")} vcenter.importFrom("${id}");`);
  await app.synth();

  const output = await app.terraform("apply", "-auto-approve");

  expect(output).toContain("2 imported, 0 added");
  const sent = simulator.requests.all.slice(before).filter(({ method }) => method !== "GET");
  expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});
