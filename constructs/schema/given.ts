/** What callers without a compiler give in place of properties. */
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { describeKind } from "../../src/terraform/schema";
import { Secret } from "../secret";
import { fieldsOf, isRecord } from "./record";

/**
 * The properties of a construct to be made in a scope, or of something that is added to it.
 *
 * @throws Error when they are no object.
 */
export function propsOf<T extends object>(given: T, scope: IConstruct, id: string): T {
  const path = [scope.node.path, id].filter(Boolean).join("/");
  return recordAt(`[${path}]`, given);
}

/** The same of what stands at a place, with the text that names it. */
export function recordAt<T extends object>(place: string, given: T): T {
  if (isRecord(given)) return fieldsOf(given);
  throw new Error(
    `${place} The value must be an object, got: ${kindOf(given)}. Give the properties as { name: value, … }.`,
  );
}

/** What is no list is refused as the element of one. */
export function listOf<T>(value: readonly T[]): readonly T[];
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function kindOf(value: unknown): string {
  if (Secret.isSecret(value)) return "a Secret";
  return Token.isUnresolved(value) ? "a token" : describeKind(value);
}
