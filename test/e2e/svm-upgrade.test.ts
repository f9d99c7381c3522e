import { type Simulator, startSimulator } from "../../src/simulator";
import { App, STACK } from "./support/app";
import {
  ADMIN_PASSWORD,
  certificate,
  environmentOf,
  infrastructure,
  PROVIDER,
  TIME_SCALE,
  VCENTER,
} from "./support/configuration";
import { DEPLOYED, REMOVED } from "./support/svms";
import { Workspace } from "./support/workspace";

jest.setTimeout(240_000);

const ROTATED_PASSWORD = "Rotated-Passw0rd";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterEach(() => simulator.stop());

describe("a fleet that keeps protecting", () => {
  let app: App;
  let existing: readonly string[];

  /** What `cdktf deploy '*'` does, without its start-up: the stacks in the order of their references. */
  const deploy = async () => {
    await app.synth();
    for (const stack of [STACK, "fleet"]) {
      await app.terraformOf(stack, "init", "-input=false");
      await app.terraformOf(stack, "apply", "-auto-approve", "-input=false");
    }
  };
  /** The fleet's SVMs, by host. */
  const svms = () =>
    simulator.world.svms.all
      .map(({ vm }) => vm.name)
      .filter((name) => !existing.includes(name))
      .sort();

  beforeEach(async () => {
    existing = simulator.world.svms.all.map(({ vm }) => vm.name);
    app = new App(stacks({ image: "6.2", password: 1 }), {
      ...environmentOf(simulator),
      TF_VAR_ADMIN_1: ADMIN_PASSWORD,
      TF_VAR_ADMIN_2: ROTATED_PASSWORD,
      TF_VAR_KLCONFIG: "Klconfig-S3cret",
    });
    await deploy();
  });
  afterEach(() => app.dispose());

  test("has the new SVMs before the old ones are removed, in one task for each", async () => {
    expect(svms()).toEqual(["svm-esx-01-6.2.0.1000", "svm-esx-02-6.2.0.1000"]);

    app.define(stacks({ image: "6.2.1", password: 1 }));
    await deploy();

    expect(svms()).toEqual(["svm-esx-01-6.2.1.1207", "svm-esx-02-6.2.1.1207"]);
    const changes = simulator.requests.all.filter(({ path, method }) => path === DEPLOYED.path && method !== "GET");
    expect(changes.map(({ method }) => method)).toEqual(["POST", "POST", "DELETE"]);
    expect(await app.terraformOf("fleet", "plan", "-input=false")).toContain("No changes");
  });

  test("keeps an old SVM whose successor cannot be deployed, or is left half deployed, and tries again the next time", async () => {
    const fault = simulator.faults.add({
      ...DEPLOYED,
      svm: "svm-esx-01-6.2.1.1207",
      fault: { kind: "status", status: 400 },
      times: Number.POSITIVE_INFINITY,
    });
    app.define(stacks({ image: "6.2.1", password: 1 }));

    await expect(deploy()).rejects.toThrow("svm-esx-01-6.2.1.1207");
    expect(svms()).toEqual(["svm-esx-01-6.2.0.1000", "svm-esx-02-6.2.1.1207"]);

    fault.remove();
    simulator.world.tasks.failNext({ parameters: { deployStepName: "StartSvm" }, message: "no memory" });
    await expect(deploy()).rejects.toThrow("no memory");
    expect(svms()).toEqual(["svm-esx-01-6.2.0.1000", "svm-esx-01-6.2.1.1207", "svm-esx-02-6.2.1.1207"]);

    await deploy();
    expect(svms()).toEqual(["svm-esx-01-6.2.1.1207", "svm-esx-02-6.2.1.1207"]);
    expect(await app.terraformOf("fleet", "plan", "-input=false")).toContain("No changes");
  });

  test("deploys and removes nothing for a rotated password, and needs that done before an upgrade", async () => {
    simulator.world.hypervisor(VCENTER).accounts[0]!.password = ROTATED_PASSWORD;
    app.define(stacks({ image: "6.2.1", password: 2 }));
    await expect(deploy()).rejects.toThrow("Unable to replace the SVM");
    expect(svms()).toEqual(["svm-esx-01-6.2.0.1000", "svm-esx-02-6.2.0.1000"]);

    app.define(stacks({ image: "6.2", password: 2 }));
    await deploy();
    expect(simulator.requests.count(DEPLOYED)).toBe(1);
    expect(simulator.requests.count(REMOVED)).toBe(0);

    app.define(stacks({ image: "6.2.1", password: 2 }));
    await deploy();
    expect(svms()).toEqual(["svm-esx-01-6.2.1.1207", "svm-esx-02-6.2.1.1207"]);
  });
});

test("where the server accepts a second connection, one stack does it all: an upgrade, and a rotation after it", async () => {
  simulator.habits.secondConnection = "accepted";
  const existing = simulator.world.svms.all.map(({ vm }) => vm.name);
  const svms = () => simulator.world.svms.all.map(({ vm }) => vm.name).filter((name) => !existing.includes(name));
  const app = new App(oneStack({ image: "6.2", password: 1 }), {
    ...environmentOf(simulator),
    TF_VAR_ADMIN_1: ADMIN_PASSWORD,
    TF_VAR_ADMIN_2: ROTATED_PASSWORD,
    TF_VAR_KLCONFIG: "Klconfig-S3cret",
    TF_VAR_hosts: '["esx-01"]',
  });
  const changed = async (to: Parameters<typeof oneStack>[0]) => {
    app.define(oneStack(to));
    await app.synth();
    const before = simulator.requests.all.length;
    await app.terraform("apply", "-auto-approve", "-input=false");
    return simulator.requests.all
      .slice(before)
      .filter(({ method, path }) => method !== "GET" && !/certificates|refresh|auth/.test(path))
      .map(
        ({ method, path }) =>
          `${method} ${path.replace(/^\/api\/3.0\/|\/$/g, "").replace(/[\da-f]{8}-[\da-f-]+/, "…")}`,
      );
  };
  try {
    await app.synth();
    await app.terraform("init");
    // The lists of a connection that an earlier run has made are good at once.
    await app.terraform("apply", "-auto-approve", "-input=false", "-target=ksvla_infrastructure.vcenter");
    await app.terraform("apply", "-auto-approve", "-input=false");
    expect(svms()).toEqual(["svm-esx-01-6.2.0.1000"]);

    expect(await changed({ image: "6.2.1", password: 1 })).toEqual([
      "POST management/deployment/svm/images/register/manifest",
      "PUT management/deployment/svm/images/…/validate",
      "POST management/deployment/svm",
      "DELETE management/deployment/svm",
    ]);
    expect(svms()).toEqual(["svm-esx-01-6.2.1.1207"]);

    simulator.world.hypervisor(VCENTER).accounts[0]!.password = ROTATED_PASSWORD;
    await expect(changed({ image: "6.2", password: 2 })).rejects.toThrow("Unable to replace the SVM");
    expect(await changed({ image: "6.2.1", password: 2 })).toEqual([
      "POST infrastructures",
      "DELETE infrastructures/…",
    ]);
    expect(svms()).toEqual(["svm-esx-01-6.2.1.1207"]);
    const { id } = simulator.world.svms.named("svm-esx-01-6.2.1.1207").vm;
    expect(JSON.parse(await app.terraform("output", "-json", "ids"))).toEqual({
      "on-each-host-of-vcenter": { "esx-01": id },
    });
    expect(await app.terraform("plan", "-input=false")).toContain("No changes");
  } finally {
    app.dispose();
  }
});

test("create_before_destroy reaches a connection of the same stack through a look-up, and is refused", async () => {
  const configuration = (version: number) => `${PROVIDER}${certificate()}
    ${infrastructure({ account: `password_wo_version = "${version}"`, extra: "depends_on = [ksvla_trusted_certificate.it]" })}
    data "ksvla_host" "it" {
      infrastructure_id = ksvla_infrastructure.it.id
      name              = "esx-01"
    }
    resource "terraform_data" "svm" {
      input = data.ksvla_host.it.id
      lifecycle {
        create_before_destroy = true
      }
    }`;
  const workspace = await Workspace.with(configuration(1), { env: environmentOf(simulator) });
  try {
    await workspace.apply();
    workspace.write(configuration(2));

    expect(await workspace.plannedActions()).toMatchObject({ "ksvla_infrastructure.it": ["create", "delete"] });
    expect((await workspace.failingApply()).output).toContain("seems to be connected already");
  } finally {
    workspace.dispose();
  }
});

interface Versions {
  readonly image: string;
  readonly password: number;
}

/** The connection, and the fleet in the same stack, on hypervisors that only Terraform knows. */
function oneStack({ image, password }: Versions): string {
  return `
    new ksvla.KsvlaProvider(this, "ksvla", { pollInterval: "50ms" });
    ${vcenter(password)}
    const fleet = new ksvla.SvmDeployment(this, "svms", { ${fleetProps(image)}, allowSecondConnection: true });
    const hosts = new cdktf.TerraformVariable(this, "hosts", { type: "list(string)" }).listValue;
    fleet.addSvmPerHost({ infrastructure: vcenter, hosts, storage: "ds1", network: "Servers" });
    new cdktf.TerraformOutput(this, "ids", { value: fleet.svmIds, staticId: true });
  `;
}

/** A stack with the connection, and one with the fleet. */
function stacks({ image, password }: Versions): string {
  return `
    new ksvla.KsvlaProvider(this, "ksvla", { pollInterval: "50ms" });
    ${vcenter(password)}
    class Fleet extends cdktf.TerraformStack {
      constructor(scope, id) {
        super(scope, id);
        new ksvla.KsvlaProvider(this, "ksvla", { pollInterval: "50ms" });
        const fleet = new ksvla.SvmDeployment(this, "svms", { ${fleetProps(image)} });
        fleet.addSvmPerHost({ infrastructure: vcenter, hosts: ["esx-01", "esx-02"], storage: "ds1", network: "Servers" });
      }
    }
    new Fleet(scope, "fleet");
  `;
}

function vcenter(password: number): string {
  return `const vcenter = new ksvla.Infrastructure(this, "vcenter", {
      type: ksvla.InfrastructureType.VMWARE,
      address: "${VCENTER}",
      admin: { name: "admin", password: ksvla.Secret.fromVariable("ADMIN_${password}", { version: "${password}" }) },
      trust: true,
    });`;
}

function fleetProps(image: string): string {
  return `
    image: new ksvla.SvmImage(this, "image", { manifestPath: "/opt/svm/svm-${image}.xml", infrastructures: [vcenter] }),
    upgrade: ksvla.UpgradeStrategy.KEEP_PROTECTING,
    ksc: { address: "ksc.example.test" },
    root: {},
    klconfig: { password: ksvla.Secret.fromVariable("KLCONFIG") }`;
}
