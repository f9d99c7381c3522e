/** From MessagePack, as Terraform sends it, to values: between the bytes and the values of a type there is nothing. */
import { DiagnosticError } from "../../diagnostics";
import { type CtyObject, type CtyType, typeFromJson } from "../cty-type";
import { type CtyNumber, normalizeNumber, parseNumber } from "../exact-number";
import type { PathStep } from "../path";
import { normalizeString } from "../text";
import { undecodable } from "../undecodable";
import { describeKind, UNKNOWN } from "../value";
import { type NamedAttribute, type Names, namesOf } from "./names";
import { MessagePackReader } from "./reader";

/**
 * Reads a value of a type.
 *
 * @throws DiagnosticError that names the attribute when the data does not fit the type
 */
export function decode(type: CtyType, bytes: Uint8Array): unknown {
  const reader = new MessagePackReader(bytes);
  try {
    const value = new ValueReader(reader).read(type);
    reader.end();
    return value;
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw undecodable([], `it is no MessagePack (${error instanceof Error ? error.message : error})`, error);
  }
}

/** An element of a set is known by its value, which is only being read. */
const OF_SET: PathStep = { value: undefined };

// Not made of `mapParts`: what does not fit the type is an error here, with its path.
class ValueReader {
  private readonly path: PathStep[] = [];

  constructor(private readonly reader: MessagePackReader) {}

  read(type: CtyType): unknown {
    if (this.reader.isNull()) return null;
    // Those of code 12 also say what is known about the value, which may be ignored.
    if (this.reader.isExtension()) return UNKNOWN;
    switch (type.kind) {
      case "string":
        return normalizeString(this.reader.text() ?? this.fail("a string"));
      case "number":
        return this.number();
      case "bool":
        return this.reader.bool() ?? this.fail("a boolean");
      case "list":
        return this.items(this.reader.array() ?? this.fail("a list"), type.element);
      case "set":
        return this.items(this.reader.array() ?? this.fail("a set"), type.element, OF_SET);
      case "tuple":
        return this.tuple(type.elements);
      case "map":
        return this.map(type.element);
      case "object":
        return this.object(type);
      case "dynamic":
        return this.dynamic();
    }
  }

  private at(step: PathStep, type: CtyType): unknown {
    this.path.push(step);
    const value = this.read(type);
    this.path.pop();
    return value;
  }

  private number(): CtyNumber {
    const kind = this.reader.describe();
    const text = this.reader.text();
    if (text !== undefined) return parseNumber(text) ?? this.fail("a number", kind);
    const number = this.reader.number() ?? this.fail("a number");
    return normalizeNumber(number) ?? this.fail("a number", describeKind(number));
  }

  /** @param step to each of them, where that is not its index */
  private items(length: number, element: CtyType, step?: PathStep): readonly unknown[] {
    const items: unknown[] = [];
    for (let index = 0; index < length; index++) items.push(this.at(step ?? index, element));
    return items;
  }

  private tuple(elements: readonly CtyType[]): readonly unknown[] {
    const length = this.reader.array() ?? this.fail(`a tuple of ${elements.length}`);
    if (length !== elements.length) {
      throw undecodable(this.path, `it must have ${elements.length} elements, got: ${length}`);
    }
    return elements.map((element, index) => this.at(index, element));
  }

  private map(element: CtyType): Readonly<Record<string, unknown>> {
    const length = this.reader.map() ?? this.fail("a map");
    // Without a prototype, any key is a plain key.
    const map: Record<string, unknown> = Object.create(null);
    for (let index = 0; index < length; index++) {
      const key = this.key();
      map[key] = this.at({ key }, element);
    }
    return map;
  }

  private object(type: CtyObject): Readonly<Record<string, unknown>> {
    const names = namesOf(type);
    const length = this.reader.map() ?? this.fail("an object");
    const object: Record<string, unknown> = {};
    for (let position = 0; position < length; position++) {
      const { property, type: part } = this.attribute(names, position);
      object[property] = this.at(property, part);
    }
    const missing = names.inOrder.find(({ property }) => !Object.hasOwn(object, property));
    if (missing !== undefined) throw undecodable([...this.path, missing.property], "it is missing");
    return object;
  }

  private attribute({ inOrder, byName }: Names, position: number): NamedAttribute {
    // Most often they come in order, and then no text is made of the name.
    const expected = inOrder[position];
    if (expected !== undefined && this.reader.isNext(expected.encodedName)) return expected;
    const name = this.key();
    const attribute = byName.get(name);
    if (attribute === undefined) throw undecodable(this.path, `there is no attribute ${JSON.stringify(name)}`);
    return attribute;
  }

  private key(): string {
    const key = this.reader.text();
    if (key === undefined) throw new TypeError("the key of a map is no string");
    return key;
  }

  private dynamic(): unknown {
    const kind = this.reader.describe();
    const typed = this.reader.array() === 2 ? (this.reader.binary()?.toString() ?? this.reader.text()) : undefined;
    const json = typed === undefined ? undefined : parsed(typed);
    if (json === undefined) return this.fail("a value together with its type", kind);
    return { type: json, value: this.read(this.dynamicType(json)) };
  }

  private dynamicType(json: unknown): CtyType {
    try {
      return typeFromJson(json);
    } catch (error) {
      throw undecodable(this.path, error instanceof Error ? error.message : String(error), error);
    }
  }

  private fail(expected: string, got: string = this.reader.describe()): never {
    throw undecodable(this.path, `it must be ${expected}, got: ${got}`);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
