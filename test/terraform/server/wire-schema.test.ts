import fc from "fast-check";
import {
  computed,
  dynamic,
  list,
  nested,
  nestedSet,
  number,
  object,
  optional,
  required,
  schema,
  string,
} from "../../../src/terraform";
import { Schema as WireSchema } from "../../../src/terraform/protocol/tfplugin6";
import { ctyTypeOfAttributes } from "../../../src/terraform/schema/cty-type";
import { wireSchema } from "../../../src/terraform/server/wire-schema";
import { typeFromJson } from "../../../src/terraform/values/cty-type";
import { anyAttributes } from "../schema/arbitraries";

const example = schema({
  description: "An *example*.",
  version: 3,
  attributes: {
    zoneId: required(string(), { description: "Zone." }),
    diskSize: optional(number(), { description: "Size.", default: 8 }),
    id: computed(string(), { description: "Id.", sensitive: true }),
    disks: optional(list(object({ sizeGb: number() })), { description: "Disks.", deprecated: "Use zones." }),
    anything: optional(dynamic(), { description: "Anything." }),
    admin: optional(nested({ passwordWo: optional(string(), { description: "Password.", writeOnly: true }) }), {
      description: "Account.",
    }),
    rules: optional(nestedSet({ port: required(number(), { description: "Port." }) }), { description: "Rules." }),
  },
});
const block = wireSchema(example).block;
const attribute = (name: string) => block?.attributes?.find((candidate) => candidate.name === name);
const typeOf = (name: string): unknown => JSON.parse(Buffer.from(attribute(name)?.type ?? []).toString());

test("a schema has its version and its description in Markdown", () => {
  expect(wireSchema(example).version).toBe(3);
  expect(block).toMatchObject({ description: "An *example*.", descriptionKind: "MARKDOWN", deprecated: false });
});

test("attributes are sorted by Terraform's names", () => {
  expect(block?.attributes?.map(({ name }) => name)).toEqual([
    "admin",
    "anything",
    "disk_size",
    "disks",
    "id",
    "rules",
    "zone_id",
  ]);
});

test("what has a default is optional and computed", () => {
  expect(attribute("disk_size")).toMatchObject({ required: false, optional: true, computed: true });
});

test("flags are announced as declared", () => {
  expect(attribute("zone_id")).toMatchObject({ required: true, optional: false, computed: false, sensitive: false });
  expect(attribute("id")).toMatchObject({ required: false, optional: false, computed: true, sensitive: true });
  expect(attribute("disks")).toMatchObject({
    deprecated: true,
    deprecationMessage: "Use zones.",
    description: "Disks. Deprecated: Use zones.",
  });
});

test("types are JSON with Terraform's names", () => {
  expect(typeOf("zone_id")).toBe("string");
  expect(typeOf("anything")).toBe("dynamic");
  expect(typeOf("disks")).toEqual(["list", ["object", { size_gb: "number" }]]);
});

test("nested attributes are announced as such, without a type", () => {
  expect(attribute("admin")).toMatchObject({
    nestedType: { nesting: "SINGLE", attributes: [{ name: "password_wo", optional: true, writeOnly: true }] },
  });
  expect(attribute("admin")?.type).toBeUndefined();
  expect(attribute("rules")).toMatchObject({
    nestedType: { nesting: "SET", attributes: [{ name: "port", required: true }] },
  });
});

test("any schema's message names what the codec reads and writes", () => {
  fc.assert(
    fc.property(anyAttributes, (attributes) => {
      const bytes = WireSchema.encode(wireSchema(schema({ description: "Random.", attributes })));
      const wire = WireSchema.decode(bytes).block?.attributes ?? [];
      const cty = ctyTypeOfAttributes(attributes).attributes;
      expect(wire.map(({ name }) => name)).toEqual(cty.map(({ name }) => name));
      for (const [index, { type, nestedType }] of wire.entries()) {
        if (nestedType === undefined)
          expect(shape(typeFromJson(JSON.parse(Buffer.from(type).toString())))).toEqual(shape(cty[index]?.type));
      }
    }),
  );
});

/** A type without the names that its properties have in TypeScript. */
function shape(type: unknown): unknown {
  return JSON.parse(JSON.stringify(type, (key, value) => (key === "property" ? undefined : value)));
}
