/** The private data of an object, as life cycle code uses it and as Terraform keeps it. */
import type { PrivateState } from "../resource";
import { isRecord } from "../values/value";

export class StoredPrivate implements PrivateState {
  private changed: Readonly<Record<string, unknown>> | undefined;

  /** @param stored as Terraform kept it; empty for an object that is new */
  constructor(private readonly stored: Uint8Array) {}

  get(key: string): unknown {
    const { values } = this;
    return Object.hasOwn(values, key) ? values[key] : undefined;
  }

  set(key: string, value: unknown): void {
    this.changed = { ...this.values, [key]: value };
  }

  /** What Terraform is to keep: the bytes that it sent, where nothing was set. */
  toWire(): Uint8Array {
    return this.changed === undefined ? this.stored : Buffer.from(JSON.stringify(this.changed));
  }

  private get values(): Readonly<Record<string, unknown>> {
    return this.changed ?? decodePrivate(this.stored);
  }
}

/** Private data of anybody else, such as another provider's before a move, holds nothing for us. */
export function decodePrivate(stored: Uint8Array | undefined): Readonly<Record<string, unknown>> {
  if (stored === undefined || stored.length === 0) return {};
  try {
    const values: unknown = JSON.parse(new TextDecoder().decode(stored));
    return isRecord(values) ? values : {};
  } catch {
    return {};
  }
}
