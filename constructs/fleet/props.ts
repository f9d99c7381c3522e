/** What users of a fleet write for its SVMs. */
import type { HypervisorPlacement, SvmPlacement } from "./placement";
import type { SvmMetaArguments, SvmSettings } from "./settings";

/** What a fleet's SVMs can have in common. */
export interface SvmSharedProps extends SvmSettings, SvmMetaArguments {}

interface SvmOptions extends SvmSharedProps {
  /**
   * The SVM's name in the infrastructure, unique on its hypervisor or in its project. With
   * `UpgradeStrategy.KEEP_PROTECTING`, the image's version is appended. Changing it replaces the SVM.
   *
   * @default - the name within the deployment
   */
  readonly name?: string;
}

/** An SVM of a fleet: its place, and what it has of its own instead of what the fleet shares. */
export type SvmProps = SvmPlacement & SvmOptions;

/** One SVM on each of several hypervisors of an infrastructure, otherwise alike. */
export interface SvmPerHostProps extends Omit<HypervisorPlacement, "host">, Omit<SvmOptions, "name"> {
  /** The names of the hypervisors, exactly as the infrastructure reports them. */
  readonly hosts: readonly string[];
  /**
   * The name of the SVM on a hypervisor, within the deployment and in the infrastructure.
   *
   * @default - `svm-` and the hypervisor's name
   */
  readonly name?: (host: string) => string;
}

type KeysOf<T> = T extends unknown ? keyof T : never;
type Keys<K extends string> = Readonly<Record<K, true>>;

/** The names of what a fleet can share. */
export const SHARED_PROPERTIES: Keys<keyof SvmSharedProps> = {
  localization: true,
  skipIntegrityCheck: true,
  onExisting: true,
  ksc: true,
  dns: true,
  root: true,
  klconfig: true,
  settingsVersion: true,
  timeouts: true,
  provider: true,
  dependsOn: true,
  lifecycle: true,
  provisioners: true,
  connection: true,
};

/** The names of everything that an SVM's props can have. */
export const SVM_PROPERTIES: Keys<KeysOf<SvmProps>> = {
  name: true,
  infrastructure: true,
  host: true,
  storage: true,
  project: true,
  domain: true,
  flavor: true,
  volumeType: true,
  availabilityZone: true,
  serverGroup: true,
  network: true,
  networks: true,
  ...SHARED_PROPERTIES,
};
