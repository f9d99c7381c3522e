/** What is seen in infrastructures: where SVMs can be, and which there are. */
import type { Flavor, Storage, VirtualMachine } from "../../integration-server";

/** An infrastructure, as far as it can be seen. */
export interface Seen {
  readonly id: string;
  /** Undefined, as name and address, where not even the connection could be read. */
  readonly type: string | undefined;
  readonly name: string | undefined;
  readonly address: string | undefined;
  /** `CONNECTED`, `CONNECTING`, `DISCONNECTED`, or `UNKNOWN` where nobody could tell. */
  readonly status: "CONNECTED" | "CONNECTING" | "DISCONNECTED" | "UNKNOWN";
  readonly isOpenstack: boolean;
  /** Why nothing is known of what is in it. */
  readonly problem: string | undefined;
  /** Hypervisors, or OpenStack projects. */
  readonly places: readonly SeenPlace[];
  /** SVMs that are on none of these places, as far as the server tells. */
  readonly strays: readonly VirtualMachine[];
  /** How many places are listed without an id, so that nobody knows what is on them. */
  readonly hiddenPlaces: number;
}

/** A hypervisor or an OpenStack project. */
export interface SeenPlace {
  readonly id: string;
  readonly name: string;
  /** The OpenStack domain's name. */
  readonly domain: string | undefined;
  readonly state: string | undefined;
  readonly svms: readonly VirtualMachine[];
  /** True where an SVM is listed without an id: there is one, but nothing of it can be known. */
  readonly hasHiddenSvm: boolean;
  /** Of a hypervisor, where more than brief information could be had. */
  readonly storages: readonly Storage[] | undefined;
  /** The same of a project. */
  readonly flavors: readonly Flavor[] | undefined;
}
