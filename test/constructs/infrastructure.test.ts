import { TerraformVariable, Token } from "cdktf";
import {
  Infrastructure,
  type InfrastructureProps,
  InfrastructureType,
  KsvlaProvider,
  Secret,
  TrustedCertificate,
} from "../../constructs";
import { problems, synth, untyped } from "./synth";

const SHA1 = "5e:c4:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11";
const password = Secret.fromVariable("PASSWORD");
const vcenter = {
  type: InfrastructureType.VMWARE,
  address: "vcenter.example.test",
  admin: { name: "admin", password },
};
const openstack = {
  type: InfrastructureType.OPENSTACK,
  address: "openstack.example.test",
  admin: { name: "admin", domain: "Default", password },
};

/** The certificates that an infrastructure creates, as `protocol address`. */
function trusted(props: InfrastructureProps): readonly string[] {
  const { resource } = synth((stack) => new Infrastructure(stack, "a", props));
  return Object.values(resource?.["ksvla_trusted_certificate"] ?? {}).map(
    ({ protocol, address }) => `${protocol} ${address}`,
  );
}

test("all settings reach Terraform under its names", () => {
  const { resource } = synth((stack) => {
    new Infrastructure(stack, "cloud", {
      ...openstack,
      readOnly: { name: "viewer", domain: "Default", password: Secret.fromVariable("VIEWER", { version: "2" }) },
      openstack: { protocol: "https", region: "RegionOne" },
      timeouts: { create: "20m" },
    });
  });
  expect(resource?.["ksvla_infrastructure"]?.["cloud"]).toEqual({
    type: "OPENSTACK",
    address: "openstack.example.test",
    /* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
    admin: { name: "admin", domain: "Default", password_wo: "${var.PASSWORD}" },
    read_only: { name: "viewer", domain: "Default", password_wo: "${var.VIEWER}", password_wo_version: "2" },
    /* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
    openstack: { protocol: "https", region: "RegionOne" },
    timeouts: { create: "20m" },
  });
});

describe("trust", () => {
  test("reaches the microservices of OpenStack, with or without Keystone", () => {
    const microservices = ["192.0.2.61:8774", { address: "192.0.2.61:9292", thumbprint: SHA1 }];
    const https = { ...openstack, openstack: { protocol: "https" as const }, trust: { microservices } };
    expect(trusted(https)).toEqual([
      "https openstack.example.test:5000",
      "https 192.0.2.61:8774",
      "https 192.0.2.61:9292",
    ]);
    expect(trusted({ ...https, openstack: { protocol: "http" } })).toEqual([
      "https 192.0.2.61:8774",
      "https 192.0.2.61:9292",
    ]);
    const { resource } = synth((stack) => new Infrastructure(stack, "a", https));
    expect(Object.values(resource?.["ksvla_trusted_certificate"] ?? {}).map(({ thumbprint }) => thumbprint)).toEqual([
      undefined,
      undefined,
      SHA1,
    ]);
    expect(resource?.["ksvla_infrastructure"]?.["a"]?.["depends_on"]).toHaveLength(3);
  });

  test.each([
    ["HYPERV", []],
    ["XEN", ["https server.example.test:443"]],
    ["NUMAVSERVER", ["https server.example.test:443"]],
    ["LIBVIRT", ["ssh server.example.test:22"]],
    ["PROXMOX", ["https server.example.test:8006", "ssh server.example.test:22"]],
    ["VMWARE", ["https server.example.test:443"]],
    ["ROSPLATFORMA", ["https server.example.test:443"]],
    ["BASISVCONTROL", ["https server.example.test:443"]],
    ["FUSIONCOMPUTE", ["https server.example.test:7443"]],
    ["NUTANIXPRISM", ["https server.example.test:9440"]],
    ["ALTVIRTUALIZATIONSERVER", ["ssh server.example.test:22"]],
    ["ASTRALINUX", ["ssh server.example.test:22"]],
  ])("of %s needs %j", (type, certificates) => {
    const props = { ...vcenter, type: InfrastructureType.of(type), address: "server.example.test", trust: true };
    expect(trusted(props)).toEqual(certificates);
  });

  test.each(["OPENSTACK", "TIONIXOPENSTACK", "VKCLOUDOPENSTACK"])("of %s depends on Keystone's protocol", (name) => {
    const type = InfrastructureType.of(name);
    expect(trusted({ ...openstack, type, trust: true, openstack: { protocol: "https" } })).toEqual([
      "https openstack.example.test:5000",
    ]);
    expect(trusted({ ...openstack, type, trust: true, openstack: { protocol: "http" } })).toEqual([]);
  });

  test("goes to the port of the address; of Proxmox VE, SSH keeps its own", () => {
    expect(trusted({ ...vcenter, address: "vcenter.example.test:8443", trust: true })).toEqual([
      "https vcenter.example.test:8443",
    ]);
    const proxmox = { ...vcenter, type: InfrastructureType.PROXMOX, address: "[2001:db8::5]:8443", trust: true };
    expect(trusted(proxmox)).toEqual(["https [2001:db8::5]:8443", "ssh [2001:db8::5]:22"]);
  });

  test("of an address that is not known at synth goes to the type's port", () => {
    const address = Token.asString({ resolve: () => "late.example.test" });
    expect(trusted({ ...vcenter, address, trust: true })).toEqual(["https late.example.test:443"]);
  });

  test.each([undefined, false])("%s trusts nothing", (trust) => {
    expect(trusted({ ...vcenter, ...(trust !== undefined && { trust }) })).toEqual([]);
  });

  test("comes before the connection, and waits for what the connection waits for", () => {
    const { resource } = synth((stack) => {
      const other = new TrustedCertificate(stack, "other", { address: "other.example.test" });
      const a = new Infrastructure(stack, "a", { ...vcenter, trust: true, dependsOn: [other] });
      expect(a.certificates).toHaveLength(1);
    });
    const [certificate] = Object.keys(resource?.["ksvla_trusted_certificate"] ?? {}).filter((name) => name !== "other");
    expect(resource?.["ksvla_infrastructure"]?.["a"]?.["depends_on"]).toEqual([
      "ksvla_trusted_certificate.other",
      `ksvla_trusted_certificate.${certificate}`,
    ]);
    expect(resource?.["ksvla_trusted_certificate"]?.[certificate!]?.["depends_on"]).toEqual([
      "ksvla_trusted_certificate.other",
    ]);
  });

  test("is asked of the connection's own provider, and as often as there are connections", () => {
    const { resource } = synth((stack) => {
      const provider = new KsvlaProvider(stack, "other", { alias: "other" });
      new Infrastructure(stack, "a", { ...vcenter, trust: true, provider, count: 2 });
    });
    const [certificate] = Object.values(resource?.["ksvla_trusted_certificate"] ?? {});
    expect(certificate).toMatchObject({ provider: "ksvla.other", count: 2 });
  });

  test("with thumbprints pins certificate and key", () => {
    const { resource } = synth((stack) => {
      const type = InfrastructureType.PROXMOX;
      new Infrastructure(stack, "a", { ...vcenter, type, trust: { thumbprint: SHA1, sshThumbprint: "a".repeat(64) } });
    });
    const thumbprints = Object.values(resource?.["ksvla_trusted_certificate"] ?? {}).map((each) => each["thumbprint"]);
    expect(thumbprints).toEqual([SHA1, "a".repeat(64)]);
  });
});

describe("is refused at synth", () => {
  const refused = (props: object) =>
    problems((stack) => new Infrastructure(stack, "a", untyped({ ...vcenter, ...props })));

  test("a thumbprint of what the type does not present", () => {
    expect(refused({ trust: { microservices: ["192.0.2.61:8774"] } })).toEqual([
      "[stack/a] trust.microservices: An infrastructure of type VMWARE has no microservices. Remove it.",
    ]);
    expect(refused({ trust: { sshThumbprint: "a".repeat(64) } })).toEqual([
      "[stack/a] trust.sshThumbprint: An infrastructure of type VMWARE presents no SSH key to trust. Remove it.",
    ]);
    expect(refused({ type: InfrastructureType.HYPERV, trust: { thumbprint: SHA1 } })).toEqual([
      "[stack/a] trust.thumbprint: An infrastructure of type HYPERV presents no certificate to trust. Remove it.",
    ]);
    expect(refused({ ...openstack, openstack: { protocol: "http" }, trust: { thumbprint: SHA1 } })).toEqual([
      "[stack/a] trust.thumbprint: An infrastructure of type OPENSTACK over http presents no certificate to trust. Remove it.",
    ]);
  });

  test("a plain password, by the name that it has here", () => {
    expect(refused({ admin: { name: "admin", password: "Hunter2" } })).toEqual([
      expect.stringMatching(/^\[stack\/a\] admin.password: The value must be a Secret/),
    ]);
  });

  test("trust where Keystone's protocol is only known during the deployment", () => {
    const protocol = Token.asString({ resolve: () => "https" });
    expect(refused({ ...openstack, openstack: { protocol }, trust: true })).toEqual([
      "[stack/a] trust: The openstack.protocol is not known at synth, and what to trust depends on it. Use TrustedCertificate.",
    ]);
  });

  test("a thumbprint that is none, at the certificate", () => {
    expect(refused({ trust: { thumbprint: "abc" } })).toEqual([
      expect.stringMatching(/^\[stack\/a\/certificate\] thumbprint: The value must be a thumbprint .*, got: "abc"\.$/),
    ]);
  });

  test("trust where the type is only known during the deployment", () => {
    const [problem] = problems((stack) => {
      const type = InfrastructureType.of(new TerraformVariable(stack, "type", {}).stringValue);
      new Infrastructure(stack, "a", { ...vcenter, type, trust: true });
    });
    expect(problem).toBe(
      "[stack/a] trust: The type is not known at synth, and what to trust depends on it. Use TrustedCertificate.",
    );
  });

  test("a type that does not exist", () => {
    expect(refused({ type: InfrastructureType.of("VMWRE") })).toEqual([
      expect.stringMatching(/^\[stack\/a\] type: The value must be one of "HYPERV", .*, got: "VMWRE"\.$/),
    ]);
  });

  test("everything that is wrong, at once", () => {
    expect(
      refused({
        address: "https://vcenter.example.test/",
        admin: { name: "", password },
        openstack: { protocol: "https" },
        timeouts: { create: "soon" },
      }),
    ).toEqual([
      expect.stringMatching(/^\[stack\/a\] address: .*got: "https:\/\/vcenter.example.test\/"/),
      expect.stringMatching(/^\[stack\/a\] admin.name: The value must not be empty/),
      expect.stringMatching(/^\[stack\/a\] timeouts.create: .*got: "soon"/),
      expect.stringMatching(/^\[stack\/a\] openstack: Only OpenStack types have openstack settings/),
    ]);
  });

  test("a domain where there is none, and its lack where there is one", () => {
    expect(refused({ admin: { name: "admin", domain: "Default", password } })).toEqual([
      expect.stringContaining("[stack/a] admin.domain: Only accounts of OpenStack infrastructures have a domain"),
    ]);
    expect(refused({ ...openstack, openstack: { protocol: "https" }, admin: { name: "admin", password } })).toEqual([
      expect.stringContaining("[stack/a] admin.domain: An account of an infrastructure of type OPENSTACK needs"),
    ]);
  });

  test("an attribute that does not exist, with the one that was meant", () => {
    expect(refused({ adress: "x" })).toEqual([
      '[stack/a] adress: There is no attribute "adress". Did you mean "address"?',
    ]);
  });

  test("a missing attribute", () => {
    expect(refused({ address: undefined })).toEqual(["[stack/a] address: The attribute is required."]);
  });
});

test("nothing is judged that is only known during the deployment", () => {
  const found = problems((stack) => {
    const variable = new TerraformVariable(stack, "variable", {});
    new Infrastructure(stack, "a", {
      type: InfrastructureType.of(variable.stringValue),
      address: `${variable.stringValue}.example.test`,
      admin: { name: variable.stringValue, password },
    });
  });
  expect(found).toEqual([]);
});

test("an existing infrastructure is referred to by its id", () => {
  synth((stack) => {
    const existing = Infrastructure.fromInfrastructureId(stack, "existing", "id-1");
    expect(existing.infrastructureId).toBe("id-1");
  });
});
