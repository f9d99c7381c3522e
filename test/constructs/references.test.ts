/** A reference carries what it refers to: its kind, and the Integration Server that knows it. */
import type { TerraformStack } from "cdktf";
import {
  Host,
  Infrastructure,
  InfrastructureType,
  KsvlaProvider,
  OpenStackProject,
  SvmDeployment,
  SvmImage,
} from "../../constructs";
import { connected, svmsOf } from "./fleet/fleet";
import { problems, synth } from "./synth";

const second = (stack: TerraformStack) => new KsvlaProvider(stack, "second", { alias: "second" });
const place = { host: "esx-01", storage: "ds1", network: "Servers" };

describe.each<
  [string, (stack: TerraformStack, provider: KsvlaProvider) => ReturnType<typeof Infrastructure.fromInfrastructureId>]
>([
  [
    "a reference's",
    (stack, provider) =>
      Infrastructure.fromInfrastructureAttributes(stack, "there", { infrastructureId: "1", provider }),
  ],
  [
    "a connection's",
    (stack, provider) => {
      const made = connected(stack, "there");
      made.provider = provider;
      return made;
    },
  ],
])("%s provider", (_name, refer) => {
  test("is followed by everything on it", () => {
    const result = synth((stack) => {
      const infrastructure = refer(stack, second(stack));
      new Host(stack, "host", { infrastructure, name: "esx-02" });
      new OpenStackProject(stack, "project", { infrastructure, name: "security" });
      const image = new SvmImage(stack, "image", { manifestPath: "/a.xml", infrastructures: [infrastructure] });
      new SvmDeployment(stack, "fleet", { image, svms: { a: { infrastructure, ...place } } });
    });
    const made = [
      ...Object.values(result.data ?? {}).flatMap((each) => Object.values(each)),
      ...Object.values(result.resource?.["ksvla_svm_image"] ?? {}),
      ...Object.values(svmsOf(result)),
    ];
    expect(made.length).toBeGreaterThanOrEqual(5);
    for (const each of made) expect(each).toHaveProperty("provider", "ksvla.second");
  });

  test("is refused with another one", () => {
    const wrong = problems((stack) => {
      const infrastructure = refer(stack, second(stack));
      const provider = new KsvlaProvider(stack, "third", { alias: "third" });
      const host = new Host(stack, "host", { infrastructure, name: "esx-02", provider });
      const image = new SvmImage(stack, "image", {
        manifestPath: "/a.xml",
        infrastructures: [infrastructure],
        provider,
      });
      new SvmDeployment(stack, "fleet", { image, svms: { a: { infrastructure, ...place, host, provider } } });
    });
    const mixed = (path: string) =>
      expect.stringMatching(
        new RegExp(`^\\[stack/${path}: The provider is "third", but that of stack/there is "second"`),
      );
    expect(wrong).toEqual([
      mixed("host\\] provider"),
      mixed("image\\] infrastructures\\[0\\]"),
      mixed("fleet/a\\] provider"),
    ]);
  });
});

test("of a reference without a provider nobody says where it belongs", () => {
  const wrong = problems((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "there", "1");
    new Host(stack, "host", { infrastructure, name: "esx-02", provider: second(stack) });
  });
  expect(wrong).toEqual([]);
});

describe("an image of a reference", () => {
  test("takes the kind that the reference carries", () => {
    const { resource, data } = synth((stack) => {
      const type = InfrastructureType.PROXMOX;
      const there = Infrastructure.fromInfrastructureAttributes(stack, "there", { infrastructureId: "1", type });
      new SvmImage(stack, "image", { manifestPath: "/a.xml", infrastructures: [there] });
    });
    expect(resource?.["ksvla_svm_image"]?.["image"]).toMatchObject({ infrastructure_types: ["PROXMOX"] });
    expect(data).toBeUndefined();
  });

  test("looks up a kind that nobody said, once", () => {
    const { resource, data } = synth((stack) => {
      const there = Infrastructure.fromInfrastructureId(stack, "there", "1");
      new SvmImage(stack, "a", { manifestPath: "/a.xml", infrastructures: [there] });
      new SvmImage(stack, "b", { manifestPath: "/b.xml", infrastructures: [there] });
    });
    const [[id, lookUp] = []] = Object.entries(data?.["ksvla_infrastructure"] ?? {});
    expect(lookUp).toEqual({ id: "1" });
    const types = [`\${data.ksvla_infrastructure.${id}.type}`];
    expect(resource?.["ksvla_svm_image"]).toMatchObject({
      a: { infrastructure_types: types },
      b: { infrastructure_types: types },
    });
  });
});
