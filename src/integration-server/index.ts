/**
 * The REST API of an Integration Server, one typed call per documented operation. What schemas need of it they take from
 * `address` and `infrastructures/infrastructure`, since constructs hold schemas and no client.
 */
export type { PresentedCertificate } from "./certificates/certificates";
export {
  type ReserveConnectionError,
  type ReserveServer,
  type ReserveServerSettings,
  reserveConnectionState,
} from "./cluster/reserve-server";
export {
  AnswerLostError,
  ApiError,
  AuthenticationError,
  IntegrationServerError,
  InvalidArgumentError,
  MalformedAnswerError,
  NetworkError,
  TlsError,
  TokenRefusedError,
} from "./http/errors";
export { type Failure, type FailureKind, failureOf, isNotFound } from "./http/failure";
export { type Inspection, inspect, type ShownCertificate } from "./http/inspection";
export type { LogFields, Logger } from "./http/logger";
export { Secret } from "./http/secret";
export {
  type AccountConnection,
  type ConnectionTest,
  connectionState,
  type Infrastructure,
  type Microservice,
  type NewInfrastructure,
} from "./infrastructures/infrastructure";
export type { Sight } from "./infrastructures/inventory";
export { INFRASTRUCTURE_TYPES, OPENSTACK_TYPES } from "./infrastructures/kinds";
export type {
  Flavor,
  InfrastructureObjects,
  Location,
  NamedObject,
  NetworkAdapter,
  ObjectsQuery,
  ObjectType,
  Storage,
  UnidentifiedObject,
  VirtualMachine,
} from "./infrastructures/objects";
export type { Places } from "./infrastructures/places";
export { IntegrationServer, type IntegrationServerOptions } from "./integration-server";
export { ConnectionDownError, NetworksKeptError, SvmExistsError } from "./svms/errors";
export type { Finding, KnownSvm, NamedPlace, Outcome, SvmRemovalSent, Uncertainty } from "./svms/finding";
export type { SvmImage } from "./svms/images";
export type { Judge } from "./svms/judge";
export type {
  DeployedSvm,
  HostNetwork,
  HostPlacement,
  OpenStackNetwork,
  OpenStackPlacement,
  SvmDeployment,
  SvmIdentity,
  SvmLocation,
  SvmOperationOptions,
  SvmReconfiguration,
  SvmRemoval,
  SvmSettings,
  SvmTaskState,
} from "./svms/svm";
export { TaskFailedError } from "./tasks/errors";
export { isUnsuccessful, type Task, taskName } from "./tasks/task";
export { type Clock, deadline, sleep } from "./waiting/clock";
export { type Pace, pollUntil } from "./waiting/poll";
