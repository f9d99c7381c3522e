/** A reference carries what it refers to: its kind, and the Integration Server that knows it. */
import { TerraformStack, Testing } from "cdktf";
import {
  Host,
  type IInfrastructure,
  Infrastructure,
  InfrastructureType,
  KsvlaProvider,
  OpenStackProject,
  ReserveServer,
  SvmDeployment,
  SvmImage,
} from "../../constructs";
import { connected, svmsOf } from "./fleet/fleet";
import { problems, type Synthesized, synth } from "./synth";

const second = (stack: TerraformStack) => new KsvlaProvider(stack, "second", { alias: "second" });
const thirdOf = (stack: TerraformStack) => new KsvlaProvider(stack, "third", { alias: "third" });
const place = { host: "esx-01", storage: "ds1", network: "Servers" };

describe.each<[string, (stack: TerraformStack, provider: KsvlaProvider) => IInfrastructure]>([
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
      new SvmDeployment(stack, "fleet", { image, svms: { [image.node.id]: { infrastructure, ...place } } });
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
      const provider = thirdOf(stack);
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

describe("a reference to a place", () => {
  const onHost = { storage: "ds1", network: { id: "network-1" } };
  const inProject = { flavor: "svm.medium", network: { id: "network-1" } };

  test("gives its id, and names in it are looked up by that", () => {
    const result = synth((stack) => {
      const infrastructure = Infrastructure.fromInfrastructureId(stack, "there", "1");
      const host = Host.fromHostId(stack, "host", "host-1");
      const project = OpenStackProject.fromProjectAttributes(stack, "project", { projectId: "p-1", infrastructure });
      const image = SvmImage.fromImageId(stack, "image", "image-1");
      new SvmDeployment(stack, "fleet", {
        image,
        svms: { a: { infrastructure, host, ...onHost }, b: { infrastructure, project, ...inProject } },
      });
    });
    expect(svmsOf(result)).toMatchObject({ a: { host: { id: "host-1" } }, b: { openstack: { project_id: "p-1" } } });
    const lookUps = Object.values(result.data ?? {}).flatMap((each) => Object.values(each));
    expect(lookUps).toMatchObject([
      { id: "host-1", require: { storages: ["ds1"] } },
      { id: "p-1", require: { flavors: ["svm.medium"] } },
    ]);
  });

  test("is refused for an SVM on another infrastructure", () => {
    const wrong = problems((stack) => {
      const infrastructure = Infrastructure.fromInfrastructureId(stack, "here", "1");
      const there = Infrastructure.fromInfrastructureId(stack, "there", "2");
      const host = Host.fromHostAttributes(stack, "host", { hostId: "host-1", infrastructure: there });
      const project = OpenStackProject.fromProjectAttributes(stack, "project", {
        projectId: "p-1",
        infrastructure: there,
      });
      const image = SvmImage.fromImageId(stack, "image", "image-1");
      new SvmDeployment(stack, "fleet", {
        image,
        svms: { a: { infrastructure, host, ...onHost }, b: { infrastructure, project, ...inProject } },
      });
    });
    expect(wrong).toEqual([
      "[stack/fleet/a] host: stack/host is of another infrastructure than stack/here.",
      "[stack/fleet/b] project: stack/project is of another infrastructure than stack/here.",
    ]);
  });

  test("follows the provider of its infrastructure", () => {
    synth((stack) => {
      const provider = second(stack);
      const infrastructure = Infrastructure.fromInfrastructureAttributes(stack, "there", {
        infrastructureId: "1",
        provider,
      });
      expect(Host.fromHostAttributes(stack, "host", { hostId: "1", infrastructure }).provider).toBe(provider);
      const project = OpenStackProject.fromProjectAttributes(stack, "project", { projectId: "1", infrastructure });
      expect(project.provider).toBe(provider);
    });
  });
});

test("an image of another Integration Server is refused", () => {
  const wrong = problems((stack) => {
    const provider = second(stack);
    const infrastructure = Infrastructure.fromInfrastructureAttributes(stack, "there", {
      infrastructureId: "1",
      provider,
    });
    const type = InfrastructureType.VMWARE;
    const images = [
      new SvmImage(stack, "registered", { manifestPath: "/a.xml", infrastructureTypes: [type] }),
      SvmImage.fromImageAttributes(stack, "known", {
        imageId: "1",
        provider: thirdOf(stack),
      }),
      SvmImage.fromImageId(stack, "unknown", "1"),
    ];
    for (const image of images) {
      new SvmDeployment(stack, `of-${image.node.id}`, {
        image,
        svms: { [image.node.id]: { infrastructure, ...place } },
      });
    }
  });
  expect(wrong).toEqual([
    expect.stringMatching(
      /^\[stack\/of-registered\/registered\] image: The provider is "second", but that of stack\/registered is the one without/,
    ),
    expect.stringMatching(
      /^\[stack\/of-known\/known\] image: The provider is "second", but that of stack\/known is "third"/,
    ),
  ]);
});

test("a place of another Integration Server is refused, once", () => {
  const wrong = problems((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "there", "1");
    const image = SvmImage.fromImageId(stack, "image", "image-1");
    const provider = second(stack);
    const host = new Host(stack, "host", { infrastructure, name: "esx-01", provider });
    const project = OpenStackProject.fromProjectAttributes(stack, "project", { projectId: "1", provider });
    const rest = { storage: { id: "1" }, network: { id: "2" } };
    new SvmDeployment(stack, "fleet", {
      image,
      svms: {
        a: { infrastructure, host, ...rest },
        b: { infrastructure, project, flavor: { id: "3" }, network: { id: "2" } },
        c: { infrastructure, host, ...rest, name: "c", provider },
      },
    });
    const known = Infrastructure.fromInfrastructureAttributes(stack, "known", { infrastructureId: "1", provider });
    new SvmDeployment(stack, "wrong", {
      image,
      svms: { d: { infrastructure: known, host, ...rest, provider: thirdOf(stack) } },
    });
  });
  expect(wrong.map((problem) => problem.split(": ")[0])).toEqual([
    "[stack/fleet/a] host",
    "[stack/fleet/b] project",
    "[stack/wrong/d] provider",
  ]);
});

test("a kind that nobody said is looked up where the image is registered, unless that is another stack", () => {
  const app = Testing.app();
  const stacks = ["here", "there"].map((id) => {
    const stack = new TerraformStack(app, id);
    new KsvlaProvider(stack, "ksvla");
    return stack;
  });
  const [here, there] = stacks as [TerraformStack, TerraformStack];
  const infrastructure = Infrastructure.fromInfrastructureId(here, "vcenter", "1");
  const of = (stack: TerraformStack, id: string, provider?: KsvlaProvider) =>
    new SvmImage(stack, id, {
      manifestPath: "/a.xml",
      infrastructures: [infrastructure],
      ...(provider && { provider }),
    });
  of(here, "first");
  of(here, "other", second(here));
  of(there, "elsewhere", second(there));
  const { data } = JSON.parse(Testing.synth(here)) as Synthesized;
  const lookUps = Object.values(data?.["ksvla_infrastructure"] ?? {});
  expect(lookUps.map(({ provider }) => provider).sort()).toEqual(["ksvla.second", undefined]);
});

test("an image carries the kinds that it is for, as far as they are known", () => {
  synth((stack) => {
    const there = Infrastructure.fromInfrastructureId(stack, "there", "1");
    const infrastructureTypes = [InfrastructureType.VMWARE];
    const props = { manifestPath: "/a.xml", infrastructureTypes };
    expect(new SvmImage(stack, "all", props).supportedTypes).toEqual(infrastructureTypes);
    expect(new SvmImage(stack, "some", { ...props, infrastructures: [there] }).supportedTypes).toBeUndefined();
    const known = SvmImage.fromImageAttributes(stack, "known", { imageId: "1", infrastructureTypes });
    expect(known.supportedTypes).toEqual(infrastructureTypes);
  });
});

test("a reserve server is referred to by its id, with what else is known of it", () => {
  synth((stack) => {
    expect(ReserveServer.fromReserveServerId(stack, "a", "1").reserveServerId).toBe("1");
    const provider = second(stack);
    const attributes = { reserveServerId: "1", address: "reserve.example.test", provider };
    expect(ReserveServer.fromReserveServerAttributes(stack, "b", attributes)).toMatchObject(attributes);
  });
});

describe("a place in an infrastructure that another stack connects", () => {
  /** As synthesis validates: when CDKTF has found out what stacks take from each other. */
  const refused = (use: (stack: TerraformStack, connections: readonly Infrastructure[]) => void) => {
    const app = Testing.app();
    const home = new TerraformStack(app, "home");
    new KsvlaProvider(home, "ksvla");
    const connections = ["one", "other"].map((id) => connected(home, id));
    const stack = new TerraformStack(app, "stack");
    new KsvlaProvider(stack, "ksvla");
    use(stack, connections);
    for (const each of [home, stack]) each.prepareStack();
    return stack.node.findAll().flatMap(({ node }) => node.validate().map((message) => `[${node.path}] ${message}`));
  };
  const fleetOn = (stack: TerraformStack, on: Infrastructure, lookUpIn: Infrastructure) => {
    const image = SvmImage.fromImageId(stack, "image", "1");
    const host = new Host(stack, "host", { infrastructure: lookUpIn, name: "esx-01" });
    const svms = { a: { infrastructure: on, host, storage: "ds1", network: "Servers" } };
    return new SvmDeployment(stack, "fleet", { image, svms });
  };

  test("is one of it", () => {
    expect(refused((stack, [one]) => fleetOn(stack, one as Infrastructure, one as Infrastructure))).toEqual([]);
  });

  test("is none of another one", () => {
    const found = refused((stack, [one, other]) => fleetOn(stack, one as Infrastructure, other as Infrastructure));
    expect(found).toEqual(["[stack/fleet/a] host: stack/host is of another infrastructure than home/one."]);
  });
});
