/** One walk over a construct's configuration, for everything that it is turned into. */
import type { Attribute, AttributePath, Attributes } from "../../src/terraform/schema";
import type { Type } from "../../src/terraform/schema/types";
import { Secret } from "../secret";
import { type Dynamic, isDynamic } from "./late";
import { fieldsOf, isRecord, mapValues, type Values } from "./record";
import { isShared } from "./shared";
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
  /** A value that other constructs of the stack have, too. */
  shared(value: object, convertIt: () => unknown): unknown;
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
  const convertField = (value: unknown, name: string) => {
    const attribute = own(attributes, name);
    const at = [...path, name];
    return attribute ? convertAttribute(attribute, value, conversion, at) : conversion.misfit(value, undefined, at);
  };
  return mapValues(withSecretVersions(attributes, fieldsOf(config)), convertField, conversion.attributeName);
}

function withSecretVersions(attributes: Attributes, config: object): Values {
  const fields: Record<string, unknown> = { ...config };
  for (const [name, secret] of Object.entries(fields)) {
    const version = `${name}Version`;
    if (Secret.isSecret(secret) && own(attributes, version) && fields[version] === undefined) {
      fields[version] = secret.version;
    }
  }
  return fields;
}

function convertAttribute(attribute: Attribute, value: unknown, conversion: Conversion, path: AttributePath): unknown {
  if (takesSecret(attribute) && value !== null) return conversion.secret(value, path, attribute);
  const convertIt = () => convertValue(attribute.type, value, conversion, path);
  return isShared(value) ? conversion.shared(value, convertIt) : convertIt();
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
  const entries = (element: Type) => {
    const convertEntry = (each: unknown, key: string) => convertValue(element, each, conversion, [...path, { key }]);
    return isRecord(value) ? mapValues(fieldsOf(value), convertEntry) : misfit();
  };
  switch (type.kind) {
    case "list":
    case "set":
      return elements(type.element);
    case "map":
      return entries(type.element);
    case "object":
      if (!isRecord(value)) return misfit();
      return mapValues(
        fieldsOf(value),
        (each, name) => {
          const field = own(type.fields, name);
          const at = [...path, name];
          return field ? convertValue(field, each, conversion, at) : conversion.misfit(each, undefined, at);
        },
        conversion.attributeName,
      );
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

function own<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
