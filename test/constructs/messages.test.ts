/** What callers without a compiler get wrong, and what only shows where Terraform runs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Lazy, type TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  Infrastructure,
  InfrastructureType,
  KsvlaProvider,
  Secret,
  type SvmDeploymentProps,
  SvmImage,
} from "../../constructs";
import { fleetProblems } from "./fleet/fleet";
import { problems, stackWith, synth, untyped } from "./synth";

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

const account = { name: "admin", password: Secret.fromVariable("PASSWORD") };

describe("a type of infrastructure", () => {
  test.each(["VMWARE", undefined, null, {}])("that is none (%p) gets a message", (type) => {
    const wrong = problems((stack) => {
      new Infrastructure(stack, "esx", {
        type: untyped<InfrastructureType>(type),
        address: "esx.example.test",
        admin: account,
        trust: true,
      });
      new SvmImage(stack, "image", {
        manifestPath: "/a.xml",
        infrastructureTypes: [untyped<InfrastructureType>(type)],
      });
    });
    expect(wrong).toEqual([
      expect.stringContaining("[stack/esx] type: The value must be an InfrastructureType, got: "),
      expect.stringContaining("[stack/image] infrastructureTypes[0]: The value must be an InfrastructureType, got: "),
    ]);
  });
});

describe("an image's list", () => {
  const image = (lists: object) =>
    problems((stack) => {
      new SvmImage(stack, "image", { manifestPath: "/a.xml", ...lists });
    });

  test.each(["VMWARE", undefined, null, {}])(
    "of infrastructures gets a message about one that is none (%p)",
    (given) => {
      expect(image({ infrastructures: [given] })).toEqual([
        expect.stringContaining("[stack/image] infrastructures[0]: The value must be an infrastructure, got: "),
      ]);
    },
  );

  test("that is no list is judged as its element", () => {
    expect(image({ infrastructures: "VMWARE", infrastructureTypes: "HYPERV" })).toEqual([
      expect.stringContaining("[stack/image] infrastructureTypes[0]: The value must be an InfrastructureType, got: "),
      expect.stringContaining("[stack/image] infrastructures[0]: The value must be an infrastructure, got: a string."),
    ]);
  });
});

describe("a variable of a secret", () => {
  const infrastructure = (stack: TerraformStack) =>
    new Infrastructure(stack, "esx", { type: InfrastructureType.HYPERV, address: "a.example.test", admin: account });

  test.each(["before", "after"])("never takes over one that the stack declares %s it", (order) => {
    const wrong = problems((stack) => {
      if (order === "after") infrastructure(stack);
      new TerraformVariable(stack, "PASSWORD", { type: "string", default: "a" });
      if (order === "before") infrastructure(stack);
    });
    expect(wrong).toEqual([
      expect.stringMatching(
        /^\[stack\/Secret-PASSWORD] The variable "PASSWORD" .* is declared by stack\/PASSWORD, too/,
      ),
    ]);
  });
});

describe("what has to be trusted of an address that only Terraform knows", () => {
  const addresses = (address: string, type = InfrastructureType.PROXMOX) => {
    const { resource } = synth((stack) => {
      new Infrastructure(stack, "it", { type, address, admin: account, trust: true });
    });
    return Object.values(resource?.["ksvla_trusted_certificate"] ?? {}).map((certificate) => certificate["address"]);
  };

  test("gets a port only where there is none, and SSH its own", () => {
    expect(addresses("${each.value.address}")).toEqual([
      '${can(regex(":[0-9]+$", each.value.address)) ? each.value.address : "${each.value.address}:8006"}',
      '${replace(each.value.address, "/:[0-9]+$/", "")}:22',
    ]);
  });

  test("even where it is text with several expressions", () => {
    expect(addresses("${var.host}.${var.domain}")).toEqual([
      '${can(regex(":[0-9]+$", "${var.host}.${var.domain}")) ? "${var.host}.${var.domain}" : "${var.host}.${var.domain}:8006"}',
      '${replace("${var.host}.${var.domain}", "/:[0-9]+$/", "")}:22',
    ]);
  });

  test("is as of any other address where it is known at synth after all", () => {
    expect(addresses(Lazy.stringValue({ produce: () => "pve.example.test:8443" }))).toEqual([
      "pve.example.test:8443",
      "pve.example.test:22",
    ]);
  });

  test("the same of a token", () => {
    const { resource } = synth((stack) => {
      const address = new TerraformVariable(stack, "address", { type: "string" }).stringValue;
      new Infrastructure(stack, "it", { type: InfrastructureType.PROXMOX, address, admin: account, trust: true });
    });
    const found = Object.values(resource?.["ksvla_trusted_certificate"] ?? {}).map(({ address }) => address);
    expect(found).toEqual([
      '${can(regex(":[0-9]+$", var.address)) ? var.address : "${var.address}:8006"}',
      '${replace(var.address, "/:[0-9]+$/", "")}:22',
    ]);
  });
});

describe("the file of an authority", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ksvla-ca-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const provider = (caCertificate: string) => (stack: TerraformStack) =>
    new KsvlaProvider(stack, "other", { alias: "other", caCertificate });

  test("with a relative path is read where the app runs", () => {
    const text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    const file = join(folder, "ca.pem");
    writeFileSync(file, text);
    const written = JSON.parse(Testing.synth(stackWith(provider(relative(process.cwd(), file))))) as {
      readonly provider: { readonly ksvla: readonly object[] };
    };
    expect(written.provider.ksvla[1]).toMatchObject({ ca_certificate: text });
  });

  test("that is not there is refused", () => {
    expect(problems(provider("./missing/ca.pem"))).toEqual([
      expect.stringMatching(/^\[stack\/other] caCertificate: The file cannot be read: ENOENT.*A relative path/),
    ]);
  });

  test("with an absolute path is that of a file where Terraform runs", () => {
    expect(synth(provider("/etc/ksvla/ca.pem")).provider?.["ksvla"]?.[1]).toMatchObject({
      ca_certificate: "/etc/ksvla/ca.pem",
    });
  });
});

test("a missing infrastructure or image of a fleet gets a message", () => {
  const place = { host: { id: "1" }, storage: { id: "2" }, network: { id: "3" } };
  const byName = { host: "esx-01", storage: "ds1", network: "Servers" };
  const cloud = { project: "security", flavor: "medium", network: "Servers" };
  const wrong = fleetProblems(() =>
    untyped<Partial<SvmDeploymentProps>>({ image: undefined, svms: { a: place, b: byName, c: cloud } }),
  );
  const missing = (path: string, property: string) =>
    expect.stringMatching(new RegExp(`^\\[stack/fleet${path}\\] ${property}: The attribute is required`));
  expect(wrong).toEqual(
    expect.arrayContaining([missing("/a", "infrastructure"), missing("/b", "infrastructure"), missing("/c", "image")]),
  );
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
