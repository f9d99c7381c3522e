/** The schema message that Terraform asks for, from a declared schema. */
import type { SchemaAttribute, SchemaObject, Schema as WireSchema } from "../protocol/tfplugin6";
import { ctyTypeOf } from "../schema/cty-type";
import type { Schema } from "../schema/schema";
import type { Attribute, Attributes, NestedType, Nesting } from "../schema/types";
import { typeToJson } from "../values/cty-type";
import { toSnakeCase } from "../values/names";

export function wireSchema(schema: Schema): WireSchema {
  return {
    version: schema.version,
    block: {
      attributes: wireAttributes(schema.attributes),
      description: schema.description,
      descriptionKind: "MARKDOWN",
      ...deprecation(schema),
    },
  };
}

function wireAttributes(attributes: Attributes): SchemaAttribute[] {
  return Object.entries(attributes)
    .map(([property, attribute]) => ({ name: toSnakeCase(property), attribute }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, attribute }) => wireAttribute(name, attribute));
}

function wireAttribute(name: string, attribute: Attribute): SchemaAttribute {
  const { type, flags, description, sensitive, deprecated } = attribute;
  return {
    name,
    ...(type.kind === "nested" ? { nestedType: wireNested(type) } : { type: wireType(type) }),
    // Terraform before 1.15 shows no message of its own.
    description: deprecated === undefined ? description : `${description} Deprecated: ${deprecated}`,
    descriptionKind: "MARKDOWN",
    required: flags.has("required"),
    optional: flags.has("optional"),
    // Terraform accepts a planned value where the configuration has none only from a computed attribute.
    computed: flags.has("computed") || flags.has("default"),
    sensitive,
    writeOnly: flags.has("writeOnly"),
    ...deprecation(attribute),
  };
}

function deprecation({ deprecated }: Pick<Attribute, "deprecated">) {
  return { deprecated: deprecated !== undefined, deprecationMessage: deprecated };
}

function wireNested({ attributes, nesting }: NestedType): SchemaObject {
  return { attributes: wireAttributes(attributes), nesting: NESTING[nesting] };
}

const NESTING = { single: "SINGLE", list: "LIST", set: "SET", map: "MAP" } as const satisfies Record<Nesting, string>;

function wireType(type: Exclude<Attribute["type"], NestedType>): Uint8Array {
  return Buffer.from(JSON.stringify(typeToJson(ctyTypeOf(type))));
}
