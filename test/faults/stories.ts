/** What a story is about: a configuration, and how it changes. Each is as short as its calls allow. */
import type { Bench } from "./support/bench";
import type { Block } from "./support/little-terraform";

export interface Story {
  /** Makes ready what it needs and is not about. */
  begin(bench: Bench): Promise<Stage>;
}

export interface Stage {
  readonly blocks: readonly Block[];
  /** The same after a change in place. */
  readonly changed: readonly Block[];
}

type Values = Readonly<Record<string, unknown>>;

const ADMIN = { name: "admin", passwordWo: "Admin-Passw0rd" };
const VCENTER = "vcenter.example.test";
const KEYSTONE = "openstack.example.test";
const RESERVE = "viis-reserve.example.test:7271";
const ROLE: Block = { address: "role", type: "ksvla_server_role", configure: () => ({ role: "Primary" }) };
/** What no task of a story takes, in simulated seconds. */
const TIMEOUT = 800;

/** Of life cycles, which go by the system's clock. */
function timeouts(bench: Bench, ...operations: readonly string[]): Values {
  const limit = `${Math.round((TIMEOUT / bench.pace) * 1_000)}ms`;
  return { timeouts: Object.fromEntries(operations.map((operation) => [operation, limit])) };
}

function unchanged(blocks: readonly Block[]): Stage {
  return { blocks, changed: blocks };
}

export const certificate: Story = {
  begin: async ({ simulator }) => {
    simulator.world.trustRules.length = 0;
    const configure = () => ({ address: `${VCENTER}:443` });
    return unchanged([{ address: "certificate", type: "ksvla_trusted_certificate", configure }]);
  },
};

export const sshKey: Story = {
  begin: async ({ simulator }) => {
    simulator.world.trustRules.length = 0;
    const configure = () => ({ address: "kvm.example.test:22", protocol: "ssh" });
    return unchanged([{ address: "key", type: "ksvla_trusted_certificate", configure }]);
  },
};

export const connection: Story = {
  begin: async (bench) => unchanged([vcenter(bench)]),
};

export const cloudConnection: Story = {
  begin: async (bench) => {
    const configure = () => ({
      type: "OPENSTACK",
      address: KEYSTONE,
      openstack: { protocol: "https", region: "RegionOne" },
      admin: { ...ADMIN, domain: "Default" },
      ...timeouts(bench, "create"),
    });
    return unchanged([{ address: "cloud", type: "ksvla_infrastructure", configure }]);
  },
};

export const image: Story = {
  begin: async (bench) => {
    const configure = () => ({
      manifestPath: "/opt/svm/svm-6.2.xml",
      infrastructureTypes: ["VMWARE"],
      ...timeouts(bench, "create"),
    });
    return unchanged([{ address: "image", type: "ksvla_svm_image", configure }]);
  },
};

/** Data sources of an infrastructure that somebody else has connected: one hypervisor, and everything. */
export const lookUps: Story = {
  begin: async (bench) => {
    const infrastructureId = await bench.connectPlatform("VMWARE");
    bench.terraform.lookUps = [
      { type: "ksvla_host", config: { infrastructureId, name: "esx-01", ...timeouts(bench, "read") } },
      { type: "ksvla_infrastructure", config: { id: infrastructureId, ...timeouts(bench, "read") } },
      {
        type: "ksvla_infrastructure_objects",
        config: { infrastructureId, types: ["SVM"], ...timeouts(bench, "read") },
      },
    ];
    return unchanged([ROLE]);
  },
};

export const reserveServer: Story = {
  begin: async (bench) => {
    const at = (address: string): Block => ({
      address: "reserve",
      type: "ksvla_reserve_server",
      after: ["role"],
      configure: () => ({ address, passwordWo: "Reserve-Passw0rd", ...timeouts(bench, "create", "update") }),
    });
    return { blocks: [ROLE, at(RESERVE)], changed: [ROLE, at("viis-spare.example.test:7271")] };
  },
};

/** Two on one hypervisor, through a connection that somebody else has made. */
export const svms: Story = {
  begin: async (bench) => {
    const infrastructureId = await bench.connectPlatform("VMWARE");
    const imageId = await bench.registerImage();
    const all = (allowSsh: boolean) =>
      ["svm-1", "svm-2"].map((name) =>
        svm(bench, name, { allowSsh, imageId, infrastructureId: () => infrastructureId }),
      );
    return { blocks: all(false), changed: all(true) };
  },
};

/** One in a project of OpenStack. */
export const cloudSvm: Story = {
  begin: async (bench) => {
    const infrastructureId = await bench.connectPlatform("OPENSTACK");
    const imageId = await bench.registerImage();
    const project = bench.simulator.world.openstack(KEYSTONE).projects[0]!;
    const one = (allowSsh: boolean): Block => ({
      address: "svm",
      type: "ksvla_svm",
      configure: () => ({
        name: "svm-é",
        infrastructureId,
        imageId,
        openstack: {
          projectId: project.id,
          flavorId: project.flavors[1]!.id,
          networks: [{ id: project.networks[0]!.id, ports: [{}] }],
        },
        ...svmSettings(bench, allowSsh),
      }),
    });
    return { blocks: [one(false)], changed: [one(true)] };
  },
};

/** A connection and an SVM behind it; the change is a rotated password, which replaces the connection. */
export const everything: Story = {
  begin: async (bench) => {
    const imageId = await bench.registerImage();
    const behind = svm(bench, "svm-1", { imageId, infrastructureId: (idOf) => idOf("vcenter") });
    const all = (version: string): Block[] => [vcenter(bench, version), { ...behind, after: ["vcenter"] }];
    return { blocks: all("1"), changed: all("2") };
  },
};

function vcenter(bench: Bench, version = "1"): Block {
  const configure = () => ({
    type: "VMWARE",
    address: VCENTER,
    admin: { ...ADMIN, passwordWoVersion: version },
    readOnly: { name: "viewer", passwordWo: "Viewer-Passw0rd" },
    ...timeouts(bench, "create"),
  });
  return { address: "vcenter", type: "ksvla_infrastructure", configure };
}

interface SvmOptions {
  readonly imageId: string;
  readonly allowSsh?: boolean;
  infrastructureId(idOf: Parameters<Block["configure"]>[0]): unknown;
}

function svm(bench: Bench, name: string, { imageId, allowSsh = false, infrastructureId }: SvmOptions): Block {
  const host = bench.simulator.world.hypervisor(VCENTER).hosts[0]!;
  const configure: Block["configure"] = (idOf) => ({
    name,
    infrastructureId: infrastructureId(idOf),
    imageId,
    host: { id: host.id, storageId: host.storages[0]!.id, networks: [{ id: host.networks[0]!.id }] },
    ...svmSettings(bench, allowSsh),
  });
  return { address: name, type: "ksvla_svm", configure };
}

function svmSettings(bench: Bench, allowSsh: boolean): Values {
  return {
    ksc: { address: "ksc.example.test" },
    root: { allowSsh },
    klconfig: { passwordWo: "Klconfig-1" },
    ...timeouts(bench, "create", "update", "delete"),
  };
}
