import { TerraformOutput, TerraformVariable } from "cdktf";
import {
  KsvlaProvider,
  ReserveServer,
  type ReserveServerProps,
  Secret,
  ServerRole,
  TrustedCertificate,
} from "../../constructs";
import { problems, synth, untyped } from "./synth";

const SHA1 = "5e:c4:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11";
const password = Secret.fromVariable("RESERVE_PASSWORD", { version: "1" });
const reserve = { address: "viis-reserve.example.test", password };

/** The addresses of the certificates that a reserve server creates. */
function trusted(props: ReserveServerProps): readonly unknown[] {
  const { resource } = synth((stack) => new ReserveServer(stack, "a", props));
  return Object.values(resource?.["ksvla_trusted_certificate"] ?? {}).map(({ address }) => address);
}

test("ServerRole assigns Primary", () => {
  const { resource } = synth((stack) => new ServerRole(stack, "role"));
  expect(resource?.["ksvla_server_role"]).toEqual({ role: { role: "Primary" } });
});

test("all settings reach Terraform under its names, the password by reference", () => {
  const { resource, variable } = synth(
    (stack) => new ReserveServer(stack, "reserve", { ...reserve, timeouts: { create: "20m", update: "5m" } }),
  );
  expect(resource).toEqual({
    ksvla_reserve_server: {
      reserve: {
        address: "viis-reserve.example.test",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
        password_wo: "${var.RESERVE_PASSWORD}",
        password_wo_version: "1",
        timeouts: { create: "20m", update: "5m" },
      },
    },
  });
  expect(variable?.["RESERVE_PASSWORD"]).toMatchObject({ ephemeral: true, sensitive: true });
});

describe("with trust", () => {
  test("the role is assigned and the certificate trusted before the registration", () => {
    let certificate = "";
    let role = "";
    const { resource } = synth((stack) => {
      const server = new ReserveServer(stack, "reserve", { ...reserve, trust: true });
      certificate = server.certificate!.friendlyUniqueId;
      role = server.serverRole!.friendlyUniqueId;
    });
    expect(resource?.["ksvla_server_role"]).toEqual({ [role]: { role: "Primary" } });
    expect(resource?.["ksvla_trusted_certificate"]).toEqual({
      [certificate]: { address: "viis-reserve.example.test:7271" },
    });
    expect(resource?.["ksvla_reserve_server"]?.["reserve"]?.["depends_on"]).toEqual([
      `ksvla_server_role.${role}`,
      `ksvla_trusted_certificate.${certificate}`,
    ]);
  });

  test("a thumbprint is passed on", () => {
    const { resource } = synth((stack) => new ReserveServer(stack, "a", { ...reserve, trust: { thumbprint: SHA1 } }));
    expect(Object.values(resource?.["ksvla_trusted_certificate"] ?? {})).toMatchObject([{ thumbprint: SHA1 }]);
  });

  test("the role is left alone when told so", () => {
    const { resource } = synth((stack) => {
      const { serverRole } = new ReserveServer(stack, "a", { ...reserve, trust: true, assignRole: false });
      expect(serverRole).toBeUndefined();
    });
    expect(Object.keys(resource ?? {}).sort()).toEqual(["ksvla_reserve_server", "ksvla_trusted_certificate"]);
  });

  test("what the reserve server waits for, role and certificate wait for, too", () => {
    const { resource } = synth((stack) => {
      const other = new TrustedCertificate(stack, "other", { address: "other.example.test" });
      new ReserveServer(stack, "a", { ...reserve, trust: true, dependsOn: [other] });
    });
    const { other: _, ...certificates } = resource?.["ksvla_trusted_certificate"] ?? {};
    const companions = [...Object.values(certificates), ...Object.values(resource?.["ksvla_server_role"] ?? {})];
    expect(companions.map((companion) => companion["depends_on"])).toEqual([
      ["ksvla_trusted_certificate.other"],
      ["ksvla_trusted_certificate.other"],
    ]);
  });

  test("everything belongs to the same provider", () => {
    const { resource } = synth((stack) => {
      const provider = new KsvlaProvider(stack, "second", { alias: "second" });
      new ReserveServer(stack, "a", { ...reserve, trust: true, provider });
    });
    const providers = Object.values(resource ?? {}).flatMap((ofType) =>
      Object.values(ofType).map((each) => each["provider"]),
    );
    expect(providers).toEqual(["ksvla.second", "ksvla.second", "ksvla.second"]);
  });

  test("a port in the address is that of the certificate", () => {
    expect(trusted({ ...reserve, address: "viis-reserve.example.test:7272", trust: true })).toEqual([
      "viis-reserve.example.test:7272",
    ]);
    expect(trusted({ ...reserve, address: "[2001:db8::5]", trust: true })).toEqual(["[2001:db8::5]:7271"]);
  });

  test.each<[string, (variable: TerraformVariable) => string, string]>([
    /* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
    [
      "a token",
      (variable) => variable.stringValue,
      '${can(regex(":[0-9]+$", var.reserve)) ? var.reserve : "${var.reserve}:7271"}',
    ],
    [
      "a template",
      () => "${var.reserve}",
      '${can(regex(":[0-9]+$", var.reserve)) ? var.reserve : "${var.reserve}:7271"}',
    ],
    /* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
  ])("the port of %s is looked for by Terraform", (_, address, expected) => {
    const { resource } = synth((stack) => {
      const variable = new TerraformVariable(stack, "reserve", { type: "string" });
      new ReserveServer(stack, "a", { ...reserve, address: address(variable), trust: true });
    });
    expect(Object.values(resource?.["ksvla_trusted_certificate"] ?? {})).toEqual([{ address: expected }]);
  });
});

describe("without trust", () => {
  test.each([undefined, false])("(%s) there is nothing but the registration", (trust) => {
    const { resource } = synth((stack) => {
      const server = new ReserveServer(stack, "a", { ...reserve, ...(trust !== undefined && { trust }) });
      expect(server.certificate).toBeUndefined();
    });
    expect(resource).toEqual({
      ksvla_reserve_server: { a: expect.not.objectContaining({ depends_on: expect.any(Array) }) },
    });
  });

  test("the role is assigned when told so", () => {
    const { resource } = synth((stack) => new ReserveServer(stack, "a", { ...reserve, assignRole: true }));
    const [role] = Object.keys(resource?.["ksvla_server_role"] ?? {});
    expect(resource?.["ksvla_reserve_server"]?.["a"]?.["depends_on"]).toEqual([`ksvla_server_role.${role}`]);
  });
});

test("its outputs are references", () => {
  const { output } = synth((stack) => {
    new TerraformOutput(stack, "status", { value: new ReserveServer(stack, "a", reserve).status });
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
  expect(output?.["status"]?.["value"]).toBe("${ksvla_reserve_server.a.status}");
});

describe("synth refuses", () => {
  test.each<[string, object, RegExp]>([
    ["a plain password", { password: "plain" }, /^\[stack\/a\] password: The value must be a Secret/],
    ["a password that the product does not take", { password: Secret.unsafePlainText("ключ") }, /password: .*Latin/],
    ["a URL", { address: "https://viis-reserve/" }, /address: .*Write it as "viis-reserve"/],
    ["a bad timeout", { timeouts: { update: "soon" } }, /timeouts\.update: /],
  ])("%s", (_, changes, expected) => {
    const found = problems((stack) => new ReserveServer(stack, "a", untyped({ ...reserve, ...changes })));
    expect(found).toEqual([expect.stringMatching(expected)]);
  });

  test("another role", () => {
    const found = problems((stack) => new ServerRole(stack, "a", untyped({ role: "Reserve" })));
    expect(found).toEqual([expect.stringMatching(/^\[stack\/a\] role: .*Primary/)]);
  });
});
