/** The walk over values by their schema: from attribute to attribute, and into the objects of nested ones. */
import type { PathStep } from "../values/path";
import { isArray, isRecord, isUnknown, mapEntries, mapItems, type ObjectValue, partOf } from "../values/value";
import type { Attribute, Attributes, NestedType, Type } from "./types";

/** The value that is walked over, and what stands at the same place in values beside it: undefined without an object there. */
export type Values<V = unknown> = readonly [V, ...unknown[]];
/** What an attribute's value becomes. */
export type Make = (attribute: Attribute, values: Values) => unknown;
/** Whether to go on inside. The path changes as the walk goes on: keep a copy. */
export type Visit = (attribute: Attribute, values: Values, path: readonly PathStep[]) => boolean;
/** Puts the elements of a set in the order of those that they stand beside. */
export type LineUp = (type: NestedType, elements: readonly unknown[], beside: unknown) => unknown;

interface Stop {
  readonly name: string;
  readonly attribute: Attribute;
  /** False where there is only something inside to stop at. */
  readonly concerned: boolean;
}

/**
 * Stops at the attributes that it is about, and passes by what has none. With values beside the one that it walks over,
 * it goes only into objects that the first of those has, too.
 */
export class Walk {
  private readonly known = new WeakMap<Attributes, readonly Stop[]>();

  /** @param lineUps one for each value beside, without which it goes into no set; lists and maps go by index and key */
  constructor(
    private readonly isAbout: (attribute: Attribute) => boolean,
    private readonly lineUps: readonly LineUp[] = [],
  ) {}

  /**
   * The object with what `make` makes of each attribute, outer ones before what is inside them; the object itself where
   * that is what there is already.
   */
  transform(attributes: Attributes, values: Values<ObjectValue>, make: Make): ObjectValue {
    const object = values[0];
    let made: Record<string, unknown> | undefined;
    this.stops(attributes).forEach(({ name, attribute, concerned }) => {
      const parts = partsOf(values, name);
      if (concerned) parts[0] = make(attribute, parts);
      const value = this.transformInside(attribute.type, parts, make);
      if (made === undefined && value === object[name]) return;
      made ??= { ...object };
      made[name] = value;
    });
    return made ?? object;
  }

  /** The same for the objects inside an attribute's value. */
  transformInside(type: Type, values: Values, make: Make): unknown {
    if (type.kind !== "nested" || !isThere(values[0]) || this.stops(type.attributes).length === 0) return values[0];
    return this.mapObjects(type, values, (parts) => this.transform(type.attributes, parts, make));
  }

  /** Calls `visit` for each attribute, outer ones before what is inside them. */
  visit(attributes: Attributes, values: Values<ObjectValue>, visit: Visit, path: PathStep[] = []): void {
    this.stops(attributes).forEach(({ name, attribute, concerned }) => {
      const parts = partsOf(values, name);
      const { type } = attribute;
      path.push(name);
      if ((!concerned || visit(attribute, parts, path)) && type.kind === "nested" && isThere(parts[0])) {
        this.mapObjects(type, parts, (inside, key) => {
          if (key !== undefined) path.push(stepTo(type, key, inside[0]));
          this.visit(type.attributes, inside, visit, path);
          if (key !== undefined) path.pop();
        });
      }
      path.pop();
    });
  }

  private mapObjects(
    type: NestedType,
    values: Values,
    map: (values: Values<ObjectValue>, key: string | number | undefined) => unknown,
  ): unknown {
    const value = values[0];
    if (type.nesting === "single") {
      const isInBoth = isRecord(value) && (values.length === 1 || isRecord(values[1]));
      return isInBoth ? map(values as Values<ObjectValue>, undefined) : value;
    }
    const beside = values.slice(1);
    const linedUp =
      type.nesting === "set" && isArray(value)
        ? beside.map((other, index) => this.lineUps[index]?.(type, value, other))
        : beside;
    const mapOne = (element: unknown, key: string | number) => {
      if (!isRecord(element)) return element;
      const parts: Values<ObjectValue> = [element, ...linedUp.map((other) => partOf(other, key))];
      return parts.length === 1 || isRecord(parts[1]) ? map(parts, key) : element;
    };
    if (isArray(value)) return mapItems(value, mapOne);
    return isRecord(value) ? mapEntries(value, mapOne) : value;
  }

  private stops(attributes: Attributes): readonly Stop[] {
    let stops = this.known.get(attributes);
    if (stops === undefined) {
      stops = Object.entries(attributes).flatMap(([name, attribute]) => {
        const concerned = this.isAbout(attribute);
        const { type } = attribute;
        const passedBy = !concerned && (type.kind !== "nested" || this.stops(type.attributes).length === 0);
        return passedBy ? [] : [{ name, attribute, concerned }];
      });
      this.known.set(attributes, stops);
    }
    return stops;
  }
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined && !isUnknown(value);
}

/** Without what creates an iterator, here and above: there are a hundred attributes in each call. */
function partsOf(values: Values, name: string): [unknown, ...unknown[]] {
  const parts: [unknown, ...unknown[]] = [partOf(values[0], name)];
  for (let index = 1; index < values.length; index++) {
    const other = values[index];
    parts.push(isRecord(other) || isUnknown(other) ? partOf(other, name) : undefined);
  }
  return parts;
}

function stepTo({ nesting }: NestedType, key: string | number, element: ObjectValue): PathStep {
  if (nesting === "set") return { value: element };
  return typeof key === "string" ? { key } : key;
}
