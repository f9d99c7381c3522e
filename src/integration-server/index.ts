/** The REST API of an Integration Server, one typed call per documented operation. */
export { type Address, formatAddress, INTEGRATION_SERVER_PORT, parseAddress, parseServerAddress } from "./address";
export type { BatchTiming } from "./batcher";
export type { CertificateProtocol, Certificates, PresentedCertificate, TrustRule } from "./certificates";
export type { Documented } from "./documented";
export {
  AnswerLostError,
  ApiError,
  AuthenticationError,
  IntegrationServerError,
  InvalidArgumentError,
  isNotFound,
  MalformedAnswerError,
  NetworkError,
  SvmExistsError,
  TaskFailedError,
  TlsError,
  type TlsFailure,
  TokenRefusedError,
} from "./errors";
export type { Images, NewSvmImage, SvmImage, VerifyImageOptions } from "./images";
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
} from "./infrastructure";
export type { Infrastructures, WaitForConnectionOptions } from "./infrastructures";
export { IntegrationServer } from "./integration-server";
export type { LogFields, Logger } from "./logger";
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
} from "./objects";
export type { CallOptions, IntegrationServerOptions } from "./options";
export {
  type ReserveConnectionError,
  type ReserveConnectionStatus,
  type ReserveServer,
  type ReserveServerSettings,
  reserveConnectionState,
} from "./reserve-server";
export type { ReserveServers, WaitForReserveServerOptions } from "./reserve-servers";
export type { AssignableRole, ServerRole } from "./server-role";
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
} from "./svm";
export type { Svms } from "./svms";
export { isFinished, type Task, type TaskState } from "./task";
export type { Tasks, WaitForTaskOptions } from "./tasks";
export { parseThumbprint } from "./thumbprint";
