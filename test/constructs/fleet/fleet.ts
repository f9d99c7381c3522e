/** Pieces of stacks with fleets. */
import type { TerraformStack } from "cdktf";
import {
  type IInfrastructure,
  Infrastructure,
  InfrastructureType,
  type ISvmImage,
  Secret,
  SvmDeployment,
  type SvmDeploymentProps,
  SvmImage,
} from "../../../constructs";
import { problems, type Synthesized, synth } from "../synth";

/** What the tests place SVMs in: existing infrastructures, and an image of a known version. */
export interface Fixture {
  readonly stack: TerraformStack;
  readonly vcenter: IInfrastructure;
  readonly cloud: IInfrastructure;
  readonly image: ISvmImage;
}

type Fleet = (fixture: Fixture) => Partial<SvmDeploymentProps>;

function deployment(stack: TerraformStack, fleet: Fleet): SvmDeployment {
  const fixture = {
    stack,
    vcenter: Infrastructure.fromInfrastructureId(stack, "vcenter", "infrastructure-1"),
    cloud: Infrastructure.fromInfrastructureId(stack, "cloud", "infrastructure-2"),
    image: SvmImage.fromImageAttributes(stack, "image", { imageId: "image-1", svmVersion: "6.2.0.1000" }),
  };
  return new SvmDeployment(stack, "fleet", { image: fixture.image, ...fleet(fixture) });
}

/** A connection that the stack makes itself. */
export function connected(stack: TerraformStack, id = "esx"): Infrastructure {
  return new Infrastructure(stack, id, {
    type: InfrastructureType.VMWARE,
    address: `${id}.example.test`,
    admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
  });
}

export function synthFleet(fleet: Fleet, then?: (deployment: SvmDeployment) => void): Synthesized {
  return synth((stack) => {
    const created = deployment(stack, fleet);
    then?.(created);
  });
}

export function fleetProblems(fleet: Fleet, then?: (deployment: SvmDeployment) => void): readonly string[] {
  return problems((stack) => {
    const created = deployment(stack, fleet);
    then?.(created);
  });
}

/** The SVMs of a stack by their names in the infrastructure. */
export function svmsOf({ resource }: Synthesized): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const svms = Object.values(resource?.["ksvla_svm"] ?? {});
  return Object.fromEntries(svms.map((svm) => [String(svm["name"]), svm]));
}
