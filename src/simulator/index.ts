/**
 * An Integration Server on loopback, written from the vendor's documents and from nothing else.
 *
 * What it accepts is what the documents show; everything else is refused with a reason.
 */
export { type ActiveFault, type Fault, type FaultRule, Faults } from "./faults";
export type { InventorySize, SimulatorOptions, Variants } from "./options";
export { type RecordedRequest, type RequestFilter, RequestLog } from "./requests";
export { type Simulator, startSimulator } from "./simulator";
export type { Task, TaskError, TaskParameter, TaskPlan, TaskState } from "./tasks/task";
export type { TaskEngine, TaskFailure } from "./tasks/task-engine";
export type { PresentedCertificate } from "./world/certificates";
export { type DirectoryEntry, defaultAccounts, defaultDirectory, defaultDomain } from "./world/default-directory";
export type { ConnectionSettings, Credentials, Infrastructure, KeystoneSettings } from "./world/infrastructure";
export type * from "./world/platforms";
export type { TrustRule, World } from "./world/world";
