/** What one stack tells another, and what is stored of neither. */
import { type App, TerraformOutput, TerraformStack } from "cdktf";
import { Host, Infrastructure, InfrastructureType, KsvlaProvider, Secret } from "../../constructs";
import { EphemeralKsvlaOpenstackConnectionTest } from "../../constructs/generated";
import { deployStack } from "../../constructs/testing";
import type { Inventory } from "../../src/simulator";

jest.setTimeout(120_000);

const PASSWORD = "Site-Passw0rd";
/** CDKTF would call the outputs of the first two alike. */
const NETWORKS = ["Серверы", "Клиенты", "Servers"];
const inventory: Inventory = {
  infrastructures: [
    {
      type: "OPENSTACK",
      address: "keystone.site.test:5000",
      accounts: [{ name: "svc", domain: "Default", password: PASSWORD }],
      projects: [{ name: "security", domain: "Default" }],
    },
    {
      type: "VMWARE",
      address: "vc.site.test",
      accounts: [{ name: "svc", password: PASSWORD }],
      hosts: [{ name: "esx-1", networks: NETWORKS.map((name) => ({ name })), storages: [{ name: "ds1" }] }],
    },
  ],
};

function site(app: App): void {
  const password = Secret.fromVariable("SITE_PASSWORD", { version: "1" });
  const base = new TerraformStack(app, "base");
  new KsvlaProvider(base, "ksvla");
  const keystone = new EphemeralKsvlaOpenstackConnectionTest(base, "keystone", {
    type: "OPENSTACK",
    address: "keystone.site.test:5000",
    openstack: { protocol: "https" },
    admin: { name: "svc", domain: "Default", password },
  });
  // Nobody trusts it, which only the server can tell.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  const condition = '${self.connection_error == "INVALID_CERTIFICATE"}';
  keystone.addOverride("lifecycle.postcondition", [{ condition, error_message: "The test was not made." }]);
  const infrastructure = new Infrastructure(base, "vsphere", {
    type: InfrastructureType.VMWARE,
    address: "vc.site.test",
    admin: { name: "svc", password },
    trust: true,
  });
  const host = new Host(base, "host", { infrastructure, name: "esx-1" });
  const other = new TerraformStack(app, "other");
  for (const [index, name] of NETWORKS.entries()) {
    new TerraformOutput(other, `network-${index}`, { value: host.networkId(name), sensitive: true });
  }
}

test("names in any script lead to their ids in another stack, and an ephemeral test reaches the server and no state", async () => {
  const { state, requests } = await deployStack(site, { inventory, variables: { SITE_PASSWORD: PASSWORD } });

  const { network_ids: ids } = state["base"]?.resources.find(({ type }) => type === "ksvla_host")?.values ?? {};
  expect(Object.keys(Object(ids)).sort()).toEqual([...NETWORKS].sort());
  const told = NETWORKS.map((_, index) => state["other"]?.outputs[`network-${index}`]);
  expect(told).toEqual(NETWORKS.map((name) => Object(ids)[name]));

  expect(requests.filter(({ path }) => path.endsWith("/testConnection"))).not.toEqual([]);
  expect(JSON.stringify(state)).not.toContain("connection_test");
});
