/** Tests of a user's own stacks: deployed on a simulated Integration Server, and looked at afterwards. */
export { InventoryError, parseInventory, readInventory } from "../../src/inventory/read";
export { type DeployStackOptions, deployStack, type RunningDeployment } from "./deploy-stack";
export type { PlannedChange, TestDeployment, TestDiagnostic, TestRequest, TestSignal } from "./deployment";
export { DeploymentError } from "./errors";
export { type Expected, type KsvlaMatchers, matchers } from "./matchers";
export { endDeployments } from "./running";
export type { TestResource, TestState } from "./state";
export type { DefineStacks } from "./synthesis";
