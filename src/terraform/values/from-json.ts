/** From JSON that is parsed, as stored states have it, to values. */
import { type CtyObject, type CtyType, typeFromJson } from "./cty-type";
import { type CtyNumber, decimalText, ExactNumber, normalizeNumber, parseNumber } from "./exact-number";
import type { PathStep } from "./path";
import { normalizeString } from "./text";
import { undecodable } from "./undecodable";
import { describeKind, isArray, isDynamicValue, isRecord, isUnknown } from "./value";

/**
 * Whether an object has to have exactly its type's attributes. `lenient` is for stored states: attributes that the schema no
 * longer has are left out, and those that the state lacks are null.
 */
export type Mode = "exact" | "lenient";

/**
 * The value of a type.
 *
 * @throws DiagnosticError that names the attribute when the JSON does not fit the type
 */
export function fromJson(type: CtyType, raw: unknown, mode: Mode = "exact"): unknown {
  return new ValueReader(mode).read(type, raw);
}

// Not made of `mapParts`: what does not fit the type is an error here, with its path.
class ValueReader {
  private readonly path: PathStep[] = [];

  constructor(private readonly mode: Mode) {}

  read(type: CtyType, raw: unknown): unknown {
    if (raw === null || isUnknown(raw)) return raw;
    switch (type.kind) {
      case "string":
        return textOf(raw) ?? this.fail("a string", raw);
      case "number":
        return numberOf(raw) ?? this.fail("a number", raw);
      case "bool":
        return boolOf(raw) ?? this.fail("a boolean", raw);
      case "list":
        return this.array(raw, "a list").map((item, index) => this.at(index, type.element, item));
      case "set":
        return this.array(raw, "a set").map((item) => this.at({ value: item }, type.element, item));
      case "tuple":
        return this.tuple(type.elements, raw);
      case "map":
        return this.map(type.element, raw);
      case "object":
        return this.object(type, raw);
      case "dynamic":
        return this.dynamic(raw);
    }
  }

  private at(step: PathStep, type: CtyType, raw: unknown): unknown {
    this.path.push(step);
    const value = this.read(type, raw);
    this.path.pop();
    return value;
  }

  private array(raw: unknown, expected: string): readonly unknown[] {
    return isArray(raw) ? raw : this.fail(expected, raw);
  }

  private tuple(elements: readonly CtyType[], raw: unknown): readonly unknown[] {
    const items = this.array(raw, `a tuple of ${elements.length}`);
    if (items.length !== elements.length) {
      throw undecodable(this.path, `it must have ${elements.length} elements, got: ${items.length}`);
    }
    return elements.map((element, index) => this.at(index, element, items[index]));
  }

  private map(element: CtyType, raw: unknown): Readonly<Record<string, unknown>> {
    if (!isRecord(raw)) return this.fail("a map", raw);
    // Without a prototype, any key is a plain key.
    const map: Record<string, unknown> = Object.create(null);
    for (const key of Object.keys(raw)) map[key] = this.at({ key }, element, raw[key]);
    return map;
  }

  private object(type: CtyObject, raw: unknown): Readonly<Record<string, unknown>> {
    if (!isRecord(raw)) return this.fail("an object", raw);
    const isExact = this.mode === "exact";
    const object: Record<string, unknown> = {};
    type.attributes.forEach(({ name, property, type: attributeType }) => {
      const present = Object.hasOwn(raw, name);
      if (!present && isExact) throw undecodable([...this.path, property], "it is missing");
      object[property] = present ? this.at(property, attributeType, raw[name]) : null;
    });
    if (isExact && Object.keys(raw).length !== type.attributes.length) this.failOnUnsupported(type, raw);
    return object;
  }

  private failOnUnsupported(type: CtyObject, raw: Readonly<Record<string, unknown>>): never {
    const names = new Set(type.attributes.map(({ name }) => name));
    const unsupported = Object.keys(raw).filter((name) => !names.has(name));
    throw undecodable(this.path, `there is no attribute ${unsupported.map((name) => JSON.stringify(name)).join(", ")}`);
  }

  private dynamic(raw: unknown): unknown {
    const typed = isDynamicValue(raw) ? raw : this.fail("a value together with its type", raw);
    return { type: typed.type, value: this.read(this.dynamicType(typed.type), typed.value) };
  }

  private dynamicType(json: unknown): CtyType {
    try {
      return typeFromJson(json);
    } catch (error) {
      throw undecodable(this.path, error instanceof Error ? error.message : String(error), error);
    }
  }

  private fail(expected: string, raw: unknown): never {
    throw undecodable(this.path, `it must be ${expected}, got: ${describeKind(raw)}`);
  }
}

// Primitive types convert into each other as they do in Terraform's own reading of JSON.

function textOf(raw: unknown): string | undefined {
  if (typeof raw === "string") return normalizeString(raw);
  if (typeof raw === "boolean") return String(raw);
  return isNumber(raw) ? decimalText(raw) : undefined;
}

function numberOf(raw: unknown): CtyNumber | undefined {
  if (typeof raw === "string") return parseNumber(raw);
  return isNumber(raw) ? normalizeNumber(raw) : undefined;
}

function boolOf(raw: unknown): boolean | undefined {
  if (raw === true || raw === "true" || raw === "1") return true;
  return raw === false || raw === "false" || raw === "0" ? false : undefined;
}

function isNumber(raw: unknown): raw is CtyNumber {
  return typeof raw === "number" || typeof raw === "bigint" || raw instanceof ExactNumber;
}
