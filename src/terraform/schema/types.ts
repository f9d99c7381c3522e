/**
 * The schema language: what a provider, a resource or a data source says about its attributes.
 *
 * One declaration serves four readers: Terraform (the wire schema), the life cycle code (the static types in
 * `infer.ts`), the constructs (their props and their checks at synth) and the reference documentation.
 * Names are camelCase here and snake_case in Terraform; `values/names.ts` is the only place that converts.
 */

import type { ObjectValue, Unknown } from "../values/value";

export interface StringType<S extends string = string> {
  readonly kind: "string";
  /** The only values allowed, where the set is closed. */
  readonly oneOf?: readonly S[];
}
export interface NumberType {
  readonly kind: "number";
}
export interface BoolType {
  readonly kind: "bool";
}
/** A value whose type is only known with the value itself. */
export interface DynamicType {
  readonly kind: "dynamic";
}
export interface ListType<E extends Type = Type> {
  readonly kind: "list";
  readonly element: E;
}
export interface SetType<E extends Type = Type> {
  readonly kind: "set";
  readonly element: E;
}
export interface MapType<E extends Type = Type> {
  readonly kind: "map";
  readonly element: E;
}
/** A plain object value: its fields have types, but no requirements or defaults of their own. */
export interface ObjectType<F extends Readonly<Record<string, Type>> = Readonly<Record<string, Type>>> {
  readonly kind: "object";
  readonly fields: F;
}
export type Nesting = "single" | "list" | "set" | "map";
/** Attributes inside an attribute, each with requirements, defaults and validators of its own. */
export interface NestedType<A extends Attributes = Attributes, N extends Nesting = Nesting> {
  readonly kind: "nested";
  readonly nesting: N;
  readonly attributes: A;
}

export type Type =
  | StringType
  | NumberType
  | BoolType
  | DynamicType
  | ListType
  | SetType
  | MapType
  | ObjectType
  | NestedType;

/**
 * What an attribute demands and promises, as far as its static type depends on it.
 *
 * - `required`, `optional`, `computed`: as in Terraform; an attribute can be optional and computed.
 * - `default`: the plan has this value where the configuration has none.
 * - `writeOnly`: known from the configuration only, never part of plan or state.
 * - `unreadable`: the API cannot return it. It is null after an import, and going from null to a value is
 *   neither a replacement nor a change of the object.
 */
export type Flag = "required" | "optional" | "computed" | "default" | "writeOnly" | "unreadable";

/** Checks one known, non-null value; returns what is wrong with it ("must be …, got: …"), or nothing. */
export type Validator<V> = (value: V) => string | undefined;

/** A change of one attribute, as the condition of a replacement sees it. */
export interface Change<V> {
  readonly prior: V | null;
  readonly planned: V | null | Unknown;
  /** The whole object before and after, for a condition that depends on other attributes; names are in camelCase. */
  readonly object: { readonly prior: ObjectValue; readonly planned: ObjectValue };
}

export interface Attribute<T extends Type = Type, F extends Flag = Flag> {
  readonly type: T;
  readonly flags: ReadonlySet<F>;
  readonly description: string;
  readonly sensitive: boolean;
  readonly default?: unknown;
  /** True, or a condition, when a change replaces the object. */
  readonly requiresReplace?: boolean | ((change: Change<never>) => boolean);
  /** A computed value that stays what it was when something else changes. */
  readonly useStateForUnknown: boolean;
  /** Of text, or a collection of it: other letters, small or capital, mean the same, and the state keeps its own. */
  readonly ignoresCase: boolean;
  readonly validate: readonly Validator<never>[];
  readonly deprecated?: string;
  /** Of the `timeouts` attribute only: the bound of each operation that the user set none for, as a duration. */
  readonly timeoutDefaults?: Readonly<Record<string, string>>;
}
export type Attributes = { readonly [name: string]: Attribute };
