/** A user's test: stacks deployed with the real Terraform, in a fraction of a second of the server's time. */
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { type App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, SvmDeployment, SvmImage } from "../../constructs";
import { DeploymentError, deployStack, matchers } from "../../constructs/testing";
import type { Inventory } from "../../src/simulator";

expect.extend(matchers);
jest.setTimeout(120_000);

const INVENTORY: Inventory = {
  infrastructures: [
    {
      type: "VMWARE",
      address: "vc.site.test",
      accounts: [{ name: "svc-ksvla", password: "Site-Passw0rd" }],
      hosts: [
        { name: "esx-1", networks: [{ name: "Servers" }], storages: [{ name: "ds1" }] },
        { name: "esx-2", networks: [{ name: "Servers" }], storages: [{ name: "ds1" }] },
      ],
    },
  ],
};

const VARIABLES = { SITE_PASSWORD: "Site-Passw0rd", KLCONFIG_PASSWORD: "Klconfig-Passw0rd" };

/** A stack for production: another server, a backend that a test cannot reach, a password that a test does not have. */
function site(app: App): void {
  const stack = new TerraformStack(app, "site");
  new S3Backend(stack, { bucket: "states", key: "site", region: "eu-central-1" });
  new KsvlaProvider(stack, "ksvla", {
    address: "viis.production.invalid",
    thumbprint: "11".repeat(20),
    password: Secret.fromVariable("KSVLA_ADMIN_PASSWORD"),
  });
  const infrastructure = new Infrastructure(stack, "vsphere", {
    type: InfrastructureType.VMWARE,
    address: "vc.site.test",
    admin: { name: "svc-ksvla", password: Secret.fromVariable("SITE_PASSWORD", { version: "1" }) },
    trust: true,
  });
  const fleet = new SvmDeployment(stack, "svms", {
    image: new SvmImage(stack, "image", { manifestPath: "/opt/svm/svm-6.2.xml", infrastructures: [infrastructure] }),
    ksc: { address: "ksc.site.test" },
    root: {},
    klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
  });
  fleet.addSvmPerHost({ infrastructure, hosts: ["esx-1", "esx-2"], storage: "ds1", network: "Servers" });
  new TerraformOutput(stack, "addresses", { value: fleet.ipAddresses });
}

test("stacks", async () => {
  const t = Date.now();
  const deployment = await deployStack(site, { inventory: INVENTORY, variables: VARIABLES });
  console.log(Date.now() - t, JSON.stringify(deployment, undefined, 1).slice(0, 6000));
  const left = readdirSync(tmpdir()).filter((n) => n.startsWith("ksvla-test"));
  console.log(left);
});
test("fails", async () => {
  const t = Date.now();
  const error = await deployStack(site, { inventory: INVENTORY, variables: VARIABLES, faults: ["deploy svm-esx-2=fails:CreateSvm"] }).catch((e) => e);
  console.log(error instanceof DeploymentError, error.message, Date.now() - t);
});
