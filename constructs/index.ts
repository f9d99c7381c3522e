/** Constructs for Kaspersky Security for Virtualization Light Agent. The resources that they are made of are in `cdktf-ksvla/generated`. */
import "./kind/peer";

export type {
  ById,
  HypervisorPlacement,
  OpenStackPlacement,
  OpenStackSvmNetwork,
  SvmNetwork,
  SvmPlacement,
  SvmPort,
} from "./fleet/placement";
export type { FleetSvmProps, SvmImageOptions, SvmPerHostProps, SvmProps, SvmSharedProps } from "./fleet/props";
export type {
  KscConnection,
  Language,
  SvmKlconfigAccount,
  SvmMetaArguments,
  SvmRootAccount,
  SvmSettings,
} from "./fleet/settings";
export { type ISvm, Svm, type SvmAttributes } from "./fleet/svm";
export {
  type ISvmDeployment,
  SvmDeployment,
  type SvmDeploymentAttributes,
  type SvmDeploymentProps,
} from "./fleet/svm-deployment";
export { UpgradeStrategy } from "./fleet/upgrade-strategy";
export {
  type IInfrastructure,
  Infrastructure,
  type InfrastructureAccount,
  type InfrastructureAttributes,
  type InfrastructureProps,
  type OpenStackConnection,
} from "./infrastructure";
export { InfrastructureType } from "./infrastructure-type";
export { Host, type HostAttributes, type HostProps, type IHost } from "./look-ups/host";
export {
  type IOpenStackProject,
  OpenStackProject,
  type OpenStackProjectAttributes,
  type OpenStackProjectProps,
} from "./look-ups/openstack-project";
export { KsvlaProvider, type KsvlaProviderProps } from "./provider";
export type { IInfrastructureObject, InfrastructureObjectAttributes } from "./reference";
export {
  type IReserveServer,
  ReserveServer,
  type ReserveServerAttributes,
  type ReserveServerProps,
  type ReserveServerTrust,
} from "./reserve-server";
export { OutputList, OutputMap } from "./schema/outputs";
export { Secret, type SecretOptions, type VariableSecretOptions } from "./secret";
export { ServerRole, type ServerRoleProps } from "./server-role";
export { type ISvmImage, SvmImage, type SvmImageAttributes, type SvmImageProps } from "./svm-image";
export type { MicroserviceTrust, TrustOptions } from "./trust";
export { TrustedCertificate, type TrustedCertificateProps } from "./trusted-certificate";
