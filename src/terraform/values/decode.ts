/** From a notation (MessagePack, JSON) to values: the walk over a type, which is the same for every notation. */

import { DiagnosticError } from "../diagnostics";
import { type CtyObject, type CtyType, typeFromJson } from "./cty-type";
import type { CtyNumber } from "./exact-number";
import { type AttributePath, type PathStep, renderPath } from "./path";
import { describeKind, isArray, isRecord, isUnknown } from "./value";

/** How a notation writes what differs between them. Each function returns undefined for what it does not recognize. */
export interface Notation {
  string(raw: unknown): string | undefined;
  number(raw: unknown): CtyNumber | undefined;
  bool(raw: unknown): boolean | undefined;
  /** A dynamic value's type, in Terraform's notation, and its value. */
  dynamic(raw: unknown): { readonly type: unknown; readonly value: unknown } | undefined;
  /** Whether an object has to have exactly its type's attributes, or lacking ones are null and others are left out. */
  readonly attributes: "exact" | "lenient";
}

/**
 * The value of a type.
 *
 * @throws DiagnosticError that names the attribute when the data does not fit the type
 */
export function decodeValue(notation: Notation, type: CtyType, raw: unknown): unknown {
  return new ValueReader(notation).read(type, raw);
}

/** The error for data that cannot be read. */
export function undecodable(path: AttributePath, problem: string, cause?: unknown): DiagnosticError {
  const place = path.length === 0 ? "The value" : `The value of \`${renderPath(path)}\``;
  return new DiagnosticError(
    "Unable to decode a value",
    `${place} that Terraform sent does not fit the schema: ${problem}. The state may come from another version of the provider.`,
    [...path],
    { cause },
  );
}

// Not made of `mapParts`: what does not fit the type is an error here, with its path.
class ValueReader {
  private readonly path: PathStep[] = [];

  constructor(private readonly notation: Notation) {}

  read(type: CtyType, raw: unknown): unknown {
    if (raw === null || isUnknown(raw)) return raw;
    switch (type.kind) {
      case "string":
        return this.notation.string(raw) ?? this.fail("a string", raw);
      case "number":
        return this.notation.number(raw) ?? this.fail("a number", raw);
      case "bool":
        return this.notation.bool(raw) ?? this.fail("a boolean", raw);
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
    const exact = this.notation.attributes === "exact";
    const object: Record<string, unknown> = {};
    for (const { name, property, type: attributeType } of type.attributes) {
      const present = Object.hasOwn(raw, name);
      if (!present && exact) throw undecodable([...this.path, property], "it is missing");
      object[property] = present ? this.at(property, attributeType, raw[name]) : null;
    }
    if (exact && Object.keys(raw).length !== type.attributes.length) this.failOnUnsupported(type, raw);
    return object;
  }

  private failOnUnsupported(type: CtyObject, raw: Readonly<Record<string, unknown>>): never {
    const names = new Set(type.attributes.map(({ name }) => name));
    const unsupported = Object.keys(raw).filter((name) => !names.has(name));
    throw undecodable(this.path, `there is no attribute ${unsupported.map((name) => JSON.stringify(name)).join(", ")}`);
  }

  private dynamic(raw: unknown): unknown {
    const typed = this.notation.dynamic(raw) ?? this.fail("a value together with its type", raw);
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
