/** Values in MessagePack, as Terraform exchanges them with providers. */
import { Decoder, Encoder, ExtData, type ExtensionCodecType } from "@msgpack/msgpack";
import { DiagnosticError } from "../diagnostics";
import { type CtyCollection, type CtyObject, type CtyType, typeFromJson, typeToJson } from "./cty-type";
import { decodeValue, type Notation, undecodable } from "./decode";
import { canonicalText } from "./equality";
import { decimalText, ExactNumber, isBinaryFraction, normalizeNumber, parseNumber } from "./exact-number";
import { type AttributePath, type PathStep, renderPath } from "./path";
import { normalizeString } from "./text";
import { containsUnknown } from "./unknown";
import { describeKind, isArray, isDynamicValue, isRecord, isUnknown, ownProperty, UNKNOWN } from "./value";

/** Any extension is an unknown value; those of code 12 also say what is known about it, which may be ignored. */
const unknownExtension: ExtensionCodecType<undefined> = {
  tryToEncode: (value) => (isUnknown(value) ? new ExtData(0, Uint8Array.of(0)) : null),
  decode: () => UNKNOWN,
};
const encoder = new Encoder({ extensionCodec: unknownExtension, useBigInt64: true, sortKeys: true });

/**
 * Writes a value of a type. Absent attributes are null, and properties that the type does not have are left out.
 *
 * @throws DiagnosticError that names the attribute when the value does not fit the type
 */
export function encode(type: CtyType, value: unknown): Uint8Array {
  return encoder.encode(new ValueWriter().write(type, value));
}

/**
 * Reads a value of a type.
 *
 * @throws DiagnosticError that names the attribute when the data does not fit the type
 */
export function decode(type: CtyType, bytes: Uint8Array): unknown {
  return decodeValue(MESSAGE_PACK, type, unpack(bytes));
}

function unpack(bytes: Uint8Array): unknown {
  // Nothing has more elements than bytes, so damaged data cannot make the decoder reserve room for billions.
  const limits = { maxArrayLength: bytes.length, maxMapLength: bytes.length };
  const decoder = new Decoder({
    extensionCodec: unknownExtension,
    useBigInt64: true,
    mapKeyConverter: stringKey,
    ...limits,
  });
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw undecodable([], `it is no MessagePack (${error instanceof Error ? error.message : error})`, error);
  }
}

function stringKey(key: unknown): string {
  if (typeof key === "string") return key;
  throw new TypeError("the key of a map is no string");
}

const MESSAGE_PACK: Notation = {
  string: (raw) => (typeof raw === "string" ? normalizeString(raw) : undefined),
  number(raw) {
    if (typeof raw === "string") return parseNumber(raw);
    return typeof raw === "number" || typeof raw === "bigint" ? normalizeNumber(raw) : undefined;
  },
  bool: (raw) => (typeof raw === "boolean" ? raw : undefined),
  dynamic(raw) {
    if (!isArray(raw) || raw.length !== 2) return undefined;
    const [type, value] = raw;
    const text = type instanceof Uint8Array ? new TextDecoder().decode(type) : type;
    try {
      return typeof text === "string" ? { type: JSON.parse(text), value } : undefined;
    } catch {
      return undefined;
    }
  },
  attributes: "exact",
};

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
/** The encoder writes greater `number`s as floating point when it also writes `bigint`s. */
const UINT32_MAX = 2 ** 32 - 1;
const INT32_MIN = -(2 ** 31);

// Not made of `mapParts`: what does not fit the type is an error here, with its path.
/** Makes of a value what the MessagePack library writes the way Terraform wants it. */
class ValueWriter {
  private readonly path: PathStep[] = [];

  write(type: CtyType, value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (isUnknown(value)) return value;
    switch (type.kind) {
      case "string":
        return typeof value === "string" ? normalizeString(value) : this.fail("a string", value);
      case "number":
        return this.number(value);
      case "bool":
        return typeof value === "boolean" ? value : this.fail("a boolean", value);
      case "list":
        return this.array(value, "a list").map((item, index) => this.at(index, type.element, item));
      case "set":
        return this.set(type, value);
      case "tuple":
        return this.tuple(type.elements, value);
      case "map":
        return this.map(type.element, value);
      case "object":
        return this.object(type, value);
      case "dynamic":
        return this.dynamic(value);
    }
  }

  private at(step: PathStep, type: CtyType, value: unknown): unknown {
    this.path.push(step);
    const written = this.write(type, value);
    this.path.pop();
    return written;
  }

  /** An integer where int64 holds it, a float64 where that is exact, else decimal text. */
  private number(value: unknown): number | bigint | string {
    if (value instanceof ExactNumber) return decimalText(value);
    if (typeof value !== "number" && typeof value !== "bigint") return this.fail("a number", value);
    const number = normalizeNumber(value);
    if (typeof number === "number") {
      if (Number.isInteger(number)) return number > UINT32_MAX || number < INT32_MIN ? BigInt(number) : number;
      return !Number.isFinite(number) || isBinaryFraction(number) ? number : decimalText(number);
    }
    if (typeof number !== "bigint") return this.fail("a number", value);
    if (number >= INT64_MIN && number <= INT64_MAX) return number;
    const float = Number(number);
    return Number.isFinite(float) && BigInt(float) === number ? float : number.toString();
  }

  private array(value: unknown, expected: string): readonly unknown[] {
    return isArray(value) ? value : this.fail(expected, value);
  }

  private set({ element }: CtyCollection, value: unknown): readonly unknown[] {
    const seen = new Set<string>();
    return this.array(value, "a set")
      .filter((item) => {
        // Two elements that are not wholly known may turn out to differ.
        if (containsUnknown(item)) return true;
        const text = canonicalText(element, item);
        return !seen.has(text) && seen.add(text);
      })
      .map((item) => this.at({ value: item }, element, item));
  }

  private tuple(elements: readonly CtyType[], value: unknown): readonly unknown[] {
    const items = this.array(value, `a tuple of ${elements.length}`);
    if (items.length !== elements.length)
      throw unencodable(this.path, `must have ${elements.length} elements, got: ${items.length}`);
    return elements.map((element, index) => this.at(index, element, items[index]));
  }

  private map(element: CtyType, value: unknown): Readonly<Record<string, unknown>> {
    if (!isRecord(value)) return this.fail("a map", value);
    const map: Record<string, unknown> = Object.create(null);
    for (const key of Object.keys(value)) map[normalizeString(key)] = this.at({ key }, element, value[key]);
    return map;
  }

  private object({ attributes }: CtyObject, value: unknown): Readonly<Record<string, unknown>> {
    if (!isRecord(value)) return this.fail("an object", value);
    const object: Record<string, unknown> = {};
    for (const { name, property, type } of attributes)
      object[name] = this.at(property, type, ownProperty(value, property));
    return object;
  }

  private dynamic(value: unknown): readonly [Uint8Array, unknown] {
    if (!isDynamicValue(value)) return this.fail("a value together with its type", value);
    const type = this.dynamicType(value.type);
    return [Buffer.from(JSON.stringify(typeToJson(type))), this.write(type, value.value)];
  }

  private dynamicType(json: unknown): CtyType {
    try {
      return typeFromJson(json);
    } catch (error) {
      throw unencodable(this.path, `must have a valid type: ${error instanceof Error ? error.message : error}`, error);
    }
  }

  private fail(expected: string, value: unknown): never {
    throw unencodable(this.path, `must be ${expected}, got: ${describeKind(value)}`);
  }
}

function unencodable(path: AttributePath, problem: string, cause?: unknown): DiagnosticError {
  const place = path.length === 0 ? "The value" : `The value of \`${renderPath(path)}\``;
  return new DiagnosticError(
    "Provider produced an invalid value",
    `${place} ${problem}. This is a bug in the provider, which should be reported to its developers.`,
    [...path],
    { cause },
  );
}
