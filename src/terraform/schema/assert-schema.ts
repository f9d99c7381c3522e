/** Mistakes in declarations that types do not catch: what Terraform refuses, and what could never work. */

import { toCamelCase, toSnakeCase } from "../values/names";
import { type AttributePath, renderPath } from "../values/path";
import type { Schema } from "./schema";
import type { Attribute, Attributes, Type } from "./types";
import { validateValue } from "./validate";

/**
 * Checks a schema's declaration, as tests do and as a provider does where it is started by a test.
 *
 * @throws Error that names every mistake
 */
export function assertSchema(schema: Schema): void {
  const mistakes = [...schemaMistakes(schema)];
  if (mistakes.length > 0) throw new Error(`The schema is declared wrongly:\n- ${mistakes.join("\n- ")}`);
}

/** Arguments that Terraform itself reads in every block. */
const RESERVED_NAMES = ["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];
const NAME = /^[a-z][a-z0-9_]*$/;

/** What the attributes around one allow inside. */
interface Surroundings {
  readonly path: AttributePath;
  readonly insideSet: boolean;
  readonly insideCollection: boolean;
  readonly insideComputed: boolean;
  readonly insideWriteOnly: boolean;
}

function* schemaMistakes({ version, description, attributes, identity }: Schema): Generator<string> {
  if (!Number.isInteger(version) || version < 0) yield `version must be a whole number from 0, got: ${version}`;
  if (description === "") yield "the schema has no description";
  for (const name of Object.keys(attributes)) {
    if (RESERVED_NAMES.includes(toSnakeCase(name))) yield `${toSnakeCase(name)}: the name belongs to Terraform itself`;
  }
  for (const name of identity?.attributes ?? []) {
    const attribute = attributes[name];
    if (attribute?.type.kind !== "string" || attribute.sensitive || attribute.flags.has("writeOnly"))
      yield `${name}: an identity consists of text that may be shown`;
  }
  yield* attributesMistakes(attributes, {
    path: [],
    insideSet: false,
    insideCollection: false,
    insideComputed: false,
    insideWriteOnly: false,
  });
}

function* attributesMistakes(attributes: Attributes, around: Surroundings): Generator<string> {
  for (const [name, attribute] of Object.entries(attributes)) {
    const path = [...around.path, name];
    for (const mistake of attributeMistakes(name, attribute, around)) yield `${renderPath(path)}: ${mistake}`;
    yield* typeMistakes(attribute.type, {
      ...around,
      path,
      insideComputed: around.insideComputed || isReadOnly(attribute),
      insideWriteOnly: around.insideWriteOnly || attribute.flags.has("writeOnly"),
    });
  }
}

function* attributeMistakes(name: string, attribute: Attribute, around: Surroundings): Generator<string> {
  const { flags, description } = attribute;
  yield* nameMistakes(name);
  if (description === "") yield "it has no description";
  if (flags.has("required") && (flags.has("optional") || flags.has("computed"))) {
    yield "what is required is neither optional nor computed";
  }
  if (!flags.has("required") && !flags.has("optional") && !flags.has("computed")) {
    yield "it is neither required nor optional nor computed";
  }
  if (around.insideComputed && !isReadOnly(attribute)) yield "inside a computed attribute everything is computed";
  if (flags.has("unreadable") && around.insideSet) {
    yield "inside a set nothing is unreadable: Terraform would take an element for a new one when it is adopted";
  }
  yield* defaultMistakes(attribute, around);
  yield* writeOnlyMistakes(attribute, around);
}

function* nameMistakes(name: string): Generator<string> {
  const wireName = toSnakeCase(name);
  if (!NAME.test(wireName)) {
    yield `Terraform's name, ${JSON.stringify(wireName)}, must start with a letter and have only lower-case letters, digits and _`;
  } else if (toCamelCase(wireName) !== name) {
    yield `Terraform's name, ${wireName}, reads back as ${toCamelCase(wireName)}`;
  }
}

function* defaultMistakes({ flags, type, default: value }: Attribute, around: Surroundings): Generator<string> {
  if (!flags.has("default")) return;
  if (flags.has("required")) yield "what is required has no default";
  if (isReadOnly({ flags })) yield "what cannot be configured has no default";
  if (flags.has("writeOnly")) yield "what is write-only has no default: the plan would hold it";
  if (around.insideSet) yield "inside a set nothing has a default: Terraform could not tell which element it is in";
  for (const { path, message } of validateValue(type, value)) {
    yield `its default is no valid value${path.length === 0 ? "" : ` at ${renderPath(path)}`}: ${message}`;
  }
}

function* writeOnlyMistakes({ flags, requiresReplace }: Attribute, around: Surroundings): Generator<string> {
  if (!flags.has("writeOnly")) {
    if (around.insideWriteOnly) yield "inside a write-only attribute everything is write-only";
    return;
  }
  if (flags.has("computed")) yield "what is write-only cannot be computed";
  if (around.insideSet) yield "inside a set nothing can be write-only";
  if (requiresReplace !== undefined) yield "a write-only value is in no plan, so its change cannot replace anything";
}

function* typeMistakes(type: Type, around: Surroundings): Generator<string> {
  switch (type.kind) {
    case "dynamic":
      if (around.insideCollection) yield `${renderPath(around.path)}: inside a collection nothing can be dynamic`;
      return;
    case "list":
    case "map":
      yield* typeMistakes(type.element, { ...around, insideCollection: true });
      return;
    case "set":
      yield* typeMistakes(type.element, { ...around, insideCollection: true, insideSet: true });
      return;
    case "object":
      for (const [name, field] of Object.entries(type.fields)) {
        const path = [...around.path, name];
        for (const mistake of nameMistakes(name)) yield `${renderPath(path)}: ${mistake}`;
        yield* typeMistakes(field, { ...around, path });
      }
      return;
    case "nested":
      yield* attributesMistakes(type.attributes, {
        ...around,
        insideSet: around.insideSet || type.nesting === "set",
        insideCollection: around.insideCollection || type.nesting !== "single",
      });
  }
}

function isReadOnly({ flags }: Pick<Attribute, "flags">): boolean {
  return flags.has("computed") && !flags.has("optional");
}
