/** What platform engineers do with constructs of any CDKTF library, done with these. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Aspects, type IAspect, TerraformIterator, TerraformOutput, TerraformStack, Testing } from "cdktf";
import {
  Host,
  type IInfrastructure,
  Infrastructure,
  InfrastructureType,
  type ISvmImage,
  KsvlaProvider,
  ReserveServer,
  Secret,
  Svm,
  SvmDeployment,
  SvmImage,
  TrustedCertificate,
} from "../../constructs";
import { KsvlaSvm, KsvlaTrustedCertificate } from "../../constructs/generated";
import { LifecycleHook } from "../../constructs/hook";
import { connected } from "./fleet/fleet";
import { hooksOf, type Synthesized, stackWith, synth } from "./synth";

/** In Terraform's syntax. */
const expression = (text: string) => `\${${text}}`;

function synthWith(aspect: IAspect, add: (stack: TerraformStack) => void): Synthesized {
  const stack = stackWith(add);
  Aspects.of(stack).add(aspect);
  return JSON.parse(Testing.synth(stack, true)) as Synthesized;
}

describe("props that a class computes", () => {
  class Place {
    constructor(readonly infrastructure: IInfrastructure) {}
    get host() {
      return "esx-01";
    }
    get storage() {
      return { id: "storage-1" };
    }
    get network() {
      return { id: "network-1" };
    }
  }
  class SinglePlace extends Place {
    constructor(
      infrastructure: IInfrastructure,
      readonly image: ISvmImage,
    ) {
      super(infrastructure);
    }
  }

  test("are those of an SVM, of a fleet's, of an image, of a look-up and of a reserve server", () => {
    const { resource, data } = synth((stack) => {
      const infrastructure = Infrastructure.fromInfrastructureId(stack, "there", "1");
      class Image {
        readonly manifestPath = "/opt/svm/6.xml";
        get infrastructureTypes() {
          return [InfrastructureType.VMWARE];
        }
      }
      class Reserve {
        get address() {
          return "reserve.example.test";
        }
        get password() {
          return Secret.fromVariable("RESERVE");
        }
      }
      class Named {
        readonly infrastructure = infrastructure;
        get name() {
          return "esx-02";
        }
      }
      const image = new SvmImage(stack, "image", new Image());
      new SvmDeployment(stack, "fleet", { image, svms: { member: new Place(infrastructure) } });
      new Svm(stack, "single", new SinglePlace(infrastructure, image));
      new Host(stack, "host", new Named());
      new ReserveServer(stack, "reserve", new Reserve());
    });
    const svms = Object.values(resource?.["ksvla_svm"] ?? {});
    expect(svms.map(({ name }) => name)).toEqual(["member", "single"]);
    for (const svm of svms)
      expect(svm).toMatchObject({ host: { storage_id: "storage-1", networks: [{ id: "network-1" }] } });
    expect(resource).toMatchObject({
      ksvla_svm_image: { image: { infrastructure_types: ["VMWARE"] } },
      ksvla_reserve_server: { reserve: { address: "reserve.example.test" } },
    });
    const hosts = Object.values(data?.["ksvla_host"] ?? {}).map(({ name }) => name);
    expect(hosts.sort()).toEqual(["esx-01", "esx-01", "esx-02"]);
  });
});

describe("an Aspect", () => {
  const fleet = (stack: TerraformStack) => {
    const infrastructure = connected(stack);
    const image = SvmImage.fromImageId(stack, "image", "image-1");
    const place = { infrastructure, host: "esx-01", storage: "ds1", network: "Servers" };
    new SvmDeployment(stack, "fleet", { image, svms: { "svm-01": place, "svm-02": place } });
  };

  test("gives every SVM a name by the company's rule", () => {
    const naming: IAspect = {
      visit(node) {
        if (node instanceof KsvlaSvm) node.addOverride("name", `prod-${node.config.name}`);
      },
    };
    const names = Object.values(synthWith(naming, fleet).resource?.["ksvla_svm"] ?? {}).map(({ name }) => name);
    expect(names).toEqual(["prod-svm-01", "prod-svm-02"]);
  });

  test("enforces a policy, and says where it is broken", () => {
    const policy: IAspect = {
      visit(node) {
        if (node instanceof KsvlaTrustedCertificate && node.config.thumbprint === undefined) {
          node.node.addValidation({ validate: () => ["Certificates must be pinned by their thumbprints."] });
        }
      },
    };
    const unpinned = (stack: TerraformStack) => new TrustedCertificate(stack, "vcenter", { address: "a.example.test" });
    expect(() => synthWith(policy, unpinned)).toThrow(
      "[stack/vcenter] Certificates must be pinned by their thumbprints.",
    );
  });

  test("that tags what has tags leaves these resources, which have none, as they are", () => {
    const tagging: IAspect = {
      visit(node) {
        if ("tags" in node) node.tags = { team: "security" };
      },
    };
    expect(synthWith(tagging, fleet)).toEqual(synth(fleet));
  });

  test("adds a life-cycle hook to every connection", () => {
    const stack = synthWith(
      {
        visit(node) {
          if (!(node instanceof Infrastructure) || node.node.tryFindChild("inventory")) return;
          new LifecycleHook(node, "inventory", { resource: node, afterCreate: "inventory add" });
        },
      },
      connected,
    );
    expect(Object.values(hooksOf(stack))).toMatchObject([{ depends_on: ["ksvla_infrastructure.esx"] }]);
  });
});

describe("a resource", () => {
  test("moves to a target elsewhere in the tree", () => {
    const result = synth((stack) => {
      const address = "vcenter.example.test";
      new TrustedCertificate(stack, "new", { address }).addMoveTarget("vcenter");
      new TrustedCertificate(stack, "old", { address }).moveTo("vcenter");
    });
    expect(result).toMatchObject({
      moved: [{ from: "ksvla_trusted_certificate.old", to: "ksvla_trusted_certificate.new" }],
    });
  });

  test("takes over the state of an id that it had", () => {
    const result = synth((stack) => {
      const moved = new TrustedCertificate(stack, "new", { address: "vcenter.example.test" });
      moved.moveFromId("ksvla_trusted_certificate.old");
    });
    expect(result).toMatchObject({
      moved: [{ from: "ksvla_trusted_certificate.old", to: "ksvla_trusted_certificate.new" }],
    });
  });

  test("is one of many, each of which an iterator reaches", () => {
    const { output } = synth((stack) => {
      const forEach = TerraformIterator.fromList(["a.example.test", "b.example.test"]);
      const certificates = new TrustedCertificate(stack, "all", { forEach, address: forEach.value });
      const value = TerraformIterator.fromResources(certificates).pluckProperty("thumbprint");
      new TerraformOutput(stack, "thumbprints", { value });
    });
    expect(output?.["thumbprints"]?.["value"]).toBe(
      expression("[ for key, val in ksvla_trusted_certificate.all: val.thumbprint]"),
    );
  });

  test("is made for each element of another resource's list of nested attributes", () => {
    const { resource } = synth((stack) => {
      const list = connected(stack).microservices;
      const forEach = TerraformIterator.fromComplexList(list, "address");
      new TrustedCertificate(stack, "each", { forEach, address: forEach.getString("address") });
    });
    expect(resource?.["ksvla_trusted_certificate"]?.["each"]).toMatchObject({
      for_each: expression("{ for key, val in ksvla_infrastructure.esx.microservices: val.address => val }"),
      address: expression("each.value.address"),
    });
  });
});

test("two Integration Servers in one stack each get what belongs to them, look-ups included", () => {
  const { provider, resource, data } = synth((stack) => {
    const second = new KsvlaProvider(stack, "second", { alias: "second" });
    const infrastructure = connected(stack, "first");
    const other = connected(stack, "other");
    other.provider = second;
    new Host(stack, "a", { infrastructure, name: "esx-01" });
    new Host(stack, "b", { infrastructure: other, name: "esx-01", provider: second });
  });
  expect(provider?.["ksvla"]).toEqual([{}, { alias: "second" }]);
  expect(resource?.["ksvla_infrastructure"]?.["first"]).not.toHaveProperty("provider");
  expect(resource?.["ksvla_infrastructure"]?.["other"]).toHaveProperty("provider", "ksvla.second");
  expect(data?.["ksvla_host"]?.["a"]).not.toHaveProperty("provider");
  expect(data?.["ksvla_host"]?.["b"]).toHaveProperty("provider", "ksvla.second");
});

describe("a reference across stacks", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "ksvla-stacks-"));
  });
  afterEach(() => rmSync(outdir, { recursive: true }));

  test("goes through the other stack's output and state", () => {
    const app = new App({ outdir });
    const network = new TerraformStack(app, "connections");
    new KsvlaProvider(network, "ksvla");
    const infrastructure = connected(network);
    const fleet = new TerraformStack(app, "look-ups");
    new KsvlaProvider(fleet, "ksvla");
    new Host(fleet, "esx-01", { infrastructure, name: "esx-01" });

    app.synth();

    const read = (stack: string) => JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
    const [[outputId, output] = []] = Object.entries(read("connections").output);
    expect(output).toMatchObject({ value: expression("ksvla_infrastructure.esx.id") });
    expect(read("look-ups").data.ksvla_host["esx-01"].infrastructure_id).toBe(
      expression(`data.terraform_remote_state.cross-stack-reference-input-connections.outputs.${outputId}`),
    );
    expect(fleet.dependencies).toEqual([network]);
  });
});
