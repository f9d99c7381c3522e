/** What Terraform asks of names, and of providers, of a stack as a whole. */
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  Infrastructure,
  type InfrastructureProps,
  InfrastructureType,
  KsvlaProvider,
  Secret,
  Svm,
  SvmImage,
} from "../../constructs";
import { LifecycleHook } from "../../constructs/hook";
import { problems } from "./synth";

const connect = (scope: Construct, id: string, props: Partial<InfrastructureProps> = {}) =>
  new Infrastructure(scope, id, {
    type: InfrastructureType.VMWARE,
    address: "vcenter.example.test",
    admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
    ...props,
  });

/** The ids of constructs that are made directly in a stack, or a list of them that leads to one further down. */
const named = (...ids: readonly (string | readonly string[])[]) =>
  problems((stack) => {
    for (const id of ids) {
      const path = typeof id === "string" ? [id] : id;
      const scope = path.slice(0, -1).reduce<Construct>((outer, inner) => {
        return (outer.node.tryFindChild(inner) as Construct | undefined) ?? new Construct(outer, inner);
      }, stack);
      connect(scope, path.at(-1) ?? "");
    }
  });

describe("a name in Terraform", () => {
  test.each([["10.0.0.5"], ["-a"], ["ЦОД"], [["1", "vcenter"]], [["Resource", "1"]]])(
    "that it would not take, of %j, is refused",
    (id) => {
      expect(named(id)).toEqual([
        expect.stringMatching(/Its name in Terraform, ".*", has to begin with a letter or an/),
      ]);
    },
  );

  test.each([["_a"], ["vcenter-1"], [["ЦОД", "vcenter"]], [["vcenter", "10.0.0.5"]]])("of %j is one", (id) => {
    expect(named(id)).toEqual([]);
  });

  test.each([
    ["vc.1", "vc1"],
    ["a b", "ab"],
    ["vcenter", ["vcenter", "Default"]],
  ] as const)("that %j and %j have in common is refused, since one of them would be lost", (one, other) => {
    expect(named(one, other)).toEqual([
      expect.stringMatching(
        /^\[stack\/.*\] stack\/.* has the same name in Terraform, ".*", and one of them would be lost/,
      ),
    ]);
  });

  test("is free for another type, for another stack, and for what was there before a move", () => {
    const inner = (stack: TerraformStack) => {
      new SvmImage(stack, "vc.1", { manifestPath: "/image.xml", infrastructures: [connect(stack, "vc1")] });
      const nested = new TerraformStack(stack, "nested");
      new KsvlaProvider(nested, "ksvla");
      connect(nested, "vc1");
      connect(stack, "vc+1").moveToId("ksvla_infrastructure.elsewhere");
    };
    expect(problems(inner)).toEqual([]);
  });

  test("that was given by hand to two is refused, wherever they are", () => {
    const found = problems((stack) => {
      for (const id of ["one", "other"]) connect(new Construct(stack, id), "vcenter").overrideLogicalId("vcenter");
    });
    expect(found).toEqual([expect.stringContaining("[stack/other/vcenter] stack/one/vcenter has the same name")]);
  });

  test("can be given by hand", () => {
    const found = problems((stack) => {
      connect(stack, "10.0.0.5").overrideLogicalId("ten");
      connect(stack, "vc.1").overrideLogicalId("one");
      connect(stack, "vc1");
    });
    expect(found).toEqual([]);
  });

  test("of a hook, and of a single SVM, is looked at, too", () => {
    const found = problems((stack) => {
      const infrastructure = connect(stack, "vcenter");
      const image = new SvmImage(stack, "image", { manifestPath: "/image.xml", infrastructures: [infrastructure] });
      new LifecycleHook(stack, "1", { resource: image, afterCreate: "true" });
      new Svm(stack, "10.0.0.5", {
        image,
        infrastructure,
        host: { id: "1" },
        storage: { id: "2" },
        network: { id: "3" },
      });
    });
    expect(found).toEqual([
      expect.stringContaining('[stack/1] Its name in Terraform, "1"'),
      expect.stringContaining('[stack/10.0.0.5] Its name in Terraform, "10005"'),
    ]);
  });
});

test.each(["", "moscow.1", "1st", "a b"])("the alias %j, which Terraform would not take, is refused", (alias) => {
  expect(problems((stack) => new KsvlaProvider(stack, "second", { alias }))).toEqual([
    expect.stringContaining(`[stack/second] alias: The value must begin with a letter or an underscore`),
  ]);
});

describe("a stack inside of a stack", () => {
  const nest = (stack: TerraformStack) => {
    const nested = new TerraformStack(stack, "nested");
    new KsvlaProvider(nested, "ksvla");
    return nested;
  };

  test("has a provider without an alias of its own", () => {
    expect(problems(nest)).toEqual([]);
  });

  test("has variables of its own", () => {
    const found = problems((stack) => {
      connect(stack, "vcenter");
      connect(nest(stack), "vcenter");
    });
    expect(found).toEqual([]);
  });

  test("may have an SVM of a name that the other has", () => {
    const place = (stack: TerraformStack) => {
      const infrastructure = Infrastructure.fromInfrastructureId(stack, "vcenter", "1");
      const image = SvmImage.fromImageId(stack, "image", "1");
      new Svm(stack, "svm", { image, infrastructure, host: { id: "1" }, storage: { id: "2" }, network: { id: "3" } });
    };
    const found = problems((stack) => {
      place(stack);
      place(nest(stack));
    });
    expect(found).toEqual([]);
  });
});

describe("the provider of another stack", () => {
  const found = (own: (stack: TerraformStack) => void, alias?: string) => {
    const app = new App({ outdir: "unused" });
    const home = new TerraformStack(app, "home");
    const provider = new KsvlaProvider(home, "ksvla", alias === undefined ? {} : { alias });
    const stack = new TerraformStack(app, "stack");
    own(stack);
    connect(stack, "vcenter", { provider, trust: true });
    return stack.node.findAll().flatMap(({ node }) => node.validate().map((message) => `[${node.path}] ${message}`));
  };

  test("is refused where its name means none", () => {
    const message = 'home/ksvla is of the stack home, and stack has none with the alias "moscow"';
    expect(found((stack) => new KsvlaProvider(stack, "ksvla"), "moscow")).toEqual([
      expect.stringContaining(`[stack/vcenter] provider: ${message}`),
      expect.stringContaining(`[stack/vcenter/certificate] provider: ${message}`),
    ]);
  });

  test.each([undefined, "moscow"])("stands for the one of the same name, %s", (alias) => {
    expect(found((stack) => new KsvlaProvider(stack, "ksvla", alias === undefined ? {} : { alias }), alias)).toEqual(
      [],
    );
  });
});
