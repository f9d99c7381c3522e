/** The checks of a configuration that need nothing but its schema; the same at synth and in Terraform's validate. */

import type { AttributePath, PathStep } from "../values/path";
import { describeKind, isArray, isDynamicValue, isRecord, isUnknown, UNKNOWN } from "../values/value";
import { entriesOf } from "./entries";
import { nearestName } from "./nearest";
import type { Problem, Schema } from "./schema";
import type { Attribute, Attributes, NestedType, Type } from "./types";

type Values = Readonly<Record<string, unknown>>;

/**
 * Everything that is wrong with a configuration: attributes that are missing, do not exist or cannot be set, values of
 * a wrong type, and what validators and rules say. Absent attributes count as null, and nothing unknown is judged.
 * What is wrong by itself reaches validators of what is around it, and rules, as unknown: they say nothing about it.
 */
export function validateConfig(schema: Schema, input: Values): readonly Problem[] {
  const validator = new ConfigValidator();
  const config = validator.attributes(schema.attributes, input, ROOT);
  return [...validator.problems, ...schema.rules.flatMap((rule) => [...rule(config)])];
}

/** Everything that is wrong with a value of a type by itself: with a default, for instance. */
export function validateValue(type: Type, value: unknown): readonly Problem[] {
  const validator = new ConfigValidator();
  validator.value(type, value, ROOT);
  return validator.problems;
}

/** Where a value stands, and whether a message must not show it. There are many more of them than messages. */
interface Place {
  /** None at the root. */
  readonly parent: Place | undefined;
  /** From the parent to here. */
  readonly step: PathStep;
  readonly secret: boolean;
}

const ROOT: Place = { parent: undefined, step: "", secret: false };

// Not a `Walk`: it judges what does not fit the schema, which a walk leaves alone.
class ConfigValidator {
  readonly problems: Problem[] = [];

  /** Returns the values as rules take them: complete, with unknown in place of what is wrong. */
  attributes(attributes: Attributes, values: Values, place: Place): Values {
    this.checkNames(attributes, values, place);
    const checked: Record<string, unknown> = {};
    entriesOf(attributes).forEach(([name, attribute]) => {
      const value = own(values, name);
      // Of most attributes nothing is said.
      const isAbsent = isNull(attribute.type, value) && !attribute.flags.has("required");
      checked[name] = isAbsent ? null : this.attribute(attribute, value, inside(place, name, isSecret(attribute)));
    });
    return checked;
  }

  value(type: Type, value: unknown, place: Place): unknown {
    if (isUnknown(value)) return UNKNOWN;
    switch (type.kind) {
      case "string":
        return this.string(value, type.oneOf, place);
      case "number":
        return this.number(value, place);
      case "bool":
        return typeof value === "boolean" ? value : this.misfit(place, "a boolean", value);
      case "list":
        return this.array(value, place, (item, index) => this.element(type.element, item, inside(place, index)));
      case "set":
        return this.array(value, place, (item) => this.element(type.element, item, inside(place, { value: item })));
      case "map":
        return this.map(value, place, (item, key) => this.element(type.element, item, inside(place, { key })));
      case "object":
        return this.object(value, place, (values) => this.fields(type.fields, values, place));
      case "nested":
        return this.nested(type, value, place);
      case "dynamic":
        return isDynamicValue(value) ? value : this.misfit(place, "a value together with its type", value);
    }
  }

  private attribute({ flags, type, validate }: Attribute, value: unknown, place: Place): unknown {
    if (isNull(type, value)) {
      if (flags.has("required")) this.report(place, "Missing attribute", "The attribute is required.");
      return null;
    }
    if (!flags.has("required") && !flags.has("optional")) {
      this.report(place, "Read-only attribute", "The attribute is set by the provider and cannot be configured.");
      return UNKNOWN;
    }
    const checked = this.value(type, value, place);
    if (isUnknown(checked)) return UNKNOWN;
    // A schema's validators differ in the type of value that they take; this value has been found to have it.
    const wrong = validate.flatMap((validator) => (validator as (value: unknown) => string | undefined)(checked) ?? []);
    return wrong.length === 0 ? checked : this.invalid(place, ...wrong);
  }

  private string(value: unknown, oneOf: readonly string[] | undefined, place: Place): unknown {
    if (typeof value !== "string") return this.misfit(place, "a string", value);
    if (oneOf === undefined || oneOf.includes(value)) return value;
    const allowed = `must be one of ${oneOf.map((choice) => JSON.stringify(choice)).join(", ")}`;
    return this.invalid(place, place.secret ? allowed : `${allowed}, got: ${JSON.stringify(value)}`);
  }

  private number(value: unknown, place: Place): unknown {
    if (describeKind(value) !== "a number") return this.misfit(place, "a number", value);
    if (
      typeof value === "number" &&
      (Number.isSafeInteger(value) || !Number.isInteger(value)) &&
      Number.isFinite(value)
    ) {
      return value;
    }
    const allowed = `must be a whole number between ±${Number.MAX_SAFE_INTEGER} or a fraction of at most 15 digits`;
    return this.invalid(place, place.secret ? allowed : `${allowed}, got: ${value}`);
  }

  private nested({ nesting, attributes }: NestedType, value: unknown, place: Place): unknown {
    const object = (item: unknown, at: Place): unknown =>
      this.object(item, at, (values) => this.attributes(attributes, values, at));
    switch (nesting) {
      case "single":
        return object(value, place);
      case "list":
        return this.array(value, place, (item, index) => this.present(item, inside(place, index), object));
      case "set":
        return this.array(value, place, (item) => this.present(item, inside(place, { value: item }), object));
      case "map":
        return this.map(value, place, (item, key) => this.present(item, inside(place, { key }), object));
    }
  }

  private element(type: Type, value: unknown, place: Place): unknown {
    return this.present(value, place, (item) => this.value(type, item, place));
  }

  /** Elements of collections are never null, which their static types promise. */
  private present(value: unknown, place: Place, check: (value: unknown, place: Place) => unknown): unknown {
    if (isUnknown(value)) return UNKNOWN;
    return value === null || value === undefined ? this.invalid(place, "must not be null") : check(value, place);
  }

  private array(value: unknown, place: Place, check: (item: unknown, index: number) => unknown): unknown {
    return isArray(value) ? value.map(check) : this.misfit(place, "a list", value);
  }

  private map(value: unknown, place: Place, check: (item: unknown, key: string) => unknown): unknown {
    return this.object(value, place, (values) =>
      Object.fromEntries(Object.entries(values).map(([key, item]) => [key, check(item, key)])),
    );
  }

  private object(value: unknown, place: Place, check: (values: Values) => unknown): unknown {
    return isRecord(value) ? check(value) : this.misfit(place, "an object", value);
  }

  private fields(fields: Readonly<Record<string, Type>>, values: Values, place: Place): Values {
    this.checkNames(fields, values, place);
    return Object.fromEntries(
      Object.entries(fields).map(([name, type]) => {
        const value = own(values, name);
        return [name, isNull(type, value) ? null : this.value(type, value, inside(place, name))];
      }),
    );
  }

  private checkNames(known: object, values: Values, place: Place): void {
    for (const name of Object.keys(values)) {
      if (Object.hasOwn(known, name) || values[name] === undefined) continue;
      const nearest = nearestName(name, Object.keys(known));
      const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
      this.report(inside(place, name), "Unsupported attribute", `There is no attribute "${name}".${hint}`);
    }
  }

  private misfit(place: Place, expected: string, value: unknown): typeof UNKNOWN {
    return this.invalid(place, `must be ${expected}, got: ${describeKind(value)}`);
  }

  /** What is wrong, as validators put it: "must be …, got: …". */
  private invalid(place: Place, ...wrong: readonly string[]): typeof UNKNOWN {
    for (const text of wrong) this.report(place, "Invalid value", `The value ${text}${text.endsWith(".") ? "" : "."}`);
    return UNKNOWN;
  }

  private report(place: Place, summary: string, message: string): void {
    this.problems.push({ path: pathOf(place), summary, message });
  }
}

function inside(parent: Place, step: PathStep, secret = false): Place {
  return { parent, step, secret: parent.secret || secret };
}

function pathOf({ parent, step }: Place): AttributePath {
  return parent === undefined ? [] : [...pathOf(parent), step];
}

function isSecret({ sensitive, flags }: Attribute): boolean {
  return sensitive || flags.has("writeOnly");
}

function own(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** A dynamic attribute can hold a null of some type. */
function isNull(type: Type, value: unknown): boolean {
  if (type.kind === "dynamic" && isDynamicValue(value)) return value.value === null || value.value === undefined;
  return value === undefined || value === null;
}
