/** Names and places in whichever form they come: what an SVM is placed by is found, or refused where it was written. */
import { TerraformCount, TerraformIterator, TerraformVariable } from "cdktf";
import type { FleetSvmProps, SvmDeploymentProps } from "../../../constructs";
import {
  DataKsvlaHost,
  DataKsvlaInfrastructureObjects,
  DataKsvlaOpenstackProject,
} from "../../../constructs/generated";
import { untyped } from "../synth";
import { fleetProblems, svmsOf, synthFleet } from "./fleet";

const expression = (text: string) => `\${${text}}`;

/** What is synthesized with the values of variables: as CDKTF has it for any type, and as text. */
function inBothForms(place: (value: (name: string) => string) => object) {
  return (["value", "stringValue"] as const).map((form) =>
    synthFleet(({ stack, vcenter }) => {
      const value = (name: string): string => new TerraformVariable(stack, name, { type: "string" })[form];
      return { svms: { a: untyped<FleetSvmProps>({ infrastructure: vcenter, ...place(value) }) } };
    }),
  );
}

describe("the value of a variable is a name", () => {
  test("on a hypervisor", () => {
    const [value, text] = inBothForms((name) => ({
      host: name("host"),
      storage: name("storage"),
      network: name("network"),
    }));
    expect(svmsOf(value ?? {})["a"]).toMatchObject({
      host: { networks: [{ id: expect.stringContaining("[var.network]") }] },
    });
    expect(value).toEqual(text);
  });

  test("of one network of several", () => {
    const [value, text] = inBothForms((name) => ({
      host: name("host"),
      storage: { id: "1" },
      networks: [{ network: name("one"), primary: true }, { network: name("other") }],
    }));
    expect(value).toEqual(text);
  });

  test("in a project", () => {
    const [value, text] = inBothForms((name) => ({
      project: name("project"),
      domain: name("domain"),
      flavor: name("flavor"),
      volumeType: name("type"),
      availabilityZone: name("zone"),
      serverGroup: name("group"),
      networks: [
        {
          network: name("network"),
          ports: [{ portSecurityEnabled: true, securityGroups: [name("security"), "more"] }],
        },
      ],
    }));
    expect(Object.values(value?.data?.["ksvla_openstack_project"] ?? {})).toMatchObject([
      { domain: expression("var.domain") },
    ]);
    expect(value).toEqual(text);
  });

  test("and so is that of an iterator", () => {
    const iterator = TerraformIterator.fromList(["esx-01", "esx-02"]);
    const place = { host: iterator.value, storage: "ds1", network: "Servers", forEach: iterator };
    const { data } = synthFleet(({ vcenter }) => ({ svms: { each: { infrastructure: vcenter, ...place } } }));
    expect(Object.values(data?.["ksvla_host"] ?? {})).toMatchObject([{ name: expression("each.value") }]);
  });
});

test("a generated look-up, and an element of a list of Terraform's, is a place by its id", () => {
  const synthesized = synthFleet(({ stack, vcenter, cloud }) => {
    const infrastructureId = vcenter.infrastructureId;
    const { locations } = new DataKsvlaInfrastructureObjects(stack, "all", { infrastructureId, types: ["Host"] });
    const host = new DataKsvlaHost(stack, "host", { infrastructureId, name: "esx-01" });
    const project = new DataKsvlaOpenstackProject(stack, "project", { infrastructureId, name: "security" });
    const onHost = { infrastructure: vcenter, storage: { id: "1" }, network: { id: "2" } };
    return {
      svms: {
        a: { ...onHost, host },
        b: { ...onHost, host: locations.get(0) },
        c: { infrastructure: cloud, project, flavor: { id: "1" }, network: { id: "2" } },
      },
    };
  });
  expect(svmsOf(synthesized)).toMatchObject({
    a: { host: { id: expression("data.ksvla_host.host.id") } },
    b: { host: { id: expression("data.ksvla_infrastructure_objects.all.locations[0].id") } },
    c: { openstack: { project_id: expression("data.ksvla_openstack_project.project.id") } },
  });
});

test("an element of a list that only Terraform knows is refused where it is used", () => {
  const found = fleetProblems(({ stack, vcenter }) => {
    const [network = ""] = new TerraformVariable(stack, "networks", { type: "list(string)" }).listValue;
    return { svms: { a: { infrastructure: vcenter, host: "esx-01", storage: "ds1", network } } };
  });
  expect(found).toEqual([expect.stringContaining("[stack/fleet/a] networks[0].network: The value cannot be resolved")]);
});

test("a number that only Terraform knows, inside of a text, is refused where it stands", () => {
  const found = fleetProblems(({ stack, vcenter }) => {
    const site = new TerraformVariable(stack, "site", { type: "number" });
    const { index } = TerraformCount.of(2);
    const place = { infrastructure: vcenter, host: `esx-${site.numberValue}`, storage: "ds1", network: "Servers" };
    return { svms: { a: { ...place, name: `svm-${index}-${site.stringValue}` } } };
  });
  expect(found).toEqual([
    expect.stringMatching(
      /^\[stack\/fleet\/\(look-ups\)\/.*\] name: A number that only Terraform knows was put into a text/,
    ),
    expect.stringContaining("[stack/fleet/a] name: A number that only Terraform knows was put into a text"),
  ]);
});

test("a large number of the user's own in a text is none", () => {
  const place = { host: "esx--8.109e+298", storage: "ds1", network: "Servers" };
  expect(fleetProblems(({ vcenter }) => ({ svms: { a: { infrastructure: vcenter, ...place } } }))).toEqual([]);
});

test.each([
  ["a list", [{}]],
  ["a Map", new Map([["a", {}]])],
  ["a token", TerraformIterator.fromList(["a"]).value],
])("%s in place of the SVMs by name is refused, and deploys nothing", (_, svms) => {
  expect(fleetProblems(() => untyped<Partial<SvmDeploymentProps>>({ svms }))).toEqual([
    expect.stringContaining("[stack/fleet] svms: The value must be an object that is known at synth"),
  ]);
});

test("an SVM without a name within the deployment is refused with the deployment's path", () => {
  const place = { host: "esx-01", storage: "ds1", network: "Servers" };
  expect(() => fleetProblems(({ vcenter }) => ({ svms: { "": { infrastructure: vcenter, ...place } } }))).toThrow(
    "[stack/fleet] The name of an SVM within the deployment must not be empty.",
  );
});
