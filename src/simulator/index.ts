/**
 * An Integration Server on loopback, written from the vendor's documents and from nothing else.
 *
 * What it accepts is what the documents show; everything else is refused with a reason.
 */
export type { ByHand, HandMadeMachine } from "./by-hand";
export type * from "./faults/fault";
export { type ActiveFault, Faults } from "./faults/faults";
export { addFault, readFault, type WorkFault } from "./faults/named";
export { defaultHabits, type Habits } from "./habits";
export type * from "./inventory/inventory";
export type { GeneratedObjects, SimulatorOptions } from "./options";
export { type RecordedRequest, type RequestFilter, type RequestHeaders, RequestLog } from "./requests";
export { type Simulator, startSimulator } from "./simulator";
export * from "./snapshot";
export type { TaskFailure, TaskFilter, TaskHold, TaskStop } from "./tasks/interventions";
export type { StoppedState, Task, TaskError, TaskParameter, TaskPlan, TaskState } from "./tasks/task";
export type { TaskEngine } from "./tasks/task-engine";
export type { PresentedCertificate } from "./world/certificates";
export type { Cluster, OtherServer, ReserveInstance, ServerRole } from "./world/cluster";
export {
  type DirectoryEntry,
  defaultAccounts,
  defaultDirectory,
  defaultDomain,
  defaultServers,
  type OtherServerEntry,
} from "./world/default-directory";
export { defaultImageFiles, type ImageFile, type RegisteredImage } from "./world/images";
export type { ConnectionSettings, Credentials, Infrastructure, KeystoneSettings } from "./world/infrastructure";
export type * from "./world/platforms";
export { hypervisorTypes, microserviceNames, openstackTypes } from "./world/platforms";
export type * from "./world/svm-settings";
export { existingKlconfigPassword, type Svm, Svms } from "./world/svms";
export type { TrustRule, World } from "./world/world";
