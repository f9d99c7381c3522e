/** What users write for SVMs: for one of its own, for one of a fleet, and for what a fleet's have in common. */
import type { TerraformMetaArguments } from "cdktf";
import { withoutUndefined } from "../schema/defined";
import type { ISvmImage } from "../svm-image";
import type { HypervisorPlacement, SvmPlacement } from "./placement";
import type { SvmMetaArguments, SvmSettings } from "./settings";
import type { UpgradeStrategy } from "./upgrade-strategy";

/** What a fleet's SVMs can have in common. */
export interface SvmSharedProps extends SvmSettings, SvmMetaArguments {}

/** What SVMs are deployed from, and how others take their place. */
export interface SvmImageOptions {
  /** What is deployed. Changing it upgrades. */
  readonly image: ISvmImage;
  /**
   * In which order a new image reaches the SVMs.
   *
   * @default UpgradeStrategy.REPLACE
   */
  readonly upgrade?: UpgradeStrategy;
  /**
   * Says that the Integration Server accepts a second connection to an infrastructure while the first is there. Then
   * `UpgradeStrategy.KEEP_PROTECTING` also goes together with an infrastructure that the same stack connects: to change
   * its password, Terraform adds the new connection first and removes the old one afterwards. On a server that refuses
   * the second connection, such a change fails, and nothing but another strategy helps.
   *
   * @default false
   */
  readonly allowSecondConnection?: boolean;
}

interface SvmOptions extends SvmSharedProps {
  /**
   * The SVM's name in the infrastructure, unique on its hypervisor or in its project. With
   * `UpgradeStrategy.KEEP_PROTECTING`, the image's version is appended. Changing it replaces the SVM.
   *
   * @default - the name within the deployment, or the construct's id; with `forEach`, followed by the key of each
   */
  readonly name?: string;
}

/** An SVM of a fleet: its place, and what it has of its own instead of what the fleet shares. */
export type FleetSvmProps = SvmPlacement &
  SvmOptions & {
    /**
     * Makes an SVM for each element of a list or a map that only Terraform knows. What differs comes from the iterator,
     * such as `host: iterator.getString("host")`. Terraform has to know the keys when it plans. The outputs of the SVM
     * are then those of all; `LifecycleHook` takes each.
     *
     * @default - one SVM
     */
    readonly forEach?: NonNullable<TerraformMetaArguments["forEach"]>;
  };

/** An SVM without a fleet. */
export type SvmProps = FleetSvmProps & SvmImageOptions;

/** One SVM on each of several hypervisors of an infrastructure, otherwise alike. */
export interface SvmPerHostProps extends Omit<HypervisorPlacement, "host">, Omit<SvmOptions, "name"> {
  /** The names of the hypervisors, exactly as the infrastructure reports them. Of a list that only Terraform knows, each is once. */
  readonly hosts: readonly string[];
  /**
   * The name of the SVM on a hypervisor, within the deployment and in the infrastructure. Where only Terraform knows the
   * hosts, it gets a token, which it can put into a text and not look into.
   *
   * @default - `svm-` and the hypervisor's name
   */
  readonly name?: (host: string) => string;
}

type KeysOf<T> = T extends unknown ? keyof T : never;
type Keys<K extends string> = Readonly<Record<K, true>>;

const SHARED: Keys<keyof SvmSharedProps> = {
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

const IMAGE: Keys<keyof SvmImageOptions> = { image: true, upgrade: true, allowSecondConnection: true };

const SVM: Keys<KeysOf<SvmProps>> = {
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
  forEach: true,
  ...SHARED,
  ...IMAGE,
};

/** The names of what a fleet can share. */
export const SHARED_PROPERTIES: readonly string[] = Object.keys(SHARED);
/** The names of what a fleet decides for all its SVMs. */
export const IMAGE_PROPERTIES: readonly string[] = Object.keys(IMAGE);
/** The names of everything that the props of an SVM can have. */
export const SVM_PROPERTIES: readonly string[] = Object.keys(SVM);

/** What of the props a fleet can share. */
export function pickShared(props: SvmSharedProps): SvmSharedProps {
  const entries = Object.entries(withoutUndefined(props));
  return Object.fromEntries(entries.filter(([name]) => Object.hasOwn(SHARED, name)));
}
