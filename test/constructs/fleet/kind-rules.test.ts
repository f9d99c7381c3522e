/** What a fleet says of the kinds of its infrastructures, and of its upgrades. */
import type { TerraformStack } from "cdktf";
import {
  type IInfrastructure,
  Infrastructure,
  InfrastructureType,
  SvmDeployment,
  type SvmDeploymentProps,
  SvmImage,
  UpgradeStrategy,
} from "../../../constructs";
import { problems, synth } from "../synth";

const onHost = (infrastructure: IInfrastructure) => ({
  infrastructure,
  host: { id: "h" },
  storage: { id: "s" },
  network: { id: "n" },
});
const inProject = (infrastructure: IInfrastructure) => ({
  infrastructure,
  project: { id: "p" },
  flavor: { id: "f" },
  network: { id: "n" },
});

function known(stack: TerraformStack, type: InfrastructureType): IInfrastructure {
  return Infrastructure.fromInfrastructureAttributes(stack, type.name, { infrastructureId: type.name, type });
}

function fleet(stack: TerraformStack, props: Omit<SvmDeploymentProps, "image">, types?: InfrastructureType[]) {
  const infrastructureTypes = types === undefined ? {} : { infrastructureTypes: types };
  const image = SvmImage.fromImageAttributes(stack, "image", {
    imageId: "1",
    svmVersion: "6.2",
    ...infrastructureTypes,
  });
  return new SvmDeployment(stack, "fleet", { image, ...props });
}

test("a place that the kind of infrastructure does not have is refused", () => {
  const found = problems((stack) => {
    const cloud = known(stack, InfrastructureType.OPENSTACK);
    const vcenter = known(stack, InfrastructureType.VMWARE);
    fleet(stack, { svms: { a: onHost(cloud), b: inProject(vcenter), c: onHost(vcenter), d: inProject(cloud) } });
  });
  expect(found).toEqual([
    expect.stringMatching(
      /fleet\/a\] host: .*OPENSTACK is of the type OPENSTACK, .*Set project and flavor in place of/,
    ),
    expect.stringMatching(/fleet\/b\] project: .*VMWARE is of the type VMWARE, .*Set host and storage in place of/),
  ]);
});

test("an image that is not for the kind of infrastructure is refused", () => {
  const found = problems((stack) => {
    const proxmox = known(stack, InfrastructureType.PROXMOX);
    const vcenter = known(stack, InfrastructureType.VMWARE);
    fleet(stack, { svms: { a: onHost(proxmox), b: onHost(vcenter) } }, [
      InfrastructureType.VMWARE,
      InfrastructureType.XEN,
    ]);
  });
  expect(found).toEqual([
    expect.stringMatching(
      /fleet\/a\] image: .*PROXMOX is of the type PROXMOX, and .*image is registered for VMWARE, XEN only\. Add the infrastructure/,
    ),
  ]);
});

test("nothing is said where only Terraform knows the kind", () => {
  const build = (stack: TerraformStack) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform.
    const late = known(stack, InfrastructureType.of("${var.type}"));
    fleet(stack, { svms: { a: onHost(late) } }, [InfrastructureType.XEN]);
  };
  expect(problems(build)).toEqual([]);
});

describe("the notice that an upgrade replaces all SVMs at once", () => {
  function notices(names: readonly string[], props: Partial<SvmDeploymentProps> = {}): readonly string[] {
    let created: SvmDeployment | undefined;
    synth((stack) => {
      const vcenter = known(stack, InfrastructureType.VMWARE);
      created = fleet(stack, { svms: Object.fromEntries(names.map((name) => [name, onHost(vcenter)])), ...props });
    });
    return created!.node.metadata.map(({ data }) => String(data));
  }

  test("says how many, and what to use instead, once", () => {
    expect(notices(["a", "b", "c"])).toEqual([
      expect.stringMatching(/^Another image replaces all 3 SVMs at once: .*KEEP_PROTECTING deploys the new SVMs first/),
    ]);
  });

  test.each<[string, readonly string[], Partial<SvmDeploymentProps>]>([
    ["of one SVM", ["a"], {}],
    ["that keeps protecting", ["a", "b"], { upgrade: UpgradeStrategy.KEEP_PROTECTING }],
    ["whose order was chosen", ["a", "b"], { upgrade: UpgradeStrategy.REPLACE }],
  ])("is not there for a fleet %s", (_, names, props) => {
    expect(notices(names, props)).toEqual([]);
  });
});
