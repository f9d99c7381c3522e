/** The kinds of virtual infrastructure, by their names in the API (SVM management, "Connecting the Integration Server and …"). */

/** The three kinds of infrastructure that are reached through Keystone. */
export const OPENSTACK_TYPES = ["TIONIXOPENSTACK", "OPENSTACK", "VKCLOUDOPENSTACK"] as const;

/**
 * All fifteen kinds. The image chapter spells Numa vServer `NUMAVERSER`; connections spell it `NUMAVSERVER`.
 */
export const INFRASTRUCTURE_TYPES = [
  "HYPERV",
  "XEN",
  "NUMAVSERVER",
  "LIBVIRT",
  "PROXMOX",
  "VMWARE",
  "ROSPLATFORMA",
  "BASISVCONTROL",
  "FUSIONCOMPUTE",
  "NUTANIXPRISM",
  "ALTVIRTUALIZATIONSERVER",
  "ASTRALINUX",
  ...OPENSTACK_TYPES,
] as const;

export type OpenStackType = (typeof OPENSTACK_TYPES)[number];
export type InfrastructureType = (typeof INFRASTRUCTURE_TYPES)[number];
