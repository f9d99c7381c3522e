import type { Snapshot } from "../../src/simulator";
import type { TestState } from "./state";

/** What came of a deployment. */
export interface TestDeployment {
  /** Terraform's states, by stack. */
  readonly state: Readonly<Record<string, TestState>>;
  /** What is on the Integration Server. */
  readonly server: Snapshot;
  /** What another deployment would change: nothing, where the stacks are right. */
  readonly changes: readonly PlannedChange[];
  /** What the provider and Terraform warned of. */
  readonly warnings: readonly TestDiagnostic[];
  /** What the provider asked the server for, oldest first. */
  readonly requests: readonly TestRequest[];
}

/** A request that the server was sent. */
export interface TestRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** Undefined where a fault dropped the connection. */
  readonly status: number | undefined;
}

/** A message of Terraform's. */
export interface TestDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The resource that it is about; undefined where it is about none. */
  readonly address: string | undefined;
}

/** What Terraform would do to one resource. */
export interface PlannedChange {
  readonly stack: string;
  readonly address: string;
  /** Such as `create`, `update`, `replace` and `delete`. */
  readonly action: string;
}

/** An `AbortSignal`, as far as it is needed: not every project has the types of it. */
export interface TestSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
