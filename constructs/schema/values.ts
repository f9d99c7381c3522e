/** One walk over a construct's configuration, for everything that it is turned into. */
import type { Attribute, AttributePath, Attributes } from "../../src/terraform/schema";
import type { Type } from "../../src/terraform/schema/types";
import { Secret } from "../secret";
import { withoutUndefined } from "./defined";
import { type Dynamic, isDynamic } from "./late";
import { fieldsOf, isRecord, type Values } from "./record";
import { hidesNumber, isUnresolved, mixesLists } from "./tokens";

/** Goes on with what a late value turns out to be. */
export type GoOn = (known: unknown) => unknown;

/** How parts of a configuration are turned into something else. What a method leaves undefined is left out. */
export interface Conversion {
  attributeName(name: string): string;
  /** A value that is known at synth only, or to Terraform only. */
  late(value: unknown, type: Type, path: AttributePath, goOn: GoOn): unknown;
  /** An element for each that an iterator goes over; `goOn` takes the content of one. */
  dynamic(value: Dynamic, type: Type, path: AttributePath, goOn: GoOn): unknown;
  /** The value of an attribute that takes secrets; whether it is one remains to be seen. */
  secret(value: unknown, path: AttributePath, attribute: Attribute): unknown;
  /** A value that does not have the type, or the value of an attribute that there is not. */
  misfit(value: unknown, type: Type | undefined, path: AttributePath): unknown;
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
 * A converted configuration. The version of a secret in `passwordWo` becomes `passwordWoVersion`, unless that is set by
 * itself.
 */
export function convert(
  attributes: Attributes,
  config: object,
  conversion: Conversion,
  path: AttributePath = [],
): Values {
  const fields = withoutUndefined(fieldsOf(config));
  const converted = Object.entries({ ...secretVersions(attributes, fields), ...fields }).map(([name, value]) => {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    const at = [...path, name];
    return [
      conversion.attributeName(name),
      attribute ? convertAttribute(attribute, value, conversion, at) : conversion.misfit(value, undefined, at),
    ];
  });
  return withoutUndefined(Object.fromEntries(converted));
}

function secretVersions(attributes: Attributes, config: object): Values {
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
  if (value === null) return null;
  if (isDynamic(value)) {
    const content = elementOf(type);
    if (content === undefined) return conversion.misfit(value, type, path);
    return conversion.dynamic(value, content, path, (known) => convertValue(content, known, conversion, [...path, 0]));
  }
  if (hidesNumber(value)) return conversion.misfit(value, type, path);
  if (isUnresolved(value)) {
    return conversion.late(value, type, path, (known) => convertValue(type, known, conversion, path));
  }
  const misfit = () => conversion.misfit(value, type, path);
  const elements = (element: Type) =>
    Array.isArray(value)
      ? value.map((each, index) => convertValue(element, each, conversion, [...path, index]))
      : misfit();
  const entries = (element: Type) =>
    isRecord(value)
      ? mapFields(value, (each, key) => [key, convertValue(element, each, conversion, [...path, { key }])])
      : misfit();
  switch (type.kind) {
    case "list":
    case "set":
      return elements(type.element);
    case "map":
      return entries(type.element);
    case "object":
      if (!isRecord(value)) return misfit();
      return mapFields(value, (each, name) => {
        const field = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
        const at = [...path, name];
        const converted = field ? convertValue(field, each, conversion, at) : conversion.misfit(each, undefined, at);
        return [conversion.attributeName(name), converted];
      });
    case "nested":
      if (type.nesting === "map") return entries(oneOf(type));
      if (type.nesting !== "single") return elements(oneOf(type));
      return isRecord(value) ? convert(type.attributes, value, conversion, path) : misfit();
    case "dynamic":
      return value;
    default:
      return typeof value === "object" || typeof value === "function" || mixesLists(value) ? misfit() : value;
  }
}

/** The type of a list's elements. */
function elementOf(type: Type): Type | undefined {
  if (type.kind === "list" || type.kind === "set") return type.element;
  return type.kind === "nested" && (type.nesting === "list" || type.nesting === "set") ? oneOf(type) : undefined;
}

function oneOf({ attributes }: Extract<Type, { readonly kind: "nested" }>): Type {
  return { kind: "nested", nesting: "single", attributes };
}

function mapFields(value: object, map: (value: unknown, name: string) => readonly [string, unknown]): Values {
  const fields = Object.entries(withoutUndefined(fieldsOf(value)));
  return withoutUndefined(Object.fromEntries(fields.map(([name, each]) => map(each, name))));
}
