/**
 * Values and their bytes, as they came or went lately. Terraform sends most of them several times within moments: a
 * configuration to validate it and to plan with it, a state to read it and, as that has answered it, to plan with it.
 */
import type { CtyObject } from "../values/cty-type";
import type { ObjectValue } from "../values/value";

/** As many as Terraform works on at a time, with room for what it does to each. */
const MOST = 256;
/** What is larger is rare, and would be too much of the memory of a plugin. */
const LARGEST = 16_384;

const byType = new WeakMap<CtyObject, Map<string, ObjectValue>>();
const bytesOf = new WeakMap<ObjectValue, { readonly type: CtyObject; readonly bytes: Uint8Array }>();

/** The value that these bytes were decoded to lately, else what they are decoded to now. */
export function decodedOnce<V extends ObjectValue | null>(
  type: CtyObject,
  bytes: Uint8Array,
  decode: () => V,
): V | ObjectValue {
  if (bytes.length > LARGEST) return decode();
  const key = keyOf(bytes);
  const recent = byType.get(type)?.get(key);
  if (recent !== undefined) return recent;
  const value = decode();
  if (value !== null) keep(type, key, bytes, value);
  return value;
}

/** The bytes of a value that came from some. */
export function bytesOfRecent(type: CtyObject, value: ObjectValue): Uint8Array | undefined {
  const known = bytesOf.get(value);
  return known?.type === type ? known.bytes : undefined;
}

/** @param value what decoding the bytes gives; whoever gets it must not change it */
export function remember(type: CtyObject, bytes: Uint8Array, value: ObjectValue): void {
  if (bytes.length <= LARGEST) keep(type, keyOf(bytes), bytes, value);
}

function keep(type: CtyObject, key: string, bytes: Uint8Array, value: ObjectValue): void {
  const values = byType.get(type) ?? new Map<string, ObjectValue>();
  byType.set(type, values);
  values.set(key, value);
  bytesOf.set(value, { type, bytes });
  const [oldest] = values.keys();
  if (values.size > MOST && oldest !== undefined) values.delete(oldest);
}

function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
