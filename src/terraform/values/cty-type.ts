/** cty, Terraform's type system, and the JSON notation in which the protocol writes its types. */

export type CtyPrimitive = { readonly kind: "string" | "number" | "bool" };
/** A type that only the value itself tells. */
export type CtyDynamic = { readonly kind: "dynamic" };
export interface CtyCollection {
  readonly kind: "list" | "set" | "map";
  readonly element: CtyType;
}
export interface CtyTuple {
  readonly kind: "tuple";
  readonly elements: readonly CtyType[];
}
export interface CtyAttribute {
  /** As Terraform writes it. */
  readonly name: string;
  /** The key in a TypeScript object: camelCase where a schema declares the attribute, else the name itself. */
  readonly property: string;
  readonly type: CtyType;
}
export interface CtyObject {
  readonly kind: "object";
  /** Sorted by name, as the wire wants them. */
  readonly attributes: readonly CtyAttribute[];
}
export type CtyType = CtyPrimitive | CtyDynamic | CtyCollection | CtyTuple | CtyObject;

export function ctyObject(attributes: Iterable<CtyAttribute>): CtyObject {
  return { kind: "object", attributes: [...attributes].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** What `JSON.stringify` makes the protocol's notation of: `"string"`, `["list", "string"]`, `["object", { … }]`. */
export function typeToJson(type: CtyType): unknown {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return [type.kind, typeToJson(type.element)];
    case "tuple":
      return [type.kind, type.elements.map(typeToJson)];
    case "object":
      return [type.kind, Object.fromEntries(type.attributes.map(({ name, type }) => [name, typeToJson(type)]))];
    default:
      return type.kind;
  }
}

/**
 * The type that parsed JSON notation names. The names of optional attributes, which an object may carry as a third
 * element, matter to conversions only and are left out.
 *
 * @throws TypeError when it is no such notation
 */
export function typeFromJson(json: unknown): CtyType {
  if (json === "string" || json === "number" || json === "bool" || json === "dynamic") return { kind: json };
  if (!Array.isArray(json)) throw invalidNotation(json);
  const [kind, argument]: readonly unknown[] = json;
  if (kind === "list" || kind === "set" || kind === "map") return { kind, element: typeFromJson(argument) };
  if (kind === "tuple" && Array.isArray(argument)) return { kind, elements: argument.map(typeFromJson) };
  if (kind === "object" && typeof argument === "object" && argument !== null && !Array.isArray(argument)) {
    return ctyObject(Object.entries(argument).map(([name, type]) => attribute(name, type)));
  }
  throw invalidNotation(json);
}

/** The same where a value may not be what it should: undefined when it is no such notation. */
export function typeOrUndefined(json: unknown): CtyType | undefined {
  try {
    return typeFromJson(json);
  } catch {
    return undefined;
  }
}

function attribute(name: string, type: unknown): CtyAttribute {
  // As a key of a plain object it would set the prototype in place of a property.
  if (name === "__proto__") throw new TypeError("an object's attribute cannot have the name __proto__");
  return { name, property: name, type: typeFromJson(type) };
}

function invalidNotation(json: unknown): TypeError {
  return new TypeError(`${JSON.stringify(json)} is no type in Terraform's notation`);
}
