import type { GeneratedObjects } from "../options";
import type { Identifiers } from "./identifiers";
import type { Host, NamedObject, Storage, VirtualMachine } from "./platforms";

interface Inventory {
  readonly hosts: Host[];
  readonly vms: VirtualMachine[];
}

const gibibyte = 1024 ** 3;

/** Makes the objects of one platform; an object's id follows from its path, so equal names can have different ones. */
class ObjectMaker {
  constructor(
    private readonly identifiers: Identifiers,
    private readonly platform: string,
  ) {}

  named(path: string, name: string): NamedObject {
    return { id: this.identifiers.uuid(`${this.platform} ${path}`), name };
  }

  /** @param path what tells the host from one with the same name */
  host(path: string, name: string, networks: readonly string[], storages: readonly string[]): Host {
    return {
      ...this.named(path, name),
      state: "Started",
      networks: networks.map((network, index) => this.named(`${path} network ${index}`, network)),
      storages: storages.map((storage, index) => this.storage(`${path} storage ${index}`, storage)),
    };
  }

  vm(host: Host, name: string): VirtualMachine {
    return {
      ...this.named(`vm ${name}`, name),
      parentId: host.id,
      state: "Enabled",
      networkAdapters: host.networks.slice(0, 1).map((network) => ({ ...network })),
      isSvm: false,
    };
  }

  svm(host: Host, name: string): VirtualMachine {
    return { ...this.vm(host, name), isSvm: true, svmVersion: "6.2.0.1000" };
  }

  private storage(path: string, name: string): Storage {
    const gibibytes = 100 + Math.floor(900 * this.identifiers.fraction(`${this.platform} ${path} free`));
    return { ...this.named(path, name), freeSpace: gibibytes * gibibyte };
  }
}

/** Two hosts and a virtual machine, named after the platform; nothing on a secondary server. */
export function createHypervisorInventory(identifiers: Identifiers, host: string, isPrimary: boolean): Inventory {
  if (!isPrimary) {
    return { hosts: [], vms: [] };
  }
  const make = new ObjectMaker(identifiers, host);
  const prefix = host.split(".", 1)[0] ?? host;
  const first = make.host("host 1", `${prefix}-01`, ["Servers", "Management"], ["local", "shared"]);
  const second = make.host("host 2", `${prefix}-02`, ["Servers", "Management"], ["local", "shared"]);
  return { hosts: [first, second], vms: [make.vm(first, "app-01")] };
}

/** The hosts of the vSphere inventory: what each is called, what tells those of one name apart, and what it has by name. */
export const vsphereHosts = [
  { id: "esx-01", name: "esx-01", networks: ["Servers", "Management", "Backup"], storages: ["ds1", "ds2"] },
  { id: "esx-02", name: "esx-02", networks: ["Servers", "Management"], storages: ["ds1", "ds3"] },
  { id: "esx-03", name: "esx-03", networks: ["Servers", "Servers", "Management"], storages: ["ds1", "ds1"] },
  { id: "esx-lab 1", name: "esx-lab", networks: ["Lab"], storages: ["lab"] },
  { id: "esx-lab 2", name: "esx-lab", networks: ["Lab"], storages: ["lab"] },
] as const;

/** The vSphere inventory, with what makes look-ups by name ambiguous and as many generated hosts as wanted. */
export function createVsphereInventory(identifiers: Identifiers, size: GeneratedObjects): Inventory {
  const make = new ObjectMaker(identifiers, "vcenter");
  const made = vsphereHosts.map(({ id, name, networks, storages }) => make.host(id, name, networks, storages));
  const [esx01, esx02, , lab] = made as [Host, Host, Host, Host];
  const vms = [
    make.vm(esx01, "web-01"),
    make.vm(esx01, "web-02"),
    make.vm(esx02, "db-01"),
    make.svm(esx02, "svm-old"),
    make.vm(lab, "lab-01"),
  ];
  const generated = Array.from({ length: size.hosts ?? 0 }, (_, index) => {
    const name = `esx-generated-${String(index + 1).padStart(4, "0")}`;
    return make.host(name, name, ["Servers", "Management"], ["ds1", "ds2"]);
  });
  const generatedVms = generated.flatMap((host) =>
    Array.from({ length: size.vmsPerHost ?? 0 }, (_, index) => make.vm(host, `${host.name}-vm-${index + 1}`)),
  );
  return { hosts: [...made, ...generated], vms: [...vms, ...generatedVms] };
}
