/** What SVMs of a stack take from each other, in whichever fleet they are. */
import { TerraformCount, type TerraformStack } from "cdktf";
import {
  Host,
  Infrastructure,
  KsvlaProvider,
  OpenStackProject,
  Svm,
  SvmDeployment,
  SvmImage,
} from "../../../constructs";
import { problems } from "../synth";
import { fleetProblems } from "./fleet";

const hypervisor = { host: "esx-01", storage: "ds1", network: "Servers" };
const project = { project: "security", flavor: "svm.medium", network: "internal" };
const fixed = (address: string) => ({ address, mask: "255.255.255.0", gateway: "10.0.0.1" });
const dns = { main: "10.0.0.2" };

test("the same name twice on a hypervisor or in a project is refused, but not elsewhere", () => {
  const found = fleetProblems(({ vcenter, cloud }) => {
    const svm = { ...hypervisor, infrastructure: vcenter, name: "svm" };
    const inProject = { ...project, infrastructure: cloud, name: "svm" };
    return { svms: { a: svm, b: { ...svm, host: "esx-02" }, c: svm, d: inProject, e: inProject } };
  });
  expect(found).toEqual([
    "[stack/fleet/c] name: stack/fleet/a has the same name on the same hypervisor.",
    "[stack/fleet/e] name: stack/fleet/d has the same name in the same project.",
  ]);
});

test("the same address twice in an infrastructure is refused, but not in another or another VLAN", () => {
  const found = fleetProblems(({ vcenter, cloud }) => {
    const svm = (host: string, vlanId?: number, infrastructure = vcenter) => ({
      storage: "ds1",
      infrastructure,
      host,
      networks: [{ network: "Servers", static: fixed("10.0.0.5"), ...(vlanId !== undefined && { vlanId }) }],
    });
    return { dns, svms: { a: svm("1"), b: svm("2"), c: svm("3", 7), d: svm("4", undefined, cloud) } };
  });
  expect(found).toEqual(["[stack/fleet/b] networks[0].static.address: stack/fleet/a has the same address, 10.0.0.5."]);
});

test("the same address twice in a network of a project is refused, but not in another network", () => {
  const found = fleetProblems(({ cloud }) => {
    const network = (name: string, primary: boolean, ...addresses: string[]) => ({
      network: name,
      ports: [{ primary, static: { addresses, mask: "255.255.255.0", gateway: "10.0.0.1" } }],
    });
    const svm = { project: "security", flavor: "svm.medium", infrastructure: cloud };
    const a = { ...svm, networks: [network("one", true, "10.0.0.5", "10.0.0.6"), network("two", false, "10.0.0.5")] };
    return { dns, svms: { a, b: { ...svm, networks: [network("one", true, "10.0.0.6")] } } };
  });
  expect(found).toEqual([
    "[stack/fleet/b] networks[0].ports[0].static.addresses: stack/fleet/a has the same address, 10.0.0.6.",
  ]);
});

describe("across a stack", () => {
  const parts = (stack: TerraformStack) => ({
    image: SvmImage.fromImageId(stack, "image", "image-1"),
    infrastructure: Infrastructure.fromInfrastructureId(stack, "vcenter", "1"),
  });

  test("fleets and single SVMs are compared, whichever reference they have to the infrastructure", () => {
    const found = problems((stack) => {
      const { image, infrastructure } = parts(stack);
      const again = Infrastructure.fromInfrastructureId(stack, "again", "1");
      new SvmDeployment(stack, "one", { image, svms: { a: { ...hypervisor, infrastructure, name: "svm" } } });
      new SvmDeployment(stack, "two", { image, svms: { a: { ...hypervisor, infrastructure: again, name: "svm" } } });
      new Svm(stack, "svm", { ...hypervisor, infrastructure, image });
    });
    expect(found).toEqual([
      "[stack/two/a] name: stack/one/a has the same name on the same hypervisor.",
      "[stack/svm] name: stack/one/a has the same name on the same hypervisor.",
    ]);
  });

  test("a hypervisor or a project is the same by name, by its construct, and by the construct's id", () => {
    const found = problems((stack) => {
      const { image, infrastructure } = parts(stack);
      const host = new Host(stack, "host", { infrastructure, name: "esx-01" });
      const of = (place: object) => ({ ...hypervisor, infrastructure, name: "svm", ...place });
      new SvmDeployment(stack, "hosts", {
        image,
        svms: {
          a: of({}),
          b: of({ host }),
          c: of({ host: { id: host.id }, storage: { id: "1" }, network: { id: "2" } }),
        },
      });
      const known = new OpenStackProject(stack, "project", { infrastructure, name: "security" });
      const inProject = { ...project, infrastructure, name: "svm" };
      new SvmDeployment(stack, "projects", { image, svms: { a: inProject, b: { ...inProject, project: known } } });
      new SvmDeployment(stack, "ids", {
        image,
        svms: {
          a: of({ host: Host.fromHostId(stack, "known", "host-1") }),
          b: of({ host: new Host(stack, "by-id", { infrastructure, id: "host-1" }) }),
        },
      });
    });
    expect(found).toEqual([
      "[stack/hosts/b] name: stack/hosts/a has the same name on the same hypervisor.",
      "[stack/hosts/c] name: stack/hosts/a has the same name on the same hypervisor.",
      "[stack/projects/b] name: stack/projects/a has the same name in the same project.",
      "[stack/ids/b] name: stack/ids/a has the same name on the same hypervisor.",
    ]);
  });

  test("ids of two Integration Servers are never the same", () => {
    const found = problems((stack) => {
      const { image, infrastructure } = parts(stack);
      const provider = new KsvlaProvider(stack, "second", { alias: "second" });
      new Svm(stack, "a", { ...hypervisor, infrastructure, image, name: "svm" });
      new Svm(stack, "b", { ...hypervisor, infrastructure, image, name: "svm", provider });
    });
    expect(found).toEqual([]);
  });

  test("what is corrected is no problem any more", () => {
    let svm: Svm | undefined;
    const found = problems((stack) => {
      const { image, infrastructure } = parts(stack);
      new Svm(stack, "a", { ...hypervisor, infrastructure, image, name: "svm" });
      svm = new Svm(stack, "b", { ...hypervisor, infrastructure, image, name: "svm" });
    });
    expect(found).toHaveLength(1);
    const scope = svm?.node.scope;
    scope?.node.tryRemoveChild("a");
    expect(svm?.node.validate()).toEqual([]);
  });
});

describe("an SVM that was changed from outside", () => {
  const changed = (change: (svm: Svm) => void) =>
    fleetProblems(
      ({ vcenter }) => {
        const svm = { ...hypervisor, infrastructure: vcenter };
        return { svms: { a: svm, b: svm } };
      },
      (fleet) => change(fleet.svm("b")),
    );
  const first = "stack/fleet/a has the same name on the same hypervisor.";

  test.each<[string, string | undefined, (svm: Svm) => void]>([
    ["another name of its own", undefined, (svm) => svm.addOverride("name", "c")],
    ["the other's name", first, (svm) => svm.addOverride("name", "a")],
    ["a name that is none", undefined, (svm) => svm.addOverride("name", null)],
    [
      "the other's name, elsewhere",
      undefined,
      (svm) => {
        svm.addOverride("name", "a");
        svm.addOverride("host.id", "2");
      },
    ],
    [
      "the other's name, for each of something",
      undefined,
      (svm) => {
        svm.addOverride("name", "a");
        svm.addOverride("for_each", { x: "y" });
      },
    ],
    [
      "the other's name, and is not there",
      undefined,
      (svm) => {
        svm.addOverride("name", "a");
        svm.count = 0;
      },
    ],
    [
      "the other's name, and may not be there",
      undefined,
      (svm) => {
        svm.addOverride("name", "a");
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
        svm.addOverride("count", "${var.is_small ? 1 : 0}");
      },
    ],
    [
      "count",
      "The 3 SVMs that count makes have the same name on the same hypervisor.",
      (svm) => {
        svm.count = 3;
      },
    ],
    [
      "a count",
      "The 2 SVMs that count makes have the same name",
      (svm) => {
        svm.count = TerraformCount.of(2);
      },
    ],
    ["an override of count", "The 2 SVMs that count makes have the same name", (svm) => svm.addOverride("count", 2)],
    [
      "count, and names that tell them apart",
      undefined,
      (svm) => {
        svm.count = 3;
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
        svm.addOverride("name", "b-${count.index}");
      },
    ],
  ])("with %s", (_, problem, change) => {
    expect(changed(change)).toEqual(
      problem === undefined ? [] : [expect.stringContaining(`[stack/fleet/b] name: ${problem}`)],
    );
  });

  test("with count and a fixed address", () => {
    const found = fleetProblems(
      ({ vcenter: infrastructure }) => ({
        dns,
        svms: {
          a: {
            ...hypervisor,
            network: undefined,
            infrastructure,
            networks: [{ network: "Servers", static: fixed("10.0.0.5") }],
          },
        } as never,
      }),
      (fleet) => {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
        fleet.svm("a").addOverride("name", "a-${count.index}");
        fleet.svm("a").count = 2;
      },
    );
    expect(found).toEqual([
      expect.stringContaining("networks[0].static.address: The 2 SVMs that count makes have the same address."),
    ]);
  });
});
