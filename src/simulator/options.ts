import type { Habits } from "./habits";
import type { Inventory } from "./inventory/inventory";
import type { RecordedRequest } from "./requests";

/** How a simulator behaves. */
export interface SimulatorOptions {
  /** @default 0, which takes a free one */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** Decides every id, and every certificate but its own. Tokens are random. @default "ksvla" */
  readonly seed?: string;
  /**
   * Real seconds per simulated second: 0.01 makes everything a hundred times faster. A connection takes about three
   * simulated seconds. @default 1
   */
  readonly timeScale?: number;
  /** How long a token is valid, in real milliseconds. @default 3,600,000 (one hour) */
  readonly tokenLifetime?: number;
  /** The administrator's password; the user name is always "admin". @default "integration-server" */
  readonly password?: string;
  /** What there is to connect to. @default one platform of every type, as the simulator's `--help` lists them */
  readonly inventory?: Inventory;
  /** Hosts and virtual machines that the vSphere of the default world has beside its own; nothing with an inventory. */
  readonly generated?: GeneratedObjects;
  /** Where real servers differ from each other and from their documents. @default as the documents show */
  readonly habits?: Partial<Habits>;
  /** Called after each request was answered or dropped. */
  readonly onAnswered?: (request: RecordedRequest) => void;
}

/** How many are generated. */
export interface GeneratedObjects {
  /** @default 0 */
  readonly hosts?: number;
  /** On each generated host. @default 0 */
  readonly vmsPerHost?: number;
}

export const defaultPassword = "integration-server";
