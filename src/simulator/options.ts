import type { Habits } from "./habits";
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
  /** How many generated hosts and virtual machines the vSphere platform has beside the ones that are always there. */
  readonly inventory?: InventorySize;
  /** Where real servers differ from each other and from their documents. @default as the documents show */
  readonly habits?: Partial<Habits>;
  /** Called after each request was answered or dropped. */
  readonly onAnswered?: (request: RecordedRequest) => void;
}

export interface InventorySize {
  /** @default 0 */
  readonly hosts?: number;
  /** On each generated host. @default 0 */
  readonly vmsPerHost?: number;
}

export const defaultPassword = "integration-server";
