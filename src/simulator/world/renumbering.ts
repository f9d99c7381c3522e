import type { Habits } from "../habits";
import { mapTexts } from "../json";
import type { Identifiers } from "./identifiers";
import type { Platform } from "./platforms";

/**
 * The numbers that one connection has for what is on its platform. Inside, the simulator knows the platform's own ids only;
 * requests and answers are translated where they pass. What a connection has numbered anew it does not know by its old id.
 */
export class Renumbering {
  /** Each id and its other one, in both directions. */
  readonly #others = new Map<string, string>();

  /** @param label what the new ids are derived from */
  constructor(
    private readonly identifiers: Identifiers,
    private readonly label: string,
    private readonly scope: Exclude<Habits["newIds"], "nothing">,
    private readonly platform: () => Platform | undefined,
  ) {}

  /** Puts for every id in it the other one; ids within longer texts are found, too. */
  exchange<Value>(value: Value): Value {
    this.#learn();
    return mapTexts(value, (text) => text.replace(/[\w-]{8,}/g, (word) => this.#others.get(word) ?? word));
  }

  /** What has gone keeps its number: tasks still name it. */
  #learn(): void {
    for (const id of this.#ids(this.platform())) {
      if (!this.#others.has(id)) {
        const other = this.identifiers.uuid(`${this.label} ${id}`);
        this.#others.set(id, other).set(other, id);
      }
    }
  }

  #ids(platform: Platform | undefined): readonly string[] {
    if (platform?.kind !== "hypervisor") {
      return [];
    }
    const machines = this.scope === "hosts" ? [] : platform.vms;
    const resources =
      this.scope === "everything" ? platform.hosts.flatMap((host) => [...host.networks, ...host.storages]) : [];
    return [...platform.hosts, ...machines, ...resources].map(({ id }) => id);
  }
}
