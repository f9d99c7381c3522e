/** What users' tests do: stacks that are written for production are deployed on a simulated server, and looked at. */
import { existsSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, SvmDeployment, SvmImage } from "../../constructs";
import { deployStack } from "../../constructs/testing";
import "../../constructs/testing/jest";
import type { Inventory } from "../../src/simulator";
import { until } from "../support/until";

jest.setTimeout(120_000);

const places = { networks: [{ name: "Servers" }], storages: [{ name: "ds1" }] };
const inventory: Inventory = {
  infrastructures: [
    {
      type: "VMWARE",
      address: "vc.site.test",
      accounts: [
        { name: "svc-ksvla", password: "Site-Passw0rd" },
        { name: "svc-look", password: "Look-Passw0rd", role: "readOnly" },
      ],
      hosts: [
        { name: "esx-1", ...places },
        { name: "esx-2", ...places },
      ],
    },
  ],
};
const variables = {
  LOOK_PASSWORD: "Look-Passw0rd",
  SITE_PASSWORD: "Site-Passw0rd",
  KLCONFIG_PASSWORD: "Klconfig-Passw0rd",
};

/** For production: another server, a backend that no test can reach, a password that no test has, two stacks. */
function site(app: App): void {
  const base = new Production(app, "base");
  const infrastructure = new Infrastructure(base, "vsphere", {
    type: InfrastructureType.VMWARE,
    address: "vc.site.test",
    admin: { name: "svc-ksvla", password: Secret.fromVariable("SITE_PASSWORD", { version: "1" }) },
    readOnly: { name: "svc-look", password: Secret.fromVariable("LOOK_PASSWORD", { version: "1" }) },
    trust: true,
  });
  const fleetStack = new Production(app, "fleet");
  const fleet = new SvmDeployment(fleetStack, "svms", {
    image: new SvmImage(fleetStack, "image", {
      manifestPath: "/opt/svm/svm-6.2.xml",
      infrastructures: [infrastructure],
    }),
    ksc: { address: "ksc.site.test" },
    root: {},
    klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
  });
  fleet.addSvmPerHost({ infrastructure, hosts: ["esx-1", "esx-2"], storage: "ds1", network: "Servers" });
  new TerraformOutput(fleetStack, "addresses", { value: fleet.ipAddresses });
}

class Production extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
    new S3Backend(this, { bucket: "states", key: id, region: "eu-central-1" });
    new KsvlaProvider(this, "ksvla", {
      address: "viis.production.invalid",
      thumbprint: "11".repeat(20),
      password: Secret.fromVariable("KSVLA_ADMIN_PASSWORD"),
    });
  }
}

let portOf: string | undefined;
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("ksvla-test-"));
const before = folders();

afterEach(async () => {
  expect(folders()).toEqual(before);
  if (portOf !== undefined) expect(await isListening(portOf)).toBe(false);
  expect(existsSync("terraform.base.tfstate")).toBe(false);
});

function isListening(address: string): Promise<boolean> {
  const [host, port] = address.split(":");
  const socket = connect({ host: host ?? "", port: Number(port) });
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

test("stacks are deployed in their order, nothing is left to change, and nothing of the test stays", async () => {
  const deployment = await deployStack(site, {
    inventory,
    variables,
    afterwards: ({ simulator }) => {
      portOf = simulator.address;
    },
  });

  expect(deployment).toPlanNoChanges();
  expect(deployment).toHaveInfrastructure("vc.site.test", { type: "VMWARE", admin: "svc-ksvla" });
  expect(deployment).toTrust("vc.site.test:443");
  for (const host of ["esx-1", "esx-2"]) {
    expect(deployment).toHaveSvm(`svm-${host}`, {
      place: host,
      running: true,
      version: "6.2.0.1000",
      networks: ["Servers"],
    });
  }
  const { base, fleet } = deployment.state;
  const { ipAddress } = deployment.server.svms.find(({ name }) => name === "svm-esx-1")!;
  expect(fleet?.outputs["addresses"]).toMatchObject({ "svm-esx-1": ipAddress });
  expect(base?.resources.map(({ type }) => type)).toContain("ksvla_infrastructure");
  expect(deployment.requests).toContainEqual({
    method: "POST",
    path: "/api/3.0/management/deployment/svm/",
    status: 200,
  });
});

test("one that is ended in the middle leaves nothing either", async () => {
  const aborting = new AbortController();
  const faults = ["POST /infrastructures=latency:600000"];
  const deploying = deployStack(site, { inventory, variables, faults, signal: aborting.signal });
  // Terraform has been started when the folder has something of it.
  await until(() => folders().some((name) => existsSync(join(tmpdir(), name, "app", "stacks", "base", ".terraform"))));
  aborting.abort(new Error("The test is over."));
  await expect(deploying).rejects.toThrow("The test is over.");
});
