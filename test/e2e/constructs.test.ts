import { join } from "node:path";
import { bundlePlugin } from "../../scripts/build/bundle-plugin";
import { Secret } from "../../src/integration-server/http/secret";
import { type Simulator, startSimulator } from "../../src/simulator";
import { clientOf } from "../support/integration-server";
import { installNullProvider } from "../support/mirror";
import { App, STACK } from "./support/app";
import { ADMIN_PASSWORD, environmentOf, TIME_SCALE, VCENTER } from "./support/configuration";

jest.setTimeout(180_000);

const INFRASTRUCTURE = `
    new ksvla.KsvlaProvider(this, "ksvla", { pollInterval: "50ms" });
    const vcenter = new ksvla.Infrastructure(this, "vcenter", {
      type: ksvla.InfrastructureType.VMWARE,
      address: "${VCENTER}",
      admin: { name: "admin", password: ksvla.Secret.fromVariable("VCENTER_PASSWORD") },
      trust: true,
    });
    const host = new ksvla.Host(this, "esx-01", { infrastructure: vcenter, name: "esx-01" });
    new cdktf.TerraformOutput(this, "network", { value: host.networkId("Servers"), staticId: true });
`;

let simulator: Simulator;
let app: App;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  app = new App(INFRASTRUCTURE, { ...environmentOf(simulator), TF_VAR_VCENTER_PASSWORD: ADMIN_PASSWORD });
});
afterEach(async () => {
  app.dispose();
  await simulator.stop();
});

test("cdktf deploy connects, a diff after it is empty, cdktf destroy disconnects", async () => {
  await app.cdktf("deploy", "--auto-approve", "--outputs-file", "outputs.json");
  const esx01 = simulator.world.hypervisor(VCENTER).hosts[0];
  expect(JSON.parse(app.readFile("outputs.json"))).toEqual({ [STACK]: { network: esx01?.networks[0]?.id } });

  expect(await app.cdktf("diff")).toContain("No changes");

  await app.cdktf("destroy", "--auto-approve");
  expect(simulator.world.infrastructures.size).toBe(0);
});

test("a secret is in neither the synthesized stack nor the state", async () => {
  await app.synth();
  await app.terraform("init");
  await app.terraform("apply", "-auto-approve");

  expect(app.readFile(`cdktf.out/stacks/${STACK}/cdk.tf.json`)).not.toContain(ADMIN_PASSWORD);
  expect(app.readFile(`terraform.${STACK}.tfstate`)).not.toContain(ADMIN_PASSWORD);
});

test("a stack with another provider beside ours initializes and deploys", async () => {
  const outfile = join(app.directory, "tmp", "terraform-provider-null");
  await bundlePlugin({ root: join(__dirname, "..", ".."), entry: "test/support/null-provider.ts", outfile });
  app.define(`${INFRASTRUCTURE}
    const { provider, resource } = nullProvider();
    new provider.NullProvider(this, "null");
    new resource.Resource(this, "marker", { triggers: { infrastructure: vcenter.infrastructureId } });
  `);
  await app.synth();
  installNullProvider(app.stackPath("terraform.d", "plugins"), outfile);

  await app.terraform("init");
  await app.terraform("apply", "-auto-approve");

  expect(await app.terraform("state", "list")).toContain("null_resource.marker");
  expect(await app.terraform("plan")).toContain("No changes");
});

test("a fleet whose network does not exist is an error of the plan that says what there is", async () => {
  simulator.world.trust(`${VCENTER}:443`);
  const admin = { name: "admin", password: new Secret(ADMIN_PASSWORD) };
  const { id } = await clientOf(simulator).infrastructures.create({ type: "VMWARE", address: VCENTER, admin });
  app.define(`
    new ksvla.KsvlaProvider(this, "ksvla", { pollInterval: "50ms" });
    new ksvla.SvmDeployment(this, "fleet", {
      image: ksvla.SvmImage.fromImageAttributes(this, "image", { imageId: "image-1", svmVersion: "6.2" }),
      ksc: { address: "ksc.example.test" },
      root: {},
      klconfig: { password: ksvla.Secret.fromVariable("VCENTER_PASSWORD") },
      svms: {
        "svm-01": {
          infrastructure: ksvla.Infrastructure.fromInfrastructureId(this, "vcenter", "${id}"),
          host: "esx-01", storage: "ds1", network: "Serverz",
        },
      },
    });
  `);
  await app.synth();
  await app.terraform("init");

  await expect(app.terraform("plan")).rejects.toThrow(/No such network.*"Serverz"/s);
});
