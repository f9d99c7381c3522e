/** Names and sentences that more than one kind of output needs. */
import type { Attribute, Schema } from "../../src/terraform";
import { toCamelCase, toSnakeCase } from "../../src/terraform";
import type { Type } from "../../src/terraform/schema/types";

export function toPascalCase(name: string): string {
  const camel = toCamelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

export interface Described {
  readonly text: string;
  /** What a description says at its end about the value that is taken when none is set. */
  readonly default?: string;
}

/** A description, and the default that it mentions. */
export function splitDefault(description: string): Described {
  const match = /\s*\bDefault: (.+?)\.(?=\s|$)/.exec(description);
  if (!match?.[1]) return { text: description };
  return { text: description.replace(match[0], "").trim(), default: match[1] };
}

/** Attribute names in a description, as TypeScript writes them. */
export function inCamelCase(description: string, schema: Schema): string {
  const names = new Set(attributeNames(schema.attributes).map(toSnakeCase));
  return description.replace(/`([a-z0-9_]+)`/g, (text, name: string) =>
    names.has(name) ? `\`${toCamelCase(name)}\`` : text,
  );
}

function attributeNames(attributes: Schema["attributes"]): string[] {
  return Object.entries(attributes).flatMap(([name, { type }]) => {
    const nested = nestedOf(type);
    return nested ? [name, ...attributeNames(nested)] : [name];
  });
}

/** The attributes inside an attribute, where it has any. */
export function nestedOf(type: Type): Schema["attributes"] | undefined {
  return type.kind === "nested" ? type.attributes : undefined;
}

export type Requirement = "required" | "optional" | "computed";

export function requirementOf({ flags }: Attribute): Requirement {
  if (flags.has("required")) return "required";
  return flags.has("optional") ? "optional" : "computed";
}

/** What is configurable first, and what is required first of all. */
export function sorted(attributes: Schema["attributes"]): [string, Attribute][] {
  const order: readonly Requirement[] = ["required", "optional", "computed"];
  return Object.entries(attributes).sort(
    ([, one], [, other]) => order.indexOf(requirementOf(one)) - order.indexOf(requirementOf(other)),
  );
}

/** Lines of at most a length, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
