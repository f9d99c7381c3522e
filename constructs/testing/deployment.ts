import type { Snapshot } from "../../src/simulator";
import type { TestState } from "./state";
import type { PlannedChange, TestDiagnostic } from "./terraform";

/** What came of a deployment. */
export interface TestDeployment {
  /** Terraform's states, by stack. */
  readonly state: Readonly<Record<string, TestState>>;
  /** What is on the Integration Server. */
  readonly server: Snapshot;
  /** What another deployment would change: nothing, where the stacks are right. */
  readonly changes: readonly PlannedChange[];
  readonly warnings: readonly TestDiagnostic[];
  /** What the provider asked the server for, oldest first. */
  readonly requests: readonly TestRequest[];
}

export interface TestRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** Undefined where a fault dropped the connection. */
  readonly status: number | undefined;
}
