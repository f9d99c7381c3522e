import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InventoryError, parseInventory, readInventory } from "../../src/inventory";

const SITE = `
infrastructures:
  - type: VMWARE
    address: vcenter.example.test
    hosts:
      - name: esx-01
        networks: [Servers, { name: Management, id: network-7 }]
        storages:
          - ds1
          - { name: ds2, freeSpace: 1000 }
        svms:
          - { name: svm-esx-01, version: 6.2.0.1000, networks: [Management] }
      - esx-02
`;

function mistakesIn(text: string): readonly string[] {
  try {
    parseInventory(text, "site.yaml");
  } catch (error) {
    if (error instanceof InventoryError) return error.message.split("\n");
    throw error;
  }
  return [];
}

/** One infrastructure with these lines. */
const infrastructure = (...lines: readonly string[]) => `infrastructures:\n  - ${lines.join("\n    ")}\n`;
const vsphere = (...lines: readonly string[]) => infrastructure("type: VMWARE", "address: vcenter", ...lines);

test("what is only a name may be written as a name", () => {
  expect(parseInventory(SITE, "site.yaml")).toEqual({
    infrastructures: [
      {
        type: "VMWARE",
        address: "vcenter.example.test",
        hosts: [
          {
            name: "esx-01",
            networks: [{ name: "Servers" }, { name: "Management", id: "network-7" }],
            storages: [{ name: "ds1" }, { name: "ds2", freeSpace: 1000 }],
            svms: [{ name: "svm-esx-01", version: "6.2.0.1000", networks: ["Management"] }],
          },
          { name: "esx-02" },
        ],
      },
    ],
  });
});

test("JSON is read, too, with tabs and all", () => {
  const json = JSON.stringify(parseInventory(SITE, "site.yaml"), undefined, "\t");
  expect(parseInventory(json, "site.json")).toEqual(parseInventory(SITE, "site.yaml"));
});

test("anchors, aliases and merged maps mean what they mean in YAML", () => {
  const text = vsphere(
    "hosts:",
    "  - &host { name: esx-01, state: Started, networks: &networks [Servers] }",
    "  - { <<: *host, name: esx-02 }",
    "  - { name: esx-03, networks: *networks }",
  );
  expect(parseInventory(text, "site.yaml").infrastructures).toMatchObject([
    {
      hosts: [
        { name: "esx-01", state: "Started", networks: [{ name: "Servers" }] },
        { name: "esx-02", state: "Started", networks: [{ name: "Servers" }] },
        { name: "esx-03", networks: [{ name: "Servers" }] },
      ],
    },
  ]);
});

test.each([
  ["nothing at all", "", ["1:1: It must be a map with infrastructures, images, servers, got: nothing."]],
  ["no YAML", "infrastructures: [", [expect.stringMatching(/^\d+:\d+: Flow sequence/)]],
  ["a field twice", "infrastructures: []\ninfrastructures: []", ["2:1: Map keys must be unique"]],
  ["an alias of what it is in", "infrastructures: &all [*all]", ["1:24: *all is a part of itself."]],
  [
    "a type that there is not",
    infrastructure("type: VSPHERE"),
    [expect.stringContaining("2:11: It must be one of HYPERV, XEN,")],
  ],
  ["no type", infrastructure("address: vcenter"), ["2:5: type is missing."]],
  ["no address", infrastructure("type: VMWARE"), ["2:5: address is missing."]],
  [
    "an address with a scheme",
    infrastructure("type: VMWARE", "address: https://vcenter"),
    ['3:14: It must be a host name or IP address, with a port if need be, got: "https://vcenter".'],
  ],
  ["a field that was meant to be another", vsphere("host: []"), ["4:5: There is no host here. Did you mean hosts?"]],
  [
    "projects on a hypervisor",
    vsphere("projects: []"),
    [expect.stringContaining("4:5: There is no projects here. There are type,")],
  ],
  ["a number in place of a version", vsphere("version: 8.10"), ["4:14: It must be a version in quotes, got: 8.10."]],
  [
    "free space with a unit",
    vsphere("hosts:", "  - name: esx-01", "    storages:", "      - { name: ds1, freeSpace: 500G }"),
    ['7:37: It must be a number, 0 or more, got: "500G".'],
  ],
  ["a field without a value", vsphere("hosts:"), ["4:11: It must be a list, got: nothing."]],
  [
    "an id without a connection",
    vsphere("id: infra-1"),
    ["4:9: Only a connection has an id; without connected: true, a stack makes it."],
  ],
  [
    "a connection without an administrator",
    vsphere("connected: true", "accounts: [{ name: viewer, role: readOnly }]"),
    ["5:15: A connection needs an account with the role admin, and there is none."],
  ],
  [
    "an SVM on a network that its host does not have",
    vsphere("hosts:", "  - name: esx-01", "    networks: [Servers]", "    svms: [{ name: svm, networks: [Server] }]"),
    ["7:40: esx-01 has no network Server. There are: Servers."],
  ],
  [
    "two infrastructures at one host",
    `${vsphere()}  - { type: LIBVIRT, address: "VCENTER:2222" }\n`,
    ["4:5: There is one infrastructure at vcenter already, in line 2."],
  ],
  [
    "two hosts with one id",
    vsphere("hosts:", "  - { name: esx-01, id: host-1 }", "  - { name: esx-02, id: host-1 }"),
    ["6:9: There is a place with the id host-1 already, in line 5."],
  ],
  [
    "a certificate of another host",
    vsphere(`certificates: [{ address: "other:443", thumbprint: "${"1f".repeat(20)}" }]`),
    ["4:20: Nothing of this infrastructure is at other."],
  ],
])("%s is refused, with its line and column", (_, text, mistakes) => {
  expect(mistakesIn(text).map((mistake) => mistake.replace(/^site\.yaml:/, ""))).toEqual(mistakes);
});

test("every mistake is named, from the top down", () => {
  const text = vsphere("hosts:", "  - { nam: esx-01 }", "  - { name: esx-02, state: 7 }", "outage: BROKEN");
  expect(mistakesIn(text)).toEqual([
    "site.yaml:5:9: name is missing.",
    "site.yaml:5:11: There is no nam here. Did you mean name?",
    "site.yaml:6:32: It must be a state in quotes, got: 7.",
    'site.yaml:7:13: It must be one of NETWORK_ERROR, SERVER_ERROR, got: "BROKEN".',
  ]);
});

test("a file is read, and mistakes name it as it was named", () => {
  const folder = mkdtempSync(join(tmpdir(), "ksvla-inventory-"));
  const file = join(folder, "site.yaml");
  try {
    writeFileSync(file, "infrastructures: none\n");
    expect(() => readInventory(file)).toThrow(
      new InventoryError(file, [{ line: 1, column: 18, message: 'It must be a list, got: "none".' }]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the guide shows an inventory, and the mistake that it quotes is that one", () => {
  const guide = readFileSync(join(__dirname, "../../docs/guides/simulator.md"), "utf8");
  const [, yaml = ""] = /```yaml\n(infrastructures:.*?)```/s.exec(guide) ?? [];
  expect(parseInventory(yaml, "site.yaml").infrastructures).toHaveLength(2);
  expect(guide).toContain(mistakesIn(yaml.replace("address", "adress")).at(-1));
});
