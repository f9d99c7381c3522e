/** From values to MessagePack, as Terraform wants it: between the values of a type and the bytes there is nothing. */
import { setImmediate } from "node:timers/promises";
import { DiagnosticError } from "../../diagnostics";
import { type CtyObject, type CtyType, typeFromJson, typeToJson } from "../cty-type";
import { canonicalText } from "../equality";
import { decimalText, ExactNumber, isBinaryFraction, normalizeNumber } from "../exact-number";
import { type AttributePath, type PathStep, renderPath } from "../path";
import { normalizeString } from "../text";
import { containsUnknown } from "../unknown";
import {
  type DynamicValue,
  describeKind,
  isArray,
  isDynamicValue,
  isRecord,
  isUnknown,
  type ObjectValue,
  ownProperty,
} from "../value";
import { namesOf } from "./names";
import { MessagePackWriter } from "./writer";

/**
 * Writes a value of a type. Absent attributes are null, and properties that the type does not have are left out.
 *
 * @throws DiagnosticError that names the attribute when the value does not fit the type
 */
export function encode(type: CtyType, value: unknown): Uint8Array {
  shared.reset();
  new ValueWriter(shared).write(type, value);
  return shared.written();
}

/** The same for an object with lists that may be long: others have their turn meanwhile. */
export async function encodeInTurns(type: CtyObject, value: ObjectValue): Promise<Uint8Array> {
  const writer = new MessagePackWriter();
  await new ValueWriter(writer).writeInTurns(type, value);
  return writer.written();
}

/** Of `encode`, which is done with it before anybody else can begin. */
const shared = new MessagePackWriter();

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT32_MAX = 2 ** 32 - 1;
const INT32_MIN = -(2 ** 31);
/** Items: some milliseconds' work. */
const SLICE = 1_000;
/** An extension of one byte, which says nothing. */
const UNKNOWN_VALUE = Uint8Array.of(0xd4, 0, 0);

// Not made of `mapParts` either.
class ValueWriter {
  private readonly path: PathStep[] = [];

  constructor(private readonly writer: MessagePackWriter) {}

  write(type: CtyType, value: unknown): void {
    if (value === null || value === undefined) this.writer.nil();
    else if (isUnknown(value)) this.writer.raw(UNKNOWN_VALUE);
    else this.writeKnown(type, value);
  }

  private writeKnown(type: CtyType, value: unknown): void {
    switch (type.kind) {
      case "string":
        this.writer.text(typeof value === "string" ? normalizeString(value) : this.fail("a string", value));
        break;
      case "number":
        this.number(value);
        break;
      case "bool":
        this.writer.bool(typeof value === "boolean" ? value : this.fail("a boolean", value));
        break;
      case "list":
        this.list(type.element, this.array(value, "a list"));
        break;
      case "set":
        this.set(type.element, this.array(value, "a set"));
        break;
      case "tuple":
        this.tuple(type.elements, value);
        break;
      case "map":
        this.map(type.element, isRecord(value) ? value : this.fail("a map", value));
        break;
      case "object":
        this.object(type, isRecord(value) ? value : this.fail("an object", value));
        break;
      case "dynamic":
        this.dynamic(isDynamicValue(value) ? value : this.fail("a value together with its type", value));
    }
  }

  /** Long lists that are attributes of the object itself are written in slices. */
  async writeInTurns(type: CtyObject, value: ObjectValue): Promise<void> {
    const { inOrder } = namesOf(type);
    this.writer.map(inOrder.length);
    for (const { encodedName, property, type: part } of inOrder) {
      this.writer.raw(encodedName);
      const items = ownProperty(value, property);
      if (part.kind === "list" && isArray(items)) await this.listInTurns(property, part.element, items);
      else this.at(property, part, items);
    }
  }

  private async listInTurns(property: string, element: CtyType, items: readonly unknown[]): Promise<void> {
    this.path.push(property);
    this.writer.array(items.length);
    for (const [index, item] of items.entries()) {
      if (index > 0 && index % SLICE === 0) await setImmediate();
      this.at(index, element, item);
    }
    this.path.pop();
  }

  private at(step: PathStep, type: CtyType, value: unknown): void {
    this.path.push(step);
    this.write(type, value);
    this.path.pop();
  }

  /** An integer where int64 holds it, a float64 where that is exact, else decimal text. */
  private number(value: unknown): void {
    if (value instanceof ExactNumber) {
      this.writer.text(decimalText(value));
      return;
    }
    if (typeof value !== "number" && typeof value !== "bigint") this.fail("a number", value);
    const number = normalizeNumber(value);
    if (typeof number === "bigint") this.largeInteger(number);
    else if (typeof number !== "number") this.fail("a number", value);
    else if (!Number.isInteger(number)) this.fraction(number);
    else if (number > UINT32_MAX || number < INT32_MIN) this.writer.integer64(BigInt(number));
    else this.writer.integer(number);
  }

  private fraction(number: number): void {
    if (!Number.isFinite(number) || isBinaryFraction(number)) this.writer.float(number);
    else this.writer.text(decimalText(number));
  }

  private largeInteger(integer: bigint): void {
    const float = Number(integer);
    if (integer >= INT64_MIN && integer <= INT64_MAX) this.writer.integer64(integer);
    else if (Number.isFinite(float) && BigInt(float) === integer) this.writer.float(float);
    else this.writer.text(integer.toString());
  }

  private array(value: unknown, expected: string): readonly unknown[] {
    return isArray(value) ? value : this.fail(expected, value);
  }

  private list(element: CtyType, items: readonly unknown[]): void {
    this.writer.array(items.length);
    for (let index = 0; index < items.length; index++) this.at(index, element, items[index]);
  }

  private set(element: CtyType, items: readonly unknown[]): void {
    const seen = new Set<string>();
    const distinct = items.filter((item) => {
      // Two elements that are not wholly known may turn out to differ.
      if (containsUnknown(item)) return true;
      const text = canonicalText(element, item);
      return !seen.has(text) && seen.add(text);
    });
    this.writer.array(distinct.length);
    for (const item of distinct) this.at({ value: item }, element, item);
  }

  private tuple(elements: readonly CtyType[], value: unknown): void {
    const items = this.array(value, `a tuple of ${elements.length}`);
    if (items.length !== elements.length)
      throw unencodable(this.path, `must have ${elements.length} elements, got: ${items.length}`);
    this.writer.array(items.length);
    for (const [index, element] of elements.entries()) this.at(index, element, items[index]);
  }

  private map(element: CtyType, value: ObjectValue): void {
    const entries = new Map(Object.keys(value).map((key) => [normalizeString(key), key]));
    this.writer.map(entries.size);
    for (const name of [...entries.keys()].sort()) {
      const key = entries.get(name) ?? name;
      this.writer.text(name);
      this.at({ key }, element, value[key]);
    }
  }

  private object(type: CtyObject, value: ObjectValue): void {
    const { inOrder } = namesOf(type);
    this.writer.map(inOrder.length);
    inOrder.forEach(({ encodedName, property, type: part }) => {
      this.writer.raw(encodedName);
      this.at(property, part, ownProperty(value, property));
    });
  }

  private dynamic(value: DynamicValue): void {
    const type = this.dynamicType(value.type);
    this.writer.array(2);
    this.writer.binary(Buffer.from(JSON.stringify(typeToJson(type))));
    this.write(type, value.value);
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
