/** How an SVM reaches the Kaspersky Security Center Administration Server. */
export interface KscSettings {
  readonly address: string;
  readonly port: number;
  readonly sslPort: number;
  readonly language?: string;
}

export interface DnsSettings {
  readonly main: string;
  readonly alternative?: string;
}

/** Static IP addressing. */
export interface StaticAddressing {
  /** One on a hypervisor, one or more on OpenStack. */
  readonly addresses: readonly string[];
  readonly mask: string;
  readonly gateway: string;
}

/** One network adapter: an item of `networks` on a hypervisor, an item of a network's `ports` on OpenStack. */
export interface AdapterSettings {
  readonly networkId: string;
  readonly isPrimary: boolean;
  readonly vlanId?: number;
  /** Nothing is DHCP. */
  readonly static?: StaticAddressing;
  readonly portSecurityEnabled?: boolean;
  readonly securityGroupIds?: readonly string[];
}

/** What both a deployment and a reconfiguration set. Passwords are decoded. */
export interface ChangeableSettings {
  readonly ksc?: KscSettings;
  readonly root?: { readonly allowSshAccess?: boolean; readonly password?: string };
  readonly klconfigPassword?: string;
  readonly dns?: DnsSettings;
  readonly adapters?: readonly AdapterSettings[];
}

/** Where on a hypervisor or in an OpenStack project an SVM was deployed. */
export type Placement =
  | { readonly type: "host"; readonly storageId: string }
  | {
      readonly type: "openstackProject";
      readonly flavorId: string;
      readonly volumeTypeId?: string;
      readonly availabilityZoneName?: string;
      readonly serverGroupId?: string;
    };

/** Everything an SVM was told, by its deployment and by later reconfigurations. */
export interface SvmSettings extends ChangeableSettings {
  /** Nothing for an SVM that was there before the simulator started, here and below. */
  readonly imageId?: string;
  readonly localization?: string;
  readonly placement?: Placement;
}
