/** Forms that callers without a compiler give to what is no attribute of a schema, and objects that others have made. */
import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  Host,
  Infrastructure,
  InfrastructureType,
  OpenStackProject,
  ReserveServer,
  Secret,
  Svm,
  SvmDeployment,
  SvmImage,
  TrustedCertificate,
} from "../../constructs";
import { svmsOf } from "./fleet/fleet";
import { problems, synth, untyped } from "./synth";

const place = { host: "esx-01", storage: "ds1", network: "Servers" };

function existing(stack: TerraformStack) {
  const infrastructure = Infrastructure.fromInfrastructureId(stack, "there", "1");
  return { infrastructure, image: SvmImage.fromImageId(stack, "image", "1") };
}

function connect(stack: TerraformStack, trust: unknown, more: object = { address: "esx.example.test" }) {
  const admin = { name: "admin", password: Secret.fromVariable("PASSWORD") };
  new Infrastructure(stack, "esx", untyped({ type: InfrastructureType.VMWARE, admin, trust, ...more }));
}

/** Jest runs tests in a context of Node.js with an `Object` of its own; this function makes objects of the other one. */
test("objects of another context of Node.js are objects", () => {
  const stack = synth((stack) => {
    const { infrastructure, image } = existing(stack);
    new SvmDeployment(stack, "fleet", {
      image,
      ksc: structuredClone({ address: "ksc.example.test" }),
      svms: { a: { infrastructure, ...structuredClone(place) } },
    });
  });
  expect(svmsOf(stack)["a"]).toMatchObject({ ksc: { address: "ksc.example.test" } });
});

describe("trust", () => {
  test.each([1, null, "aa:bb:cc", [], new Map()])(
    "is nothing but a boolean or an object: %p trusts nothing",
    (trust) => {
      const wrong = problems((stack) => {
        connect(stack, trust);
        new ReserveServer(
          stack,
          "reserve",
          untyped({ address: "viis.example.test", password: Secret.fromVariable("PASSWORD"), trust }),
        );
      });
      const message = "trust: The value must be true, false or an object such as { thumbprint }";
      expect(wrong).toEqual([
        expect.stringContaining(`[stack/esx] ${message}`),
        expect.stringContaining(`[stack/reserve] ${message}`),
      ]);
    },
  );

  test("has nothing to say where there is no address", () => {
    const wrong = problems((stack) => {
      connect(stack, true, {});
      new ReserveServer(stack, "reserve", untyped({ password: Secret.fromVariable("PASSWORD"), trust: true }));
    });
    expect(wrong).toEqual([
      "[stack/esx] address: The attribute is required.",
      "[stack/reserve] address: The attribute is required.",
    ]);
  });
});

describe("what a resource waits for", () => {
  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ["a fleet", (stack) => [new SvmDeployment(stack, "fleet", { image: existing(stack).image })], "dependsOn[0]: "],
    ["a reference", (stack) => [existing(stack).infrastructure], "dependsOn[0]: "],
    ["nothing", () => [null], "dependsOn[0]: "],
    ["no list", () => 5, "dependsOn: "],
  ])("has an address, which %s has not", (_, dependsOn, where) => {
    const wrong = problems((stack) => {
      const given = untyped<[]>(dependsOn(stack));
      new TrustedCertificate(stack, "it", { address: "esx.example.test", dependsOn: given });
    });
    expect(wrong).toEqual([expect.stringContaining(`[stack/it] ${where}The value must be a list of resources`)]);
  });
});

describe("a fleet", () => {
  test.each<[string, object, string]>([
    ["hosts that are no list", { hosts: new Set(["a"]) }, "addSvmPerHost.hosts: The value must be a list of names"],
    ["hosts that are text", { hosts: "esx-01" }, "addSvmPerHost.hosts: The value must be a list of names"],
    ["hosts that are nothing", { hosts: null }, "addSvmPerHost.hosts: The value must be a list of names"],
    ["a name that is no function", { hosts: ["a"], name: "svm" }, "addSvmPerHost.name: The value must be a function"],
  ])("refuses %s", (_, given, message) => {
    const wrong = problems((stack) => {
      const { image, infrastructure } = existing(stack);
      const perHost = { infrastructure, storage: "ds1", network: "Servers", ...given };
      new SvmDeployment(stack, "fleet", { image }).addSvmPerHost(untyped(perHost));
    });
    expect(wrong).toEqual([expect.stringContaining(`[stack/fleet] ${message}`)]);
  });

  test.each([5, undefined])("has SVMs of names that are text, which %p is not", (name) => {
    const add = (stack: TerraformStack) => {
      const { image, infrastructure } = existing(stack);
      new SvmDeployment(stack, "fleet", { image }).addSvm(untyped(name), { infrastructure, ...place });
    };
    expect(() => problems(add)).toThrow("[stack/fleet] The name of an SVM within the deployment must be a text");
  });

  test("has one of two strategies", () => {
    const wrong = problems((stack) => {
      const { image, infrastructure } = existing(stack);
      const svms = { a: { infrastructure, ...place } };
      new SvmDeployment(stack, "fleet", { image, upgrade: untyped("rolling"), svms });
    });
    expect(wrong).toEqual([
      expect.stringContaining("[stack/fleet] upgrade: The value must be UpgradeStrategy.REPLACE or"),
    ]);
  });

  test.each<[string, object, readonly string[]]>([
    ["a host", { ...place, host: null }, ["host"]],
    ["a network of several", { host: "a", storage: "b", networks: [null] }, ["networks[0]"]],
    ["a storage", { ...place, storage: 5 }, ["storage"]],
    [
      "addresses",
      {
        project: "a",
        flavor: "b",
        dns: { main: "10.0.0.1" },
        networks: [{ network: "n", ports: [{ static: { mask: "255.255.255.0" } }] }],
      },
      ["networks[0].ports[0].static.addresses"],
    ],
  ])("refuses an SVM without %s", (_, given, paths) => {
    const wrong = problems((stack) => new Svm(stack, "svm", untyped({ ...existing(stack), ...given })));
    expect(wrong.filter((each) => each.startsWith("[stack/svm]")).map((each) => each.split(/[ :]/)[1])).toEqual(
      expect.arrayContaining([...paths]),
    );
  });

  test("has a provider that is one", () => {
    const wrong = problems((stack) => {
      const { image, infrastructure } = existing(stack);
      new Svm(stack, "svm", { image, infrastructure, ...place, provider: untyped("ksvla.second") });
    });
    expect(wrong).toContain(
      "[stack/svm] provider: The value must be a provider, such as a KsvlaProvider, got: a string.",
    );
  });
});

describe("a look-up", () => {
  test.each([5, undefined, null, {}])("is asked for names, which %p is not", (name) => {
    const ask = (stack: TerraformStack) =>
      new OpenStackProject(stack, "project", { ...existing(stack), name: "security" }).flavorId(untyped(name));
    expect(() => problems(ask)).toThrow("[stack/project] The name to look up must be a string, got: ");
  });

  test("is asked for a name that only Terraform knows, in the form for any value", () => {
    const { data } = synth((stack) => {
      const { infrastructure } = existing(stack);
      const variable = new TerraformVariable(stack, "network", {});
      new Host(stack, "host", { infrastructure, name: "esx-01" }).networkId(untyped(variable.value));
    });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
    expect(data?.["ksvla_host"]?.["host"]).toMatchObject({ require: { networks: ["${var.network}"] } });
  });

  test.each([{ networks: "Servers" }, 5, "Servers"])("refuses names to require that are no lists: %p", (require) => {
    const wrong = problems((stack) => {
      const { infrastructure } = existing(stack);
      new Host(stack, "host", { infrastructure, name: "esx-01", require: untyped(require) }).networkId("Servers");
    });
    expect(wrong).toEqual([expect.stringContaining("[stack/host] require")]);
  });
});
