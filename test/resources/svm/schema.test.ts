import { svmSchema } from "../../../src/resources/svm/schema";
import { svmImageSchema } from "../../../src/resources/svm-image/schema";
import { type Attributes, type Schema, UNKNOWN } from "../../../src/terraform";
import { assertSchema } from "../../../src/terraform/schema/assert-schema";
import { validateConfig } from "../../../src/terraform/schema/validate";
import { renderPath } from "../../../src/terraform/values/path";

type Values = Readonly<Record<string, unknown>>;

const STATIC = { address: "10.0.0.5", mask: "255.255.255.0", gateway: "10.0.0.1" };
const ADDRESSES = { addresses: ["10.0.0.5"], mask: "255.255.255.0", gateway: "10.0.0.1" };
const DNS = { main: "10.0.0.53" };
const BASE = { name: "svm-1", infrastructureId: "1", imageId: "2" };
const host = (...networks: unknown[]) => ({ id: "h", storageId: "s", networks });
const onHost = (networks: readonly unknown[] = [{ id: "n" }], others: Values = {}) => ({
  ...BASE,
  host: host(...networks),
  ...others,
});
const inProject = (networks: unknown = [{ id: "n", ports: [{}] }], others: Values = {}) => ({
  ...BASE,
  openstack: { projectId: "p", flavorId: "f", networks },
  ...others,
});
const inNetwork = (...ports: unknown[]) => inProject([{ id: "n", ports }]);

function problemsOf<A extends Attributes>(schema: Schema<A>, config: Values): string[] {
  return validateConfig(schema, config).map(({ path, message }) => `${renderPath(path)}: ${message}`);
}

test.each([
  ["ksvla_svm", svmSchema],
  ["ksvla_svm_image", svmImageSchema],
] as [string, Schema][])("%s is declared as Terraform wants it", (_, schema) => {
  expect(() => assertSchema(schema)).not.toThrow();
});

describe("a right configuration", () => {
  test.each<[string, Values]>([
    ["a single network", onHost()],
    ["a single network that says that it is primary", onHost([{ id: "n", primary: true }])],
    ["one primary of several networks", onHost([{ id: "n" }, { id: "m", primary: true }])],
    ["a static address with DNS", onHost([{ id: "n", static: STATIC }], { dns: DNS })],
    [
      "VLANs from 0 to 4094",
      onHost([
        { id: "n", primary: true, vlanId: 0 },
        { id: "m", vlanId: 4094 },
      ]),
    ],
    ["a single port", inProject()],
    [
      "one primary port of several networks",
      inProject([
        { id: "n", ports: [{}, { primary: true }] },
        { id: "m", ports: [{}] },
      ]),
    ],
    ["security groups with port security", inNetwork({ portSecurityEnabled: true, securityGroupIds: ["g"] })],
    [
      "all settings",
      onHost([{ id: "n" }], {
        ksc: { address: "ksc.example.com", port: 1, sslPort: 65535, language: "en" },
        dns: { ...DNS, alternative: "10.0.0.54" },
        root: { allowSsh: true, passwordWo: "Root-1", passwordWoVersion: "1" },
        klconfig: { passwordWo: "x".repeat(60), passwordWoVersion: "1", currentPasswordWo: "Old-1" },
        timeouts: { create: "2h" },
      }),
    ],
    ["an unknown placement", { ...BASE, host: UNKNOWN }],
    ["two unknown placements", { ...BASE, host: UNKNOWN, openstack: UNKNOWN }],
    ["unknown networks", { ...BASE, host: { id: "h", storageId: "s", networks: UNKNOWN } }],
    ["an unknown network among others", onHost([{ id: "n" }, UNKNOWN])],
    ["an unknown primary", onHost([{ id: "n", primary: UNKNOWN }, { id: "m" }])],
    [
      "a primary of an unknown number of ports",
      inProject([
        { id: "n", ports: [{ primary: true }] },
        { id: "m", ports: UNKNOWN },
      ]),
    ],
    ["unknown OpenStack networks", inProject(UNKNOWN)],
    ["an unknown static address", onHost([{ id: "n", static: UNKNOWN }])],
    ["unknown DNS", onHost([{ id: "n", static: STATIC }], { dns: UNKNOWN })],
    ["unknown port security", inNetwork({ portSecurityEnabled: UNKNOWN, securityGroupIds: ["g"] })],
    ["unknown security groups", inNetwork({ securityGroupIds: UNKNOWN })],
    ["an unknown root account", onHost([{ id: "n" }], { root: UNKNOWN })],
    [
      "everything unknown",
      Object.fromEntries(["name", "infrastructureId", "imageId", "host"].map((name) => [name, UNKNOWN])),
    ],
  ])("with %s has no problem", (_, config) => {
    expect(problemsOf(svmSchema, config)).toEqual([]);
  });
});

describe("a wrong configuration", () => {
  test.each<[string, Values, RegExp]>([
    ["no placement", BASE, /set host for a hypervisor, or openstack/],
    [
      "two placements",
      { ...inProject(), ...onHost() },
      /^openstack: .*either host or openstack \(project in CDKTF\), not both/,
    ],
    ["no networks", onHost([]), /^host\.networks: .*at least one/],
    [
      "a single network that is not primary",
      onHost([{ id: "n", primary: false }]),
      /^host\.networks\[0\]\.primary: .*remove primary/,
    ],
    ["no primary network", onHost([{ id: "n" }, { id: "m" }]), /^host\.networks: .*exactly one/],
    [
      "two primary networks",
      onHost([
        { id: "n", primary: true },
        { id: "m", primary: true },
      ]),
      /^host\.networks\[1\]: .*got: 2/,
    ],
    [
      "two primary networks and an unknown one",
      onHost([{ id: "n", primary: true }, { id: "m", primary: true }, UNKNOWN]),
      /got: 2/,
    ],
    ["no ports", inNetwork(), /^openstack\.networks\[0\]\.ports: .*at least one/],
    [
      "no primary port",
      inProject([
        { id: "n", ports: [{}] },
        { id: "m", ports: [{}] },
      ]),
      /^openstack\.networks: .*exactly one/,
    ],
    [
      "two primary ports",
      inNetwork({ primary: true }, { primary: true }),
      /^openstack\.networks\[0\]\.ports\[1\]: .*got: 2/,
    ],
    ["a static address without DNS", onHost([{ id: "n", static: STATIC }]), /^dns: .*main/],
    ["a static port without DNS", inNetwork({ static: ADDRESSES }), /^dns: .*main/],
    [
      "no gateway",
      onHost([{ id: "n", static: { ...STATIC, gateway: null } }], { dns: DNS }),
      /static\.gateway: .*required/,
    ],
    [
      "an address with a prefix",
      onHost([{ id: "n", static: { ...STATIC, address: "10.0.0.5/24" } }], { dns: DNS }),
      /static\.address: .*IPv4/,
    ],
    [
      "a mask with a hole",
      onHost([{ id: "n", static: { ...STATIC, mask: "255.0.255.0" } }], { dns: DNS }),
      /static\.mask: .*contiguous/,
    ],
    ["an IPv6 name server", onHost([{ id: "n" }], { dns: { main: "fe80::1" } }), /^dns\.main: .*IPv4/],
    [
      "one bad address of several",
      inProject([{ id: "n", ports: [{ static: { ...ADDRESSES, addresses: ["10.0.0.5", "x"] } }] }], { dns: DNS }),
      /addresses: .*got: "x"/,
    ],
    ["a VLAN of 4095", onHost([{ id: "n", vlanId: 4095 }]), /vlan_id: .*0 to 4094/],
    ["a port of 0", onHost([{ id: "n" }], { ksc: { address: "ksc", port: 0 } }), /^ksc\.port: .*1 to 65535/],
    [
      "security groups without port security",
      inNetwork({ securityGroupIds: ["g"] }),
      /port_security_enabled: .*port_security_enabled = true/,
    ],
    [
      "security groups with port security off",
      inNetwork({ portSecurityEnabled: false, securityGroupIds: ["g"] }),
      /got: false/,
    ],
    ["an empty name", onHost([{ id: "n" }], { name: " " }), /^name: .*must not be empty/],
    [
      "root's password's version without the password",
      onHost([{ id: "n" }], { root: { passwordWoVersion: "1" } }),
      /^root\.password_wo: .*password_wo/,
    ],
    [
      "a password of 61 characters",
      onHost([{ id: "n" }], { klconfig: { passwordWo: "x".repeat(61) } }),
      /^klconfig\.password_wo: .*at most 60/,
    ],
  ])("with %s has one problem that says what is allowed", (_, config, problem) => {
    expect(problemsOf(svmSchema, config)).toEqual([expect.stringMatching(problem)]);
  });

  test("never shows a password", () => {
    const passwords = {
      root: { passwordWo: "пароль1" },
      klconfig: { passwordWo: "пароль2", currentPasswordWo: "пароль3" },
    };

    expect(problemsOf(svmSchema, onHost([{ id: "n" }], passwords)).join()).not.toContain("пароль");
  });

  test.each<[string, Values, RegExp]>([
    ["a relative path", { manifestPath: "svm.xml" }, /^manifest_path: .*absolute/],
    ["no types", { infrastructureTypes: [] }, /^infrastructure_types: .*at least one/],
    ["the image chapter's spelling of Numa", { infrastructureTypes: ["NUMAVERSER"] }, /NUMAVSERVER/],
  ])("of an image with %s has one problem", (_, others, problem) => {
    const image = { manifestPath: "/svm.xml", infrastructureTypes: ["VMWARE"], ...others };

    expect(problemsOf(svmImageSchema, image)).toEqual([expect.stringMatching(problem)]);
  });
});
