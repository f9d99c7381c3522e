import fc from "fast-check";
import {
  type Attributes,
  computed,
  dynamic,
  list,
  nested,
  nestedList,
  nestedSet,
  number,
  optional,
  required,
  schema,
  set,
  string,
  timeouts,
} from "../../../src/terraform";
import { assertSchema } from "../../../src/terraform/schema/assert-schema";
import { anyAttributes } from "./arbitraries";

const description = "Something.";
const text = optional(string(), { description });
const secret = optional(string(), { description, writeOnly: true });
const withFlags = (...flags: ("required" | "optional" | "computed" | "writeOnly" | "default")[]) => ({
  ...text,
  flags: new Set(flags),
});

test("an identity of what is no text, or secret, or not there is a mistake", () => {
  const attributes = { id: text, size: optional(number(), { description }), secret };
  const identity = { version: 0, attributes: ["id", "size", "secret", "name"] as never };
  expect(() => assertSchema(schema({ description, attributes, identity }))).toThrow(
    /size: an identity consists of text.*\n.*secret: an identity.*\n.*name: an identity/,
  );
});

describe("a wrong declaration is named", () => {
  test.each<[string, Attributes, string]>([
    ["a name with an underscore", { image_id: text }, "image_id: Terraform's name, image_id, reads back as imageId"],
    ["a name with a hyphen", { "image-id": text }, "must start with a letter"],
    ["a name that starts with a digit", { "2fast": text }, "must start with a letter"],
    ["a name that Terraform reads itself", { forEach: text }, "for_each: the name belongs to Terraform itself"],
    ["no description", { a: optional(string(), { description: "" }) }, "a: it has no description"],
    ["required and computed", { a: withFlags("required", "computed") }, "a: what is required"],
    ["neither required nor optional nor computed", { a: withFlags() }, "a: it is neither"],
    [
      "required with a default",
      { a: { ...withFlags("required", "default"), default: "x" } },
      "a: what is required has no default",
    ],
    [
      "computed only with a default",
      { a: { ...withFlags("computed", "default"), default: "x" } },
      "a: what cannot be configured",
    ],
    [
      "write-only with a default",
      { a: { ...withFlags("optional", "writeOnly", "default"), default: "x" } },
      "a: what is write-only has no default",
    ],
    [
      "write-only and computed",
      { a: withFlags("optional", "computed", "writeOnly") },
      "a: what is write-only cannot be computed",
    ],
    [
      "a default of another type",
      { a: { ...withFlags("optional", "default"), default: 1 } },
      "must be a string, got: a number",
    ],
    [
      "a default outside of the set",
      { a: { ...optional(string({ oneOf: ["x"] }), { description, default: "x" }), default: "y" } },
      'must be one of "x"',
    ],
    [
      "write-only inside a set",
      { a: optional(nestedSet({ b: secret }), { description }) },
      "a.b: inside a set nothing can be write-only",
    ],
    [
      "write-only deep inside a set",
      { a: optional(nestedSet({ b: optional(nested({ c: secret }), { description }) }), { description }) },
      "a.b.c: inside a set nothing can be write-only",
    ],
    [
      "an unreadable attribute inside a set",
      { a: optional(nestedSet({ b: optional(number(), { description, unreadable: true }) }), { description }) },
      "a.b: inside a set nothing is unreadable",
    ],
    [
      "a default inside a set",
      { a: optional(nestedSet({ b: optional(number(), { description, default: 1 }) }), { description }) },
      "a.b: inside a set nothing has a default",
    ],
    [
      "a readable attribute inside a write-only one",
      { a: optional(nested({ b: text }), { description, writeOnly: true }) },
      "a.b: inside a write-only attribute everything is write-only",
    ],
    [
      "write-only that replaces",
      { a: optional(string(), { description, writeOnly: true, requiresReplace: true }) },
      "a: a write-only value is in no plan",
    ],
    [
      "a configurable attribute inside a computed one",
      { a: computed(nestedList({ b: text }), { description }) },
      "a.b: inside a computed attribute everything is computed",
    ],
    [
      "a dynamic value in a list",
      { a: optional(list(dynamic()), { description }) },
      "a: inside a collection nothing can be dynamic",
    ],
    [
      "a dynamic attribute in a nested set",
      { a: optional(nestedSet({ b: optional(dynamic(), { description }) }), { description }) },
      "a.b: inside a collection nothing can be dynamic",
    ],
  ])("%s", (_, attributes, mistake) => {
    expect(() => assertSchema(schema({ description, attributes }))).toThrow(mistake);
  });

  test("a schema without a description or with half a version", () => {
    expect(() => assertSchema(schema({ description: "", version: 1.5, attributes: {} }))).toThrow(
      /version must be a whole number from 0, got: 1.5\n.*no description/,
    );
  });
});

test("all mistakes are named at once", () => {
  const attributes = { a: withFlags(), b: optional(nestedSet({ c: secret }), { description }) };
  expect(() => assertSchema(schema({ description, attributes }))).toThrow(/a: .*\n.*b\.c: /);
});

test("any schema that is declared rightly passes", () => {
  fc.assert(fc.property(anyAttributes, (attributes) => assertSchema(schema({ description, attributes }))));
});

test("write-only attributes, defaults and computed objects pass where they belong", () => {
  const attributes = {
    id: computed(string(), { description }),
    admin: required(nested({ name: text, passwordWo: secret }), { description }),
    accounts: optional(nestedList({ passwordWo: secret, port: optional(number(), { description, default: 1 }) }), {
      description,
    }),
    adapters: computed(nestedSet({ name: computed(set(string()), { description }) }), { description }),
    timeouts: timeouts({ create: "1m" }),
  };
  expect(() => assertSchema(schema({ description, attributes }))).not.toThrow();
});
