import { commandHelp } from "./commands";
import { effectHelp } from "./faults/effects";
import { workFaultHelp, workFaultSyntax } from "./faults/named";
import { faultSyntax } from "./faults/parse";
import { habitHelp } from "./habit-values";
import type { Inventory } from "./inventory/inventory";
import { defaultAccounts, defaultDirectory, defaultDomain, defaultServers } from "./world/default-directory";
import { vsphereHosts } from "./world/default-hypervisors";
import { defaultImageFiles } from "./world/images";
import { connectionProfiles, isOpenstackType } from "./world/platforms";
import { existingKlconfigPassword } from "./world/svms";

/** A table, with its headings first where it has any. */
export interface GuideTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What is to be told, in order: each a paragraph of text in one line, or a table. */
export type Guide = readonly (string | GuideTable)[];

/** Everything that can be said on the command line beside options. */
export function describeDeviations(): Guide {
  return [
    "Habits of real servers, each with the values it can have, its default first:",
    plain(
      habitHelp.flatMap(([name, meaning, values]) => [
        [name, meaning],
        ["", values],
      ]),
    ),
    `Faults of what is done to SVMs: ${workFaultSyntax}`,
    "SVM is a name, or * for whichever comes first. It goes wrong once, at this step; without one, it fails when all steps have taken effect, or is stopped before any has.",
    plain(workFaultHelp),
    `Faults of requests: ${faultSyntax}`,
    "The path may leave out /api/3.0, and * in it is any run of characters. WHICH of the matching requests is the first one, or 2, 2-4 or 2+; with a probability, all. The effects:",
    plain(effectHelp),
    "Commands, a line each on stdin with --commands:",
    plain(commandHelp),
  ];
}

/** What an inventory has. */
export function describeInventory(inventory: Inventory): Guide {
  const rows = inventory.infrastructures.map((entry) => [
    entry.type,
    entry.address,
    "projects" in entry ? counted(entry.projects, "project") : counted("hosts" in entry ? entry.hosts : [], "host"),
    entry.connected ? `connected${entry.id === undefined ? "" : `, id ${entry.id}`}` : "",
  ]);
  return [{ headings: ["TYPE", "ADDRESS", "HAS", "REMARK"], rows }];
}

function counted(objects: readonly unknown[] | undefined, what: string): string {
  const count = objects?.length ?? 0;
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** The world a simulator starts with. */
export function describeDefaultWorld(): Guide {
  const rows = defaultDirectory.map(({ type, host, protocol, remark }) => {
    const { port, trust } = connectionProfiles[type];
    const trusted = protocol === "http" ? [] : trust.map((each) => `${each.transport} ${each.port ?? port}`);
    return [type, `${host}:${port}`, trusted.join(", ") || "nothing", remark];
  });
  const accounts = defaultAccounts.map(({ name, password, role }) => [name, password, rights[role]]);
  const servers = defaultServers.map(({ address, password, role, remark }) => [address, password, role, remark]);
  const images = defaultImageFiles.map(({ manifestPath, svmVersion, size, tampered }) => [
    manifestPath,
    svmVersion,
    `${(size / 1024 ** 3).toFixed(1)} GiB`,
    tampered ? "its verification fails" : "",
  ]);
  const hosts = vsphereHosts.map(({ name, networks, storages }) => [name, networks.join(", "), storages.join(", ")]);
  const openstack = defaultDirectory.filter((entry) => isOpenstackType(entry.type)).length;
  return [
    { headings: ["TYPE", "ADDRESS", "TO BE TRUSTED", "REMARK"], rows },
    `Accounts on each of them (on the ${openstack} with OpenStack in the domain ${defaultDomain}):`,
    { headings: ["NAME", "PASSWORD", "MAY"], rows: accounts },
    "The hosts of vcenter.example.test; two of them have one name, and esx-03 has two networks and two storages of one name:",
    { headings: ["HOST", "NETWORKS", "STORAGES"], rows: hosts },
    "Each other hypervisor has two hosts, named after it (proxmox-01, proxmox-02), with the networks Servers and Management and the storages local and shared. Each OpenStack has the projects security (in the domains Default and Production) and web (in Production), with two networks named Servers in web. Any other address does not answer.",
    "SVM images on the Integration Server, by the manifest to register:",
    { headings: ["MANIFEST", "VERSION", "SIZE", "REMARK"], rows: images },
    `There are SVMs already: svm-old on esx-02, and svm-existing in the project security of each OpenStack (domain ${defaultDomain}); the password of their user klconfig is ${existingKlconfigPassword}.`,
    "Other Integration Servers, for a high-availability cluster:",
    { headings: ["ADDRESS", "PASSWORD OF admin", "ROLE", "REMARK"], rows: servers },
  ];
}

const rights = { admin: "everything", readOnly: "look, but not deploy", none: "log in, but nothing else" } as const;

function plain(rows: readonly (readonly string[])[]): GuideTable {
  return { headings: [], rows };
}
