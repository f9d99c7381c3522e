/** Lists whose elements a fleet looks up, or makes an SVM for, when they come from elsewhere than the code. */
import { Lazy, TerraformIterator, type TerraformStack, TerraformVariable, Token } from "cdktf";
import type { SvmDeploymentProps } from "../../../constructs";
import { untyped } from "../synth";
import { fleetProblems } from "./fleet";

const variable = (stack: TerraformStack) => new TerraformVariable(stack, "list", { type: "list(string)" });
const FORMS: Readonly<Record<string, (stack: TerraformStack) => unknown>> = {
  "a variable's list": (stack) => variable(stack).listValue,
  "a list of Terraform's among other elements": (stack) => [...variable(stack).listValue, "more"],
  "a token": (stack) => Token.asAny(variable(stack).value),
  "a Lazy": () => Lazy.anyValue({ produce: () => [] }),
  "an iterator's dynamic list": (stack) => TerraformIterator.fromList(variable(stack).listValue).dynamic({ a: 1 }),
};

describe.each(Object.entries(FORMS))("%s gets one message, with path and property:", (_name, list) => {
  const refusal = (path: string, own: (late: never[], infrastructure: object) => object) =>
    expect(
      fleetProblems(({ stack, vcenter }) => {
        const svm = own(untyped<never[]>(list(stack)), { infrastructure: vcenter });
        return untyped<Partial<SvmDeploymentProps>>({ svms: { a: { infrastructure: vcenter, ...svm } } });
      }),
    ).toEqual([expect.stringContaining(`[stack/fleet/a] ${path}: The value must be a list that is known at synth`)]);
  const project = { project: { id: "1" }, flavor: { id: "2" } };

  test("networks on a hypervisor", () => {
    refusal("networks", (networks) => ({ host: { id: "1" }, storage: { id: "2" }, networks }));
  });

  test("networks in a project", () => {
    refusal("networks", (networks) => ({ ...project, networks }));
  });

  test("ports", () => {
    refusal("networks[0].ports", (ports) => ({ ...project, networks: [{ network: { id: "3" }, ports }] }));
  });

  test("security groups", () => {
    refusal("networks[0].ports[0].securityGroups", (securityGroups) => ({
      ...project,
      networks: [{ network: { id: "3" }, ports: [{ portSecurityEnabled: true, securityGroups }] }],
    }));
  });
});

test.each([
  ["a list of Terraform's among other elements", false],
  ["an iterator's dynamic list", false],
  ["a variable's list", true],
  ["a token", true],
  ["a Lazy", true],
])("%s of hosts is taken as one: %s", (form, isTaken) => {
  const found = fleetProblems(
    () => ({}),
    (fleet) => {
      const hosts = untyped<string[]>(FORMS[form]?.(fleet.node.scope as TerraformStack));
      const infrastructure = untyped<never>(fleet.node.scope?.node.findChild("vcenter"));
      fleet.addSvmPerHost({ hosts, infrastructure, storage: { id: "2" }, network: { id: "3" } });
    },
  );
  const refusal = "[stack/fleet] addSvmPerHost.hosts: The value must be one list, known at synth or to Terraform";
  expect(found).toEqual(isTaken ? [] : [expect.stringContaining(refusal)]);
});
