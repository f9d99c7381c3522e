/** What `cdktf synth --hcl` writes for each construct, read by the real Terraform. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePlugin } from "../../scripts/build/bundle-plugin";
import { installNullProvider } from "../support/mirror";
import { App, STACK } from "./support/app";

jest.setTimeout(60_000);

/** Constructs, forms of values and meta arguments, each at least once. */
const CONSTRUCTS = String.raw`
    const { LifecycleHook } = require("cdktf-ksvla/lifecycle-hook");
    const generated = require("cdktf-ksvla/generated");
    const { Fn, Op, TerraformIterator, TerraformOutput, TerraformVariable, Token } = cdktf;
    const secret = (name) => ksvla.Secret.fromVariable(name, { version: "1" });
    new ksvla.KsvlaProvider(this, "ksvla", { address: "viis.example.test", password: secret("KSVLA") });
    const second = new ksvla.KsvlaProvider(this, "second", { alias: "second", password: secret("KSVLA") });

    const hosts = new TerraformVariable(this, "hosts", { type: "list(string)", default: ["esx-03"] });
    const vcenter = new ksvla.Infrastructure(this, "vcenter", {
      type: ksvla.InfrastructureType.VMWARE,
      address: "vcenter.example.test",
      admin: { name: 'DOMAIN\\name "of" $\${it}', password: secret("VCENTER") },
      readOnly: { name: "reader", password: secret("VCENTER") },
      trust: true,
      timeouts: { create: "20m" },
      lifecycle: {
        preventDestroy: true,
        ignoreChanges: ["address"],
        postcondition: [{ condition: Op.neq(hosts.stringValue, "x"), errorMessage: 'Never "it".' }],
      },
    });
    vcenter.moveFromId("ksvla_infrastructure.old");
    const keystone = new ksvla.Infrastructure(this, "keystone", {
      type: ksvla.InfrastructureType.OPENSTACK,
      address: "keystone.example.test",
      openstack: { protocol: "https" },
      admin: { name: "admin", domain: "Default", password: secret("KEYSTONE") },
    });
    keystone.importFrom("5f3c");
    const image = new ksvla.SvmImage(this, "image", { manifestPath: "/opt/svm.xml", infrastructures: [vcenter, keystone] });

    const shared = { ksc: { address: "ksc.example.test" }, root: { allowSsh: false }, klconfig: { password: secret("KLCONFIG") } };
    const place = { infrastructure: vcenter, storage: "ds1", network: "Servers" };
    const fleet = new ksvla.SvmDeployment(this, "fleet", {
      image,
      ...shared,
      dns: { main: "10.0.0.1" },
      svms: {
        "svm-01": { ...place, host: "esx-01" },
        "svm-02": { infrastructure: keystone, project: "p", flavor: "f", volumeType: "v", network: "n" },
      },
    });
    fleet.addSvmPerHost({ ...place, hosts: hosts.listValue });
    fleet.forEachSvm((svm) => new LifecycleHook(svm, "hook", { resource: svm, afterCreate: 'add "$IP"', environment: { IP: svm.ipAddress } }));
    new ksvla.Svm(this, "single", { image, ...shared, ...place, host: "esx-09" });
    const adapters = TerraformIterator.fromList(["1"]);
    new generated.KsvlaSvm(this, "generated", {
      name: "svm-09",
      infrastructureId: vcenter.id,
      imageId: image.id,
      host: { id: "1", storageId: "2", networks: adapters.dynamic({ id: adapters.value }) },
    });

    new ksvla.TrustedCertificate(this, "counted", { address: "a.example.test", count: 2, provider: second });
    const each = TerraformIterator.fromList(["b.example.test", "c.example.test"]);
    new ksvla.TrustedCertificate(this, "each", { address: each.value, forEach: each });
    new ksvla.ReserveServer(this, "reserve", { address: "reserve.example.test", password: secret("RESERVE"), trust: true });
    new ksvla.ServerRole(this, "role", { role: "Primary", provider: second });
    new ksvla.Host(this, "host", {
      infrastructure: vcenter,
      name: "esx-01",
      require: { networks: ["Servers"] },
      lifecycle: { precondition: [{ condition: Op.neq(vcenter.id, "x"), errorMessage: "Never." }] },
    });
    new ksvla.OpenStackProject(this, "project", { infrastructure: keystone, name: "p" });
    new generated.DataKsvlaCertificate(this, "certificate", { address: "a.example.test" });
    new generated.DataKsvlaInfrastructure(this, "infrastructure", { id: vcenter.id });
    new generated.DataKsvlaInfrastructureObjects(this, "objects", { infrastructureId: vcenter.id, types: ["Host"], detailed: true });
    new generated.DataKsvlaReserveServers(this, "servers");
    new generated.DataKsvlaOpenstackConnectionTest(this, "test", {
      type: "OPENSTACK",
      address: "keystone.example.test",
      openstack: { protocol: "https" },
      admin: { name: "admin", domain: "Default", password: ksvla.Secret.fromVariable("TEST", { ephemeral: false }) },
    });
    new LifecycleHook(this, "hook", {
      resource: vcenter,
      afterCreate: 'add "\${ID}" \\\n  "[again]"',
      beforeDestroy: 'remove "$ID"',
      environment: { ID: vcenter.id, TEXT: "id: " + vcenter.id, PLAIN: "plain" },
      triggers: { again: image.svmVersion ?? "1" },
    });
    new LifecycleHook(this, "plain-hook", { resource: vcenter, afterCreate: "true" });
    new TerraformOutput(this, "addresses", { value: fleet.ipAddresses });
`;

test("is a valid configuration with every construct in it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "null-provider-"));
  const app = new App(CONSTRUCTS, { SYNTH_HCL_OUTPUT: "true" });
  try {
    const plugin = join(folder, "plugin");
    await bundlePlugin({ root: join(__dirname, "..", ".."), entry: "test/support/null-provider.ts", outfile: plugin });
    await app.synth();
    installNullProvider(app.stackPath("terraform.d", "plugins"), plugin);
    await app.terraform("init");

    expect(await app.terraform("validate")).toContain("The configuration is valid");
    const written = app.readFile(join("cdktf.out", "stacks", STACK, "cdk.tf"));
    expect(written).toContain('name = "DOMAIN\\\\name \\"of\\" $${it}"');
  } finally {
    app.dispose();
    await rm(folder, { recursive: true });
  }
});
