import type { RecordedRequest } from "./requests";

/** How a simulator behaves. */
export interface SimulatorOptions {
  /** @default 0, which takes a free one */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** Decides every id and token, and every certificate but its own. @default "ksvla" */
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
  /** Readings of the documents where they can be read in more than one way. */
  readonly variants?: Partial<Variants>;
  /** Called after each request was answered or dropped. */
  readonly onAnswered?: (request: RecordedRequest) => void;
}

export interface InventorySize {
  /** @default 0 */
  readonly hosts?: number;
  /** On each generated host. @default 0 */
  readonly vmsPerHost?: number;
}

/** Where the documents leave two readings, and a client has to cope with both. */
export interface Variants {
  /**
   * Where a region lists its glance, neutron and cinder microservices: beside `endpoints`, as the sample's brackets say,
   * or inside of it, as its text says. @default "beside"
   */
  readonly microservices: "beside" | "inside";
  /**
   * What `details` of OpenStack's `readonly` account is: regions like the administrator's, or a text, as the sample
   * literally shows. @default "regions"
   */
  readonly readOnlyDetails: "regions" | "text";
  /**
   * When a task shows its `result`: at its end, as the text about deployment says, or as early as the samples do, which
   * have `true` at progress 0 and an SVM's id while its task is running, whatever becomes of it. @default "atTheEnd"
   */
  readonly taskResult: "atTheEnd" | "early";
  /**
   * Whether tasks have a `stage`, as the completed verification does, or none, as every other sample. @default "shown"
   */
  readonly taskStage: "shown" | "leftOut";
  /**
   * What ends a token: `validTo`, which `activeTo` then equals, or `activeTo`, which is then half-way there. The documents
   * explain neither. @default "validTo"
   */
  readonly sessionEnd: "validTo" | "activeTo";
  /**
   * What `address` of a presented certificate is: the whole parameter of the request, or its `<address>` without
   * `:<port>`. @default "withPort"
   */
  readonly certificateAddress: "withPort" | "withoutPort";
}

export const defaultVariants: Variants = {
  microservices: "beside",
  readOnlyDetails: "regions",
  taskResult: "atTheEnd",
  taskStage: "shown",
  sessionEnd: "validTo",
  certificateAddress: "withPort",
};

export const defaultPassword = "integration-server";
