/** Constructs for Kaspersky Security for Virtualization Light Agent, and the resources that they are made of. */
export * from "./generated";
export { Host, type HostProps } from "./host";
export {
  type IInfrastructure,
  Infrastructure,
  type InfrastructureAccount,
  type InfrastructureProps,
  type MicroserviceTrust,
  type OpenStackConnection,
  type TrustOptions,
} from "./infrastructure";
export { InfrastructureType } from "./infrastructure-type";
export { OpenStackProject, type OpenStackProjectProps } from "./openstack-project";
export { KsvlaProvider, type KsvlaProviderProps } from "./provider";
export { ReserveServer, type ReserveServerProps, type ReserveServerTrust } from "./reserve-server";
export { OutputList, OutputMap } from "./schema/outputs";
export { Secret, type SecretOptions, type VariableSecretOptions } from "./secret";
export { ServerRole, type ServerRoleProps } from "./server-role";
export { SvmDeployment, type SvmDeploymentProps } from "./svm-deployment";
export { type ISvmImage, type RegisteredSvmImage, SvmImage, type SvmImageProps } from "./svm-image";
export type {
  ById,
  HypervisorPlacement,
  OpenStackPlacement,
  OpenStackSvmNetwork,
  SvmNetwork,
  SvmPlacement,
  SvmPort,
} from "./svm-placement";
export type { EachHostProps, SvmProps, SvmSharedProps } from "./svm-props";
export type {
  KscConnection,
  Language,
  SvmKlconfigAccount,
  SvmMetaArguments,
  SvmRootAccount,
  SvmSettings,
} from "./svm-settings";
export { TrustedCertificate, type TrustedCertificateProps } from "./trusted-certificate";
export { UpgradeStrategy } from "./upgrade-strategy";
