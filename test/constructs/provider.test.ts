import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { App, TerraformStack } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret } from "../../constructs";
import { VERSION } from "../../src/version";
import { problems, synth } from "./synth";

const PASSWORD = "Hunter2-Hunter2";

test("the provider is required in this very version, from a source that is no registry", () => {
  const { terraform, provider } = synth(() => {});
  expect(terraform).toMatchObject({
    required_providers: { ksvla: { source: "terraform.local/ksvla/ksvla", version: VERSION } },
    required_version: ">= 1.11",
  });
  expect(provider?.["ksvla"]).toEqual([{}]);
});

test("the stack's own required version wins", () => {
  const { terraform } = synth((stack) => stack.addOverride("terraform.required_version", ">= 1.12"));
  expect(terraform).toMatchObject({ required_version: ">= 1.12" });
});

test("all settings reach Terraform under its names", () => {
  const { provider } = synth((stack) => {
    new KsvlaProvider(stack, "second", {
      alias: "second",
      address: "viis.example.test:7271",
      username: "admin",
      password: Secret.fromVariable("KSVLA_ADMIN"),
      caCertificate: "/etc/ssl/viis.pem",
      thumbprint: "a".repeat(40),
      insecure: false,
      requestTimeout: "45s",
      pollInterval: "10s",
      svmConcurrency: 5,
    });
  });
  expect(provider?.["ksvla"]?.[1]).toEqual({
    alias: "second",
    address: "viis.example.test:7271",
    username: "admin",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
    password: "${var.KSVLA_ADMIN}",
    ca_certificate: "/etc/ssl/viis.pem",
    thumbprint: "a".repeat(40),
    insecure: false,
    request_timeout: "45s",
    poll_interval: "10s",
    svm_concurrency: 5,
  });
});

test("a setting that the provider would refuse is refused at synth", () => {
  const found = problems((stack) => {
    new KsvlaProvider(stack, "other", { alias: "other", address: "http://viis.example.test/", svmConcurrency: 0 });
  });
  expect(found).toEqual([
    expect.stringMatching(/^\[stack\/other\] address: The value must be a host/),
    expect.stringMatching(/^\[stack\/other\] svmConcurrency: .*got: 0\.$/),
  ]);
});

test("two providers of a stack need different aliases", () => {
  expect(problems((stack) => new KsvlaProvider(stack, "other"))).toEqual([
    "[stack/ksvla] alias: stack/other has no alias either. Give each KsvlaProvider of a stack an alias of its own.",
    "[stack/other] alias: stack/ksvla has no alias either. Give each KsvlaProvider of a stack an alias of its own.",
  ]);
});

describe("on Windows", () => {
  const platform = Object.getOwnPropertyDescriptor(process, "platform");
  beforeEach(() => Object.defineProperty(process, "platform", { ...platform, value: "win32" }));
  afterEach(() => Object.defineProperty(process, "platform", platform!));

  test("synthesis is refused with a pointer to WSL", () => {
    expect(problems(() => {})).toEqual([
      expect.stringMatching(
        /^\[stack\/ksvla\] The ksvla provider does not run on Windows: .* Windows Subsystem for Linux/,
      ),
    ]);
  });
});

describe("a synthesized app", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "ksvla-synth-"));
  });
  afterEach(() => rmSync(outdir, { recursive: true, force: true }));

  const folder = (...path: string[]) => join(outdir, "stacks", "stack", ...path);
  const read = (...path: string[]) => readFileSync(folder(...path), "utf8");

  function synthApp(add: (stack: TerraformStack) => void = () => {}): void {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "stack");
    new KsvlaProvider(stack, "ksvla");
    add(stack);
    app.synth();
  }

  test("has the plugin and the lock file beside the stack", () => {
    synthApp();
    expect(readdirSync(folder("terraform.d/plugins/terraform.local/ksvla/ksvla")).sort()).toEqual(
      ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"].map(
        (platform) => `terraform-provider-ksvla_${VERSION}_${platform}.zip`,
      ),
    );
    expect(read(".terraform.lock.hcl")).toMatch(
      new RegExp(`provider "terraform.local/ksvla/ksvla" \\{\n +version +="? ?"?${VERSION}`),
    );
  });

  test("keeps what an earlier run locked", () => {
    mkdirSync(folder(), { recursive: true });
    const other = 'provider "registry.terraform.io/hashicorp/null" {\n  version = "3.2.4"\n}\n';
    writeFileSync(folder(".terraform.lock.hcl"), other);
    synthApp();
    const once = read(".terraform.lock.hcl");
    expect(once.startsWith(other)).toBe(true);
    synthApp();
    expect(read(".terraform.lock.hcl")).toBe(once);
  });

  test("has one plugin for several providers, and works beside a provider of a registry", () => {
    synthApp((stack) => {
      new KsvlaProvider(stack, "second", { alias: "second" });
      new NullProvider(stack, "null");
      new Resource(stack, "nothing");
    });
    const { terraform, resource } = JSON.parse(read("cdk.tf.json"));
    expect(Object.keys(terraform.required_providers)).toEqual(["ksvla", "null"]);
    expect(resource.null_resource.nothing).toBeDefined();
  });

  test("holds no secret, neither plain nor in Base64", () => {
    process.env["TF_VAR_PASSWORD"] = PASSWORD;
    try {
      synthApp((stack) => {
        new Infrastructure(stack, "a", {
          type: InfrastructureType.VMWARE,
          address: "vcenter.example.test",
          admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
        });
      });
    } finally {
      delete process.env["TF_VAR_PASSWORD"];
    }
    for (const file of [folder("cdk.tf.json"), join(outdir, "manifest.json")]) {
      expect(readFileSync(file, "utf8")).not.toContain(PASSWORD);
      expect(readFileSync(file, "utf8")).not.toContain(Buffer.from(PASSWORD).toString("base64"));
    }
  });

  test("is there in one form, as HCL or as JSON, whatever was synthesized before", () => {
    const stackFiles = () => readdirSync(folder()).filter((name) => name.startsWith("cdk.tf"));
    try {
      process.env["SYNTH_HCL_OUTPUT"] = "true";
      synthApp();
      expect(stackFiles()).toEqual(["cdk.tf"]);
      process.env["SYNTH_HCL_OUTPUT"] = "false";
      synthApp();
      expect(stackFiles()).toEqual(["cdk.tf.json"]);
      process.env["SYNTH_HCL_OUTPUT"] = "true";
      synthApp();
      expect(stackFiles()).toEqual(["cdk.tf"]);
    } finally {
      delete process.env["SYNTH_HCL_OUTPUT"];
    }
  });

  test("warns once of a CLI configuration without the plugin, however often it is synthesized", () => {
    const file = join(outdir, "cli.tfrc");
    writeFileSync(file, "provider_installation {\n}\n");
    const { TF_CLI_CONFIG_FILE } = process.env;
    process.env["TF_CLI_CONFIG_FILE"] = file;
    try {
      const app = new App({ outdir });
      const stack = new TerraformStack(app, "stack");
      new KsvlaProvider(stack, "ksvla");
      new KsvlaProvider(stack, "second", { alias: "second" });
      app.synth();
      app.synth();
    } finally {
      if (TF_CLI_CONFIG_FILE === undefined) delete process.env["TF_CLI_CONFIG_FILE"];
      else process.env["TF_CLI_CONFIG_FILE"] = TF_CLI_CONFIG_FILE;
    }
    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    expect(manifest.stacks.stack.annotations).toEqual([
      expect.objectContaining({ constructPath: "stack/ksvla", level: "@cdktf/warn" }),
    ]);
  });

  test("that is refused installs nothing", () => {
    const attempt = () =>
      synthApp((stack) => {
        new KsvlaProvider(stack, "bad", { alias: "bad", requestTimeout: "soon" });
      });
    expect(attempt).toThrow("[stack/bad] requestTimeout: The value must be a duration");
    expect(existsSync(folder("terraform.d"))).toBe(false);
  });
});

describe("a file of HCL", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "ksvla-hcl-"));
  });
  afterEach(() => rmSync(outdir, { recursive: true }));

  function synthesize(setting: string | undefined, hclOutput: boolean): readonly string[] {
    const before = process.env["SYNTH_HCL_OUTPUT"];
    if (setting === undefined) delete process.env["SYNTH_HCL_OUTPUT"];
    else process.env["SYNTH_HCL_OUTPUT"] = setting;
    try {
      const app = new App({ outdir, hclOutput });
      new KsvlaProvider(new TerraformStack(app, "stack"), "ksvla");
      app.synth();
      return readdirSync(join(outdir, "stacks", "stack")).filter((name) => name.startsWith("cdk.tf"));
    } finally {
      if (before === undefined) delete process.env["SYNTH_HCL_OUTPUT"];
      else process.env["SYNTH_HCL_OUTPUT"] = before;
    }
  }

  test.each([
    [
      undefined,
      true,
      "[stack] The app has hclOutput: true, which CDKTF does not hand on to its stacks: there would be JSON in cdk.tf",
    ],
    [
      "1",
      false,
      '[stack] SYNTH_HCL_OUTPUT is "1", which CDKTF reads for stacks only: there would be HCL in cdk.tf.json',
    ],
  ])("is refused where it would hold JSON, and the reverse (%p)", (setting, hclOutput, message) => {
    expect(() => synthesize(setting, hclOutput)).toThrow(message);
  });

  test.each([
    [undefined, false, "cdk.tf.json"],
    ["true", false, "cdk.tf"],
    ["true", true, "cdk.tf"],
  ])("is written where app and stacks agree (%p)", (setting, hclOutput, name) => {
    expect(synthesize(setting, hclOutput)).toContain(name);
  });
});
