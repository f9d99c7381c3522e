/** One walk over a construct's configuration, for everything that it is turned into. */
import type { Attribute, AttributePath, Attributes } from "../../src/terraform/schema";
import type { Type } from "../../src/terraform/schema/types";
import { Secret } from "../secret";
import { withoutUndefined } from "./defined";
import { isUnresolved } from "./tokens";

export type Values = Readonly<Record<string, unknown>>;

/** How parts of a configuration are turned into something else. What a method leaves undefined is left out. */
export interface Conversion {
  attributeName(name: string): string;
  /** A value that only Terraform can evaluate. */
  unresolved(value: unknown): unknown;
  /** The value of an attribute that takes secrets; whether it is one remains to be seen. */
  secret(value: unknown, path: AttributePath, attribute: Attribute): unknown;
}

/** Attributes that the user may set. */
export function isConfigurable({ flags }: Attribute): boolean {
  return flags.has("required") || flags.has("optional");
}

/** Attributes whose value has to be a `Secret`. */
export function takesSecret({ type, flags, sensitive }: Attribute): boolean {
  return type.kind === "string" && (sensitive || flags.has("writeOnly"));
}

/**
 * A converted configuration. What does not fit its type stays as it is, for validation to find. The version of a
 * secret in `passwordWo` becomes `passwordWoVersion`, unless that is set by itself.
 */
export function convert(
  attributes: Attributes,
  config: Values,
  conversion: Conversion,
  path: AttributePath = [],
): Values {
  const entries = Object.entries({ ...secretVersions(attributes, config), ...withoutUndefined(config) });
  const converted = entries.map(([name, value]) => {
    const attribute = attributes[name];
    return [
      conversion.attributeName(name),
      attribute ? convertAttribute(attribute, value, conversion, [...path, name]) : value,
    ];
  });
  return withoutUndefined(Object.fromEntries(converted));
}

function secretVersions(attributes: Attributes, config: Values): Values {
  const versions = Object.entries(config).flatMap(([name, value]) =>
    Secret.isSecret(value) && Object.hasOwn(attributes, `${name}Version`) ? [[`${name}Version`, value.version]] : [],
  );
  return withoutUndefined(Object.fromEntries(versions));
}

function convertAttribute(attribute: Attribute, value: unknown, conversion: Conversion, path: AttributePath): unknown {
  if (takesSecret(attribute) && value !== null) return conversion.secret(value, path, attribute);
  return convertValue(attribute.type, value, conversion, path);
}

function convertValue(type: Type, value: unknown, conversion: Conversion, path: AttributePath): unknown {
  if (isUnresolved(value)) return conversion.unresolved(value);
  switch (type.kind) {
    case "list":
    case "set":
      return convertElements(value, (element, key) => convertValue(type.element, element, conversion, [...path, key]));
    case "map":
      return convertEntries(value, (element, key) =>
        convertValue(type.element, element, conversion, [...path, { key }]),
      );
    case "object":
      if (!isValues(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, field]) => [
          conversion.attributeName(name),
          type.fields[name] ? convertValue(type.fields[name], field, conversion, [...path, name]) : field,
        ]),
      );
    case "nested": {
      const nested = (element: unknown, at: AttributePath) => {
        if (isUnresolved(element)) return conversion.unresolved(element);
        return isValues(element) ? convert(type.attributes, element, conversion, at) : element;
      };
      if (type.nesting === "single") return nested(value, path);
      if (type.nesting === "map") return convertEntries(value, (element, key) => nested(element, [...path, { key }]));
      return convertElements(value, (element, index) => nested(element, [...path, index]));
    }
    default:
      return value;
  }
}

function convertElements(value: unknown, element: (value: unknown, index: number) => unknown): unknown {
  return Array.isArray(value) ? value.map(element) : value;
}

function convertEntries(value: unknown, entry: (value: unknown, key: string) => unknown): unknown {
  if (!isValues(value)) return value;
  return Object.fromEntries(
    Object.entries(withoutUndefined(value)).map(([key, element]) => [key, entry(element, key)]),
  );
}

/** True for an object literal; everything else with properties is a value in itself. */
function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
