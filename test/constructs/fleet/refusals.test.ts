import { type App, DataResource, TerraformLocal, TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  type FleetSvmProps,
  Host,
  Infrastructure,
  KsvlaProvider,
  OpenStackProject,
  Secret,
  SvmDeployment,
  type SvmDeploymentProps,
  SvmImage,
  UpgradeStrategy,
} from "../../../constructs";
import { DataKsvlaInfrastructure } from "../../../constructs/generated";
import { type Synthesized, untyped } from "../synth";
import { connected, type Fixture, fleetProblems, svmsOf, synthFleet } from "./fleet";

const hypervisor = { host: "esx-01", storage: "ds1" };
const project = { project: "security", flavor: "svm.medium" };
const fixed = (address: string) => ({ address, mask: "255.255.255.0", gateway: "10.0.0.1" });
const dns = { main: "10.0.0.2" };

/** What is refused of one SVM on a hypervisor with these props. */
function refused(props: object, shared: object = {}): readonly string[] {
  return fleetProblems(({ vcenter }) =>
    untyped({ ...shared, svms: { a: { infrastructure: vcenter, ...hypervisor, network: "Servers", ...props } } }),
  );
}

describe("of an SVM is refused", () => {
  test("a property that does not exist, with the one that was meant", () => {
    expect(refused({ volumetype: "ssd", localisation: "en" })).toEqual([
      '[stack/fleet/a] volumetype: There is no property "volumetype". Did you mean "volumeType"?',
      '[stack/fleet/a] localisation: There is no property "localisation". Did you mean "localization"?',
    ]);
  });

  test("a place that is none", () => {
    expect(refused({ host: undefined, storage: undefined })).toEqual([
      expect.stringMatching(/^\[stack\/fleet\/a\] An SVM needs a place/),
    ]);
  });

  test("two places", () => {
    expect(refused(project)).toEqual([expect.stringMatching(/^\[stack\/fleet\/a\] openstack: An SVM has one place/)]);
  });

  test("a missing storage and network, by the names that they have here", () => {
    expect(refused({ storage: undefined, network: undefined })).toEqual([
      "[stack/fleet/a] storage: The attribute is required.",
      expect.stringMatching(/^\[stack\/fleet\/a\] networks: The value must have at least one element/),
    ]);
  });

  test("network beside networks", () => {
    expect(refused({ networks: [{ network: "Servers" }] })).toEqual([
      "[stack/fleet/a] network: Set either network or networks, not both.",
    ]);
  });

  test("several networks of which none is primary, and a static address without a name server", () => {
    const networks = [{ network: "Servers", static: fixed("10.0.0.5") }, { network: "Backup" }];
    expect(refused({ network: undefined, networks })).toEqual([
      expect.stringMatching(/^\[stack\/fleet\/a\] networks: One of several networks has to be the primary one/),
      expect.stringMatching(/^\[stack\/fleet\/a\] dns: Static addresses need a name server/),
    ]);
  });

  test("what is wrong in a network or a port, at its place", () => {
    const networks = [{ network: "Servers", vlanId: 5000, static: { ...fixed("10.0.0.5"), mask: "255.0.255.0" } }];
    expect(refused({ network: undefined, networks, dns })).toEqual([
      expect.stringMatching(/^\[stack\/fleet\/a\] networks\[0\]\.vlanId: .*got: 5000/),
      expect.stringMatching(/^\[stack\/fleet\/a\] networks\[0\]\.static\.mask: .*got: "255\.0\.255\.0"/),
    ]);
    const ports = [{ securityGroups: ["svm"] }];
    const inProject = fleetProblems(({ cloud }) => ({
      svms: { a: { infrastructure: cloud, ...project, networks: [{ network: "internal", ports }] } },
    }));
    expect(inProject).toEqual([
      expect.stringMatching(
        /^\[stack\/fleet\/a\] networks\[0\]\.ports\[0\]\.portSecurityEnabled: Security groups need/,
      ),
    ]);
  });

  test("a plain password, and one that the product cannot take, by the names that they have here", () => {
    expect(
      refused({ root: { password: "Hunter2" }, klconfig: { password: Secret.unsafePlainText("a".repeat(61)) } }),
    ).toEqual([
      expect.stringMatching(/^\[stack\/fleet\/a\] root\.password: The value must be a Secret/),
      expect.stringMatching(/^\[stack\/fleet\/a\] klconfig\.password: The value must/),
    ]);
  });

  test("a Host or a project of another infrastructure", () => {
    const places = ({ stack, vcenter, cloud }: Fixture): Partial<SvmDeploymentProps> => ({
      svms: {
        a: {
          infrastructure: cloud,
          host: new Host(stack, "host", { infrastructure: vcenter, name: "esx-01" }),
          storage: "ds1",
          network: "Servers",
        },
        b: {
          ...project,
          infrastructure: vcenter,
          project: new OpenStackProject(stack, "project", { infrastructure: cloud, name: "security" }),
          network: "internal",
        },
      },
    });
    expect(fleetProblems(places)).toEqual([
      "[stack/fleet/a] host: stack/host is of another infrastructure than stack/cloud.",
      "[stack/fleet/b] project: stack/project is of another infrastructure than stack/vcenter.",
    ]);
  });

  test("a domain beside a project that is not found by its name", () => {
    const found = fleetProblems(({ cloud }) => ({
      svms: { a: { ...project, infrastructure: cloud, project: { id: "1" }, domain: "Default", network: { id: "2" } } },
    }));
    expect(found).toEqual([expect.stringMatching(/^\[stack\/fleet\/a\] domain: A domain tells projects/)]);
  });

  test("an order of its own in the life cycle", () => {
    const lifecycle = { createBeforeDestroy: true };
    expect(refused({ lifecycle })).toEqual([
      expect.stringMatching(/^\[stack\/fleet\/a\] lifecycle\.createBeforeDestroy: Take the deployment's upgrade/),
    ]);
    expect(refused({}, { lifecycle })).toEqual([
      expect.stringMatching(/^\[stack\/fleet\] lifecycle\.createBeforeDestroy: Take the deployment's upgrade/),
    ]);
  });
});

describe("of a fleet is refused", () => {
  test("a shared setting that does not exist", () => {
    expect(refused({}, { kscs: { address: "ksc.example.test" } })).toEqual([
      '[stack/fleet] kscs: There is no property "kscs". Did you mean "ksc"?',
    ]);
  });

  test("everything that is wrong, at once", () => {
    const svm = { ...hypervisor, network: "Servers", name: "" };
    const found = fleetProblems(({ vcenter }) => ({
      localization: "",
      svms: { a: { ...svm, infrastructure: vcenter }, b: { ...svm, infrastructure: vcenter } },
    }));
    expect(found.map((problem) => problem.split(" ").slice(0, 2).join(" "))).toEqual([
      "[stack/fleet/a] name:",
      "[stack/fleet/a] localization:",
      "[stack/fleet/b] name:",
      "[stack/fleet/b] localization:",
      "[stack/fleet/b] name:",
    ]);
  });

  test("an image or an order of one of its SVMs", () => {
    const upgrade = UpgradeStrategy.KEEP_PROTECTING;
    expect(refused({ upgrade })).toEqual([
      expect.stringMatching(/^\[stack\/fleet\/a\] upgrade: It is the deployment's/),
    ]);
  });

  test("nothing that is only known during the deployment", () => {
    const found = fleetProblems(({ stack, vcenter }) => {
      const variable = new TerraformVariable(stack, "variable", {});
      const text = variable.stringValue;
      return {
        localization: text,
        ksc: { address: text, port: variable.numberValue },
        dns: { main: text },
        svms: {
          a: {
            infrastructure: vcenter,
            name: text,
            host: text,
            storage: text,
            networks: [{ network: text, primary: variable.booleanValue, static: fixed(text) }],
          },
        },
      };
    });
    expect(found).toEqual([]);
  });
});

describe("an upgrade that keeps protecting", () => {
  const upgrade = UpgradeStrategy.KEEP_PROTECTING;

  test("creates before it destroys, and names the SVMs after the image's version", () => {
    const stack = synthFleet(({ vcenter }) => ({
      upgrade,
      svms: { a: { infrastructure: vcenter, ...hypervisor, network: "Servers", name: "svm" } },
    }));
    expect(svmsOf(stack)["svm-6.2.0.1000"]).toMatchObject({ lifecycle: { create_before_destroy: true } });
  });

  test("takes the version from an image that is still to be registered", () => {
    const stack = synthFleet(({ stack, vcenter }) => ({
      upgrade,
      image: new SvmImage(stack, "new", { manifestPath: "/opt/svm/6.xml", infrastructures: [connected(stack)] }),
      svms: { a: { infrastructure: vcenter, ...hypervisor, network: "Servers" } },
    }));
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
    expect(Object.keys(svmsOf(stack))).toEqual(["a-${ksvla_svm_image.new.svm_version}"]);
  });

  test("is no matter of plain replacement", () => {
    const stack = synthFleet(({ vcenter }) => ({
      svms: { a: { infrastructure: vcenter, ...hypervisor, network: "Servers" } },
    }));
    expect(svmsOf(stack)["a"]).not.toHaveProperty("lifecycle");
  });

  test("needs the image's version", () => {
    const found = fleetProblems(({ stack, vcenter }) => ({
      upgrade,
      image: SvmImage.fromImageId(stack, "unknown", "image-2"),
      svms: { a: { infrastructure: vcenter, ...hypervisor, network: "Servers" } },
    }));
    expect(found).toEqual([expect.stringMatching(/^\[stack\/fleet\] image: .*Set its svmVersion\.$/)]);
  });

  test("does not go together with static addresses", () => {
    const ports = [{ static: { addresses: ["10.0.0.6", "10.0.0.7"], mask: "255.255.255.0", gateway: "10.0.0.1" } }];
    const found = fleetProblems(({ vcenter, cloud }) => ({
      upgrade,
      dns,
      svms: {
        a: { infrastructure: vcenter, ...hypervisor, networks: [{ network: "Servers", static: fixed("10.0.0.5") }] },
        b: { infrastructure: cloud, ...project, networks: [{ network: "internal", ports }] },
      },
    }));
    expect(found).toEqual([
      expect.stringMatching(/^\[stack\/fleet\/a\] networks\[0\]\.static: .*the old one still has the address/),
      expect.stringMatching(
        /^\[stack\/fleet\/b\] networks\[0\]\.ports\[0\]\.static: .*the old one still has the address/,
      ),
    ]);
  });

  test("does not go together with an infrastructure that the same stack connects, said once for each", () => {
    const found = fleetProblems(({ stack, vcenter }) => {
      const infrastructure = connected(stack);
      const place = { ...hypervisor, infrastructure, network: "Servers" };
      return { upgrade, svms: { a: place, b: { ...place, host: "esx-02" }, c: { ...place, infrastructure: vcenter } } };
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^\[stack\/fleet\] upgrade: .*, got: ksvla_infrastructure\.esx of this one\. .*stack of its own|TerraformStack of its own/,
      ),
    ]);
  });

  test.each<[string, string, (made: Infrastructure) => Partial<FleetSvmProps>]>([
    [
      "a local value",
      ", through local.connection",
      (made) => {
        const local = new TerraformLocal(TerraformStack.of(made), "connection", made.id);
        return { infrastructure: Infrastructure.fromInfrastructureId(made, "local", local.asString) };
      },
    ],
    [
      "a data source of the infrastructure",
      ", through data.ksvla_infrastructure.there",
      (made) => {
        const there = new DataKsvlaInfrastructure(TerraformStack.of(made), "there", { id: made.id });
        return { infrastructure: Infrastructure.fromInfrastructureId(made, "found", there.id) };
      },
    ],
    ["dependsOn", "", (made) => ({ dependsOn: [made] })],
    [
      "dependsOn of another resource",
      ", through terraform_data.gate",
      (made) => ({ dependsOn: [new DataResource(TerraformStack.of(made), "gate", { dependsOn: [made] })] }),
    ],
    ["one of its settings", "", (made) => ({ ksc: { address: made.displayName } })],
    [
      "a look-up",
      ", through data.ksvla_host.host",
      (made) => {
        const infrastructure = Infrastructure.fromInfrastructureId(made, "known", "1");
        const host = new Host(TerraformStack.of(made), "host", { infrastructure, name: "esx-01", dependsOn: [made] });
        return { infrastructure, host };
      },
    ],
  ])("does not go together with a connection of the stack that it depends on by %s", (_name, through, own) => {
    const refused = (allowSecondConnection: boolean) =>
      fleetProblems(({ stack, vcenter: infrastructure }) => {
        const svm = { infrastructure, ...hypervisor, network: "Servers", ...own(connected(stack)) };
        return { upgrade, allowSecondConnection, svms: { a: untyped<FleetSvmProps>(svm) } };
      });
    expect(refused(false)).toEqual([
      expect.stringContaining(`got: ksvla_infrastructure.esx of this one${through}. Terraform would replace it`),
    ]);
    expect(refused(true)).toEqual([]);
  });

  test("goes together with a connection of the stack that it has nothing to do with", () => {
    const found = fleetProblems(({ stack, vcenter: infrastructure }) => {
      connected(stack);
      return { upgrade, svms: { a: { infrastructure, ...hypervisor, network: "Servers" } } };
    });
    expect(found).toEqual([]);
  });

  test("goes together with an infrastructure of another stack", () => {
    const app = Testing.app();
    const { fleet } = twoStacks(app, upgrade);
    app.synth();

    const [svm] = Object.values(svmsOf(JSON.parse(Testing.synth(fleet)) as Synthesized));
    expect(svm?.["infrastructure_id"]).toMatch(/^\$\{data\.terraform_remote_state\./);
  });
});

function twoStacks(app: App, upgrade: UpgradeStrategy): { readonly fleet: TerraformStack } {
  class Connections extends TerraformStack {
    readonly vcenter: Infrastructure;
    constructor(scope: App) {
      super(scope, "connections");
      new KsvlaProvider(this, "ksvla");
      this.vcenter = connected(this, "vcenter");
    }
  }
  const { vcenter } = new Connections(app);
  const fleet = new TerraformStack(app, "fleet");
  new KsvlaProvider(fleet, "ksvla");
  new SvmDeployment(fleet, "fleet", {
    upgrade,
    image: new SvmImage(fleet, "image", { manifestPath: "/opt/svm/6.xml", infrastructures: [vcenter] }),
    svms: { a: { infrastructure: vcenter, ...hypervisor, network: "Servers" } },
  });
  return { fleet };
}
