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

/** The vSphere inventory, with what makes look-ups by name ambiguous and as many generated hosts as wanted. */
export function createVsphereInventory(identifiers: Identifiers, size: GeneratedObjects): Inventory {
  const make = new ObjectMaker(identifiers, "vcenter");
  const esx01 = make.host("esx-01", "esx-01", ["Servers", "Management", "Backup"], ["ds1", "ds2"]);
  const esx02 = make.host("esx-02", "esx-02", ["Servers", "Management"], ["ds1", "ds3"]);
  const esx03 = make.host("esx-03", "esx-03", ["Servers", "Servers", "Management"], ["ds1", "ds1"]);
  const lab1 = make.host("esx-lab 1", "esx-lab", ["Lab"], ["lab"]);
  const lab2 = make.host("esx-lab 2", "esx-lab", ["Lab"], ["lab"]);
  const vms = [
    make.vm(esx01, "web-01"),
    make.vm(esx01, "web-02"),
    make.vm(esx02, "db-01"),
    make.svm(esx02, "svm-old"),
    make.vm(lab1, "lab-01"),
  ];
  const generated = Array.from({ length: size.hosts ?? 0 }, (_, index) => {
    const name = `esx-generated-${String(index + 1).padStart(4, "0")}`;
    return make.host(name, name, ["Servers", "Management"], ["ds1", "ds2"]);
  });
  const generatedVms = generated.flatMap((host) =>
    Array.from({ length: size.vmsPerHost ?? 0 }, (_, index) => make.vm(host, `${host.name}-vm-${index + 1}`)),
  );
  return { hosts: [esx01, esx02, esx03, lab1, lab2, ...generated], vms: [...vms, ...generatedVms] };
}
