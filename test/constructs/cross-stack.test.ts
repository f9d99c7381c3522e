/** What one stack tells another: every output of every construct, under names of their own. */
import { ComplexList, ComplexMap, ComplexObject, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Host, Infrastructure, KsvlaProvider, OpenStackProject, SvmDeployment, SvmImage } from "../../constructs";
import * as generated from "../../constructs/generated";
import { SchemaDataSource } from "../../constructs/schema/data-source";
import { SchemaEphemeralResource } from "../../constructs/schema/ephemeral-resource";
import { SchemaResource } from "../../constructs/schema/resource";
import { connected } from "./fleet/fleet";
import type { Synthesized } from "./synth";
import { untyped } from "./synth";

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

/** The stack that has something, and the one that outputs what it takes of it. */
function stacksWith(take: (first: TerraformStack) => Readonly<Record<string, unknown>>): readonly Synthesized[] {
  const app = Testing.app();
  const stacks = ["first", "second"].map((name) => new TerraformStack(app, name));
  for (const stack of stacks) new KsvlaProvider(stack, "ksvla");
  const [first, second] = stacks as [TerraformStack, TerraformStack];
  for (const [name, value] of Object.entries(take(first))) new TerraformOutput(second, name, { value });
  for (const stack of stacks) stack.prepareStack();
  return stacks.map((stack) => JSON.parse(Testing.synth(stack)) as Synthesized);
}

/** What the names of the second stack's outputs lead to in the first. */
function followed([first, second]: readonly Synthesized[]): Readonly<Record<string, unknown>> {
  const outputs = Object.entries(second?.output ?? {}).map(([name, { value }]) => {
    const [, output = ""] = /outputs\.([\w-]+)/.exec(String(value)) ?? [];
    return [name, first?.output?.[output]?.["value"]];
  });
  return Object.fromEntries(outputs);
}

test("names that CDKTF would write alike lead to what they name", () => {
  const names = ["Серверы", "Клиенты", "A B", "AB", "a.b", "ab", 'a"b', "${x}"];
  const found = followed(
    stacksWith((stack) => {
      const host = new Host(stack, "host", { infrastructure: connected(stack), name: "esx-01" });
      return Object.fromEntries(names.map((name, index) => [`name-${index}`, host.networkId(name)]));
    }),
  );
  const expressions = Object.values(found).map(String);
  expect(new Set(expressions).size).toBe(names.length);
  expect(
    expressions.every((each) => each.startsWith("${data.ksvla_host.host.network_ids[") || each.startsWith("${local.")),
  ).toBe(true);
});

test("a name that needs a local is one, however often it is asked for", () => {
  const [first] = stacksWith((stack) => {
    const host = new Host(stack, "host", { infrastructure: connected(stack), name: "esx-01" });
    return { one: host.networkId("Серверы"), another: host.networkId("Серверы"), plain: host.networkId("Servers") };
  }) as readonly (Synthesized & { readonly locals?: object })[];
  expect(Object.values(first?.locals ?? {})).toEqual(['${data.ksvla_host.host.network_ids["Серверы"]}']);
});

/** What is ephemeral is gone when the next stack is deployed. */
const stored = Object.entries(generated).filter(
  ([, type]) =>
    typeof type === "function" &&
    (type.prototype instanceof SchemaResource || type.prototype instanceof SchemaDataSource) &&
    !(type.prototype instanceof SchemaEphemeralResource),
);

describe.each(stored)("%s", (_, type) => {
  test("can be told in all its outputs", () => {
    const [first, second] = stacksWith((stack) => {
      const element = new (untyped<new (...args: unknown[]) => object>(type))(stack, "it", {});
      return Object.fromEntries(outputsOf(element, type.prototype, 2).map((value, index) => [`o-${index}`, value]));
    });
    const values = Object.values(second?.output ?? {}).map(({ value }) => JSON.stringify(value));
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      expect(value).toContain("data.terraform_remote_state.cross-stack-reference-input-first.outputs.");
      expect(value.replaceAll(/outputs\.[\w-]+/g, "")).not.toMatch(/ksvla_|TfToken/);
    }
    for (const { value } of Object.values(first?.output ?? {}))
      expect(value).toMatch(/^\$\{(?:data\.)?ksvla_\w+\.it\.[^$]*\}$/);
  });
});

/** The values of an object's getters, and of those of what is nested in it. */
function outputsOf(object: object, prototype: object, depth: number): readonly unknown[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([, { get }]) => get !== undefined)
    .flatMap(([name]) => {
      const value: unknown = Reflect.get(object, name);
      if (value instanceof ComplexList || value instanceof ComplexMap) {
        const element = untyped<{ get(key: unknown): object }>(value).get(value instanceof ComplexMap ? "key" : 0);
        return depth === 0 ? [] : outputsOf(element, Object.getPrototypeOf(element), depth - 1);
      }
      if (value instanceof ComplexObject)
        return depth === 0 ? [] : outputsOf(value, Object.getPrototypeOf(value), depth - 1);
      return [value];
    });
}

test("a fleet and what it is made of can be told", () => {
  const found = followed(
    stacksWith((stack) => {
      const infrastructure = connected(stack, "vcenter");
      const image = new SvmImage(stack, "image", { manifestPath: "/a.xml", infrastructures: [infrastructure] });
      const place = { infrastructure, host: "esx-01", storage: "ds1", network: "Servers" };
      const fleet = new SvmDeployment(stack, "fleet", { image, svms: { a: place } });
      const project = new OpenStackProject(stack, "project", { infrastructure, name: "security" });
      return {
        infrastructure: infrastructure.infrastructureId,
        image: image.imageId,
        svm: fleet.svmIds["a"],
        address: fleet.ipAddresses["a"],
        flavor: project.flavorId("svm.medium"),
        certificate: Infrastructure.fromInfrastructureId(stack, "there", infrastructure.id).infrastructureId,
      };
    }),
  );
  expect(found).toMatchObject({
    infrastructure: "${ksvla_infrastructure.vcenter.id}",
    image: "${ksvla_svm_image.image.id}",
    svm: expect.stringMatching(/^\$\{ksvla_svm\.fleet_a_\w+\.id\}$/),
    address: expect.stringMatching(/^\$\{ksvla_svm\.fleet_a_\w+\.ip_address\}$/),
    certificate: "${ksvla_infrastructure.vcenter.id}",
  });
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
