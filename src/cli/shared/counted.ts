/** Numbers of things, for people. */

/** `1 hypervisor`, `2 hypervisors` */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
