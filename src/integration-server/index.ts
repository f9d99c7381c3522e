/** The REST API of an Integration Server, one typed call per documented operation. */
export { type Address, formatAddress, INTEGRATION_SERVER_PORT, parseAddress, parseServerAddress } from "./address";
export type { CertificateProtocol, Certificates, PresentedCertificate, TrustRule } from "./certificates/certificates";
export {
  type ReserveConnectionError,
  type ReserveConnectionStatus,
  type ReserveServer,
  type ReserveServerSettings,
  reserveConnectionState,
} from "./cluster/reserve-server";
export type { ReserveServers, WaitForReserveServerOptions } from "./cluster/reserve-servers";
export type { AssignableRole, ServerRole } from "./cluster/server-role";
export type { CallOptions } from "./http/call";
export {
  AnswerLostError,
  ApiError,
  AuthenticationError,
  IntegrationServerError,
  InvalidArgumentError,
  isNotFound,
  MalformedAnswerError,
  mayHaveTakenEffect,
  NetworkError,
  TlsError,
  type TlsFailure,
  TokenRefusedError,
} from "./http/errors";
export type { OpenUnion } from "./http/json-reader";
export type { LogFields, Logger } from "./http/logger";
export {
  type Account,
  type AccountConnection,
  type ConnectionError,
  type ConnectionState,
  type ConnectionStatus,
  type ConnectionTest,
  type Credentials,
  connectionState,
  INFRASTRUCTURE_TYPES,
  type Infrastructure,
  type InfrastructureType,
  type Microservice,
  type NewInfrastructure,
  OPENSTACK_TYPES,
  type OpenStackSettings,
  type OpenStackType,
} from "./infrastructures/infrastructure";
export type { Infrastructures, WaitForConnectionOptions } from "./infrastructures/infrastructures";
export type {
  Flavor,
  InfrastructureObject,
  InfrastructureObjects,
  Location,
  NamedObject,
  NetworkAdapter,
  ObjectsQuery,
  ObjectType,
  Resources,
  Storage,
  VirtualMachine,
} from "./infrastructures/objects";
export { IntegrationServer, type IntegrationServerOptions } from "./integration-server";
export { SvmExistsError } from "./svms/errors";
export type { Images, NewSvmImage, SvmImage, VerifyImageOptions } from "./svms/images";
export type {
  DeployedSvm,
  DnsServers,
  HostNetwork,
  HostPlacement,
  HostTarget,
  KscConnection,
  OpenStackNetwork,
  OpenStackPlacement,
  OpenStackPort,
  OpenStackTarget,
  StaticAddress,
  StaticAddresses,
  SvmDeployment,
  SvmIdentity,
  SvmImageUse,
  SvmLocation,
  SvmLocationType,
  SvmOperationOptions,
  SvmProgress,
  SvmReadOptions,
  SvmReconfiguration,
  SvmReference,
  SvmRemoval,
  SvmSettings,
  SvmSubtask,
  SvmTaskState,
} from "./svms/svm";
export type { Svms } from "./svms/svms";
export { TaskFailedError } from "./tasks/errors";
export { isFinished, isUnsuccessful, type Task, type TaskState } from "./tasks/task";
export type { Tasks, WaitForTaskOptions } from "./tasks/tasks";
export type { BatchTiming } from "./waiting/batcher";
export { type Clock, sleep, systemClock } from "./waiting/clock";
export { type Pace, pollUntil } from "./waiting/poll";
