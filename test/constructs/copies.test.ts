/** A second copy of this library in one app, as npm and pnpm install it below somebody else's construct library, and as `npm link` has it. */
import { TerraformStack, Testing, Token } from "cdktf";
import * as own from "../../constructs";
import * as hooks from "../../constructs/hook";

type Constructs = typeof own;
type Hooks = typeof hooks;

/** With the app's copy of cdktf, or with one of its own. */
function anotherCopy(cdktf: "shared" | "copied"): Constructs & Hooks {
  const copy: { constructs?: Constructs & Hooks } = {};
  const shared = jest.requireActual<object>("cdktf");
  jest.isolateModules(() => {
    if (cdktf === "shared") jest.doMock("cdktf", () => shared);
    copy.constructs = {
      ...jest.requireActual<Constructs>("../../constructs"),
      ...jest.requireActual<Hooks>("../../constructs/hook"),
    };
    jest.dontMock("cdktf");
  });
  return copy.constructs ?? { ...own, ...hooks };
}

function problemsIn(stack: TerraformStack): readonly string[] {
  return stack.node.findAll().flatMap(({ node }) => node.validate().map((message) => `[${node.path}] ${message}`));
}

function connection({ Infrastructure, InfrastructureType, Secret }: Constructs, stack: TerraformStack) {
  return new Infrastructure(stack, "vcenter", {
    type: InfrastructureType.VMWARE,
    address: "vcenter.example.test",
    admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
  });
}

describe.each(["shared", "copied"] as const)("with cdktf %s,", (cdktf) => {
  const other = anotherCopy(cdktf);
  const stackOf = () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new own.KsvlaProvider(stack, "ksvla");
    return stack;
  };

  test("it is another one", () => {
    expect(other.SvmDeployment).not.toBe(own.SvmDeployment);
  });

  test.each([
    ["takes", own, other],
    ["is taken by", other, own],
  ] as const)("a fleet %s what the other has made", (_, first, second) => {
    const stack = stackOf();
    const infrastructure = connection(second, stack);
    const image = new second.SvmImage(stack, "image", { manifestPath: "/a.xml", infrastructures: [infrastructure] });
    const host = new second.Host(stack, "host", { infrastructure, name: "esx-01" });
    new first.SvmDeployment(stack, "fleet", {
      image,
      klconfig: { password: second.Secret.fromVariable("PASSWORD") },
      svms: { a: { infrastructure, host, storage: "ds1", network: "Servers" } },
    });
    const { resource } = JSON.parse(Testing.synth(stack, true));
    /* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
    expect(Object.values(resource.ksvla_svm)).toEqual([
      expect.objectContaining({
        infrastructure_id: "${ksvla_infrastructure.vcenter.id}",
        image_id: "${ksvla_svm_image.image.id}",
        host: {
          id: "${data.ksvla_host.host.id}",
          storage_id: '${data.ksvla_host.host.storage_ids["ds1"]}',
          networks: [{ id: '${data.ksvla_host.host.network_ids["Servers"]}' }],
        },
        klconfig: { password_wo: "${var.PASSWORD}" },
      }),
    ]);
    /* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
  });

  test("names and addresses of both are compared", () => {
    const stack = stackOf();
    const place = { host: { id: "1" }, storage: { id: "2" }, network: { id: "3" } };
    for (const { Infrastructure, Svm, SvmImage } of [own, other]) {
      const infrastructure = Infrastructure.fromInfrastructureId(stack, `there-${stack.node.children.length}`, "1");
      const image = SvmImage.fromImageId(stack, `image-${stack.node.children.length}`, "1");
      new Svm(stack, `svm-${stack.node.children.length}`, { image, infrastructure, ...place, name: "svm" });
    }
    expect(problemsIn(stack)).toEqual([expect.stringContaining("has the same name on the same hypervisor")]);
  });

  test("a connection of the other is found where SVMs are to be replaced while it is there", () => {
    const stack = stackOf();
    const infrastructure = connection(other, stack);
    new own.SvmDeployment(stack, "fleet", {
      image: own.SvmImage.fromImageAttributes(stack, "image", { imageId: "1", svmVersion: "6.2" }),
      upgrade: own.UpgradeStrategy.KEEP_PROTECTING,
      svms: { a: { infrastructure, host: "esx-01", storage: "ds1", network: "Servers" } },
    });
    expect(problemsIn(stack)).toEqual([expect.stringContaining("have to be connected by another stack")]);
  });

  test("images of both look up the type of one reference", () => {
    const stack = stackOf();
    const infrastructures = [own.Infrastructure.fromInfrastructureId(stack, "there", "1")];
    new own.SvmImage(stack, "a", { manifestPath: "/a.xml", infrastructures });
    new other.SvmImage(stack, "b", { manifestPath: "/b.xml", infrastructures });
    const { data } = JSON.parse(Testing.synth(stack, true));
    expect(Object.keys(data.ksvla_infrastructure)).toHaveLength(1);
  });

  test("a hook refuses the secrets of a resource of the other", () => {
    const stack = stackOf();
    const resource = connection(other, stack);
    new hooks.LifecycleHook(stack, "hook", {
      resource,
      afterCreate: "true",
      environment: { PASSWORD: Token.asString(resource.interpolationForAttribute("admin.password_wo")) },
    });
    expect(problemsIn(stack)).toEqual([
      expect.stringContaining('environment["PASSWORD"]: The value must not be a secret'),
    ]);
  });
});
