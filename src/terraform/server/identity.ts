/** Identities: the few values that tell an object from all others, as Terraform stores them beside the state. */
import type { ResourceIdentityData, ResourceIdentitySchema } from "../protocol/tfplugin6";
import { ctyTypeOf } from "../schema/cty-type";
import type { Schema } from "../schema/schema";
import type { Attributes } from "../schema/types";
import { typeToJson } from "../values/cty-type";
import { toSnakeCase } from "../values/names";
import { isUnknown, type ObjectValue, ownProperty } from "../values/value";
import { decodeConfig, encodeObject } from "./dynamic-values";

const known = new WeakMap<Schema, Attributes>();

/** The attributes of an identity, the same object each time; undefined for a resource whose objects have none. */
export function identityAttributes(schema: Schema): Attributes | undefined {
  const { identity, attributes } = schema;
  if (identity === undefined) return undefined;
  const ofIdentity =
    known.get(schema) ??
    Object.fromEntries(Object.entries(attributes).filter(([name]) => identity.attributes.includes(name)));
  known.set(schema, ofIdentity);
  return ofIdentity;
}

export function wireIdentitySchema(schema: Schema): ResourceIdentitySchema | undefined {
  const attributes = identityAttributes(schema);
  if (attributes === undefined) return undefined;
  return {
    version: schema.identity?.version ?? 0,
    identityAttributes: Object.entries(attributes).map(([name, { type, description }]) => ({
      name: toSnakeCase(name),
      type: Buffer.from(JSON.stringify(typeToJson(ctyTypeOf(type)))),
      requiredForImport: true,
      description,
    })),
  };
}

/**
 * The identity of the object that has this state or plan; undefined for one of which a part is not there, or not known:
 * Terraform and OpenTofu cannot show a plan with an unknown one.
 */
export function identityOf(schema: Schema, object: ObjectValue | null): ResourceIdentityData | undefined {
  const attributes = identityAttributes(schema);
  if (attributes === undefined || object === null) return undefined;
  const identity = Object.fromEntries(Object.keys(attributes).map((name) => [name, ownProperty(object, name)]));
  if (Object.values(identity).some((value) => value === null || isUnknown(value))) return undefined;
  return { identityData: encodeObject(attributes, identity) };
}

/** The import id that an identity stands for. */
export function importIdOf(schema: Schema, { identityData }: ResourceIdentityData): string {
  const identity = decodeConfig(identityAttributes(schema) ?? {}, identityData);
  return (schema.identity?.attributes ?? []).map((name) => identity[name]).join("/");
}
