/** One line of a header: lower-case name and value, each character of which stands for one byte. */
export interface Field {
  readonly name: string;
  readonly value: string;
  /** What it counts for where sizes are limited: RFC 7541, section 4.1. */
  readonly size: number;
}

const OVERHEAD = 32;

export function field(name: string, value: string): Field {
  return { name, value, size: name.length + value.length + OVERHEAD };
}
