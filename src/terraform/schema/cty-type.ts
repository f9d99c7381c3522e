/** The cty types that follow from a schema. Each is made once and shared by every value of the schema. */
import { type CtyObject, type CtyType, ctyObject } from "../values/cty-type";
import { toSnakeCase } from "../values/names";
import type { Attributes, NestedType, Type } from "./types";

const ofAttributes = new WeakMap<Attributes, CtyObject>();
const ofTypes = new WeakMap<Type, CtyType>();

/** The type of an object with these attributes: of a whole resource, for instance. */
export function ctyTypeOfAttributes(attributes: Attributes): CtyObject {
  let type = ofAttributes.get(attributes);
  if (type === undefined) {
    type = ctyObject(
      Object.entries(attributes).map(([property, attribute]) => ({
        name: toSnakeCase(property),
        property,
        type: ctyTypeOf(attribute.type),
      })),
    );
    ofAttributes.set(attributes, type);
  }
  return type;
}

/** The type of an attribute's value. */
export function ctyTypeOf(type: Type): CtyType {
  let cty = ofTypes.get(type);
  if (cty === undefined) {
    cty = convert(type);
    ofTypes.set(type, cty);
  }
  return cty;
}

function convert(type: Type): CtyType {
  switch (type.kind) {
    case "string":
    case "number":
    case "bool":
    case "dynamic":
      return { kind: type.kind };
    case "list":
    case "set":
    case "map":
      return { kind: type.kind, element: ctyTypeOf(type.element) };
    case "object":
      return ctyObject(
        Object.entries(type.fields).map(([property, field]) => ({
          name: toSnakeCase(property),
          property,
          type: ctyTypeOf(field),
        })),
      );
    case "nested":
      return convertNested(type);
  }
}

function convertNested({ nesting, attributes }: NestedType): CtyType {
  const object = ctyTypeOfAttributes(attributes);
  return nesting === "single" ? object : { kind: nesting, element: object };
}
