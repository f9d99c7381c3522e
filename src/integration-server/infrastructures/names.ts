/**
 * What infrastructures, hypervisors and projects are called, from every answer that told: messages name what people know,
 * since nobody knows ids by heart.
 */
import { canonicalId } from "../ids";
import type { NamedObject } from "./objects";

/** What a message is to name. */
export interface NamedLocation {
  /** A hypervisor or an OpenStack project. */
  readonly type: "host" | "openstackProject";
  readonly infrastructureId: string;
  readonly locationId: string;
}

export class Names {
  readonly #addresses = new Map<string, string>();
  readonly #places = new Map<string, Map<string, string>>();

  /** To be told of every answer about a connection. */
  learnInfrastructure({ id, address }: { readonly id: string; readonly address: string }): void {
    if (address !== "") this.#addresses.set(canonicalId(id), address);
  }

  /** To be told of every answer about places in an infrastructure. */
  learnPlaces(infrastructureId: string, places: readonly NamedObject[]): void {
    const known = this.#places.get(canonicalId(infrastructureId)) ?? new Map<string, string>();
    for (const { id, name } of places) if (name !== "") known.set(canonicalId(id), name);
    this.#places.set(canonicalId(infrastructureId), known);
  }

  /** Undefined where no answer has told it so far. */
  addressOf(infrastructureId: string): string | undefined {
    return this.#addresses.get(canonicalId(infrastructureId));
  }

  /** Undefined where no answer has told it so far. */
  placeName(infrastructureId: string, placeId: string): string | undefined {
    return this.#places.get(canonicalId(infrastructureId))?.get(canonicalId(placeId));
  }

  /** `vcenter.example.com ("12")`, or `the infrastructure "12"` */
  infrastructure(id: string): string {
    const address = this.addressOf(id);
    return address === undefined ? `the infrastructure "${id}"` : `${address} ("${id}")`;
  }

  /**
   * `esx-07 ("4711") of vcenter.example.com ("12")`, or `hypervisor "4711" of the infrastructure "12"`
   *
   * @param seenAs what it was called when somebody last saw it
   */
  place({ type, infrastructureId, locationId }: NamedLocation, seenAs?: string): string {
    const name = this.placeName(infrastructureId, locationId) ?? seenAs;
    const kind = type === "host" ? "hypervisor" : "project";
    const project = type === "host" ? "" : "project ";
    const place = name === undefined ? `${kind} "${locationId}"` : `${project}${name} ("${locationId}")`;
    return `${place} of ${this.infrastructure(infrastructureId)}`;
  }
}
