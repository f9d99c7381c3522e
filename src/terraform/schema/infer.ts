/** The static types that follow from a schema: one view for each moment at which life cycle code meets values. */

import type { DynamicValue, Unknown } from "../values/value";
import type {
  Attribute,
  Attributes,
  BoolType,
  DynamicType,
  Flag,
  ListType,
  MapType,
  NestedType,
  NumberType,
  ObjectType,
  SetType,
  StringType,
  Type,
} from "./types";

/**
 * - `input`: configuration during validate and plan: anything may be null or unknown.
 * - `config`: configuration during apply: everything known; the only view with write-only values.
 * - `planned`: a plan in the making: anything may be null or unknown.
 * - `plan`: the plan during apply: only computed attributes may be unknown.
 * - `state`: what Terraform stores: nothing unknown.
 */
export type View = "input" | "config" | "planned" | "plan" | "state";

/** The configuration during validate and plan. */
export type Input<A extends Attributes> = Fields<A, "input">;
/** The configuration during apply. */
export type Config<A extends Attributes> = Fields<A, "config">;
/** A plan in the making. */
export type Planned<A extends Attributes> = Fields<A, "planned">;
/** The plan during apply. */
export type Plan<A extends Attributes> = Fields<A, "plan">;
/** What Terraform stores. */
export type State<A extends Attributes> = Fields<A, "state">;

type FlagsOf<X> = X extends Attribute<Type, infer F> ? F : never;
type TypeOf<X> = X extends Attribute<infer T, Flag> ? T : never;
type Has<X, F extends Flag> = F extends FlagsOf<X> ? true : false;

/** Which attributes a view has: configuration lacks what is only computed, plan and state what is write-only. */
type KeyIn<A extends Attributes, K extends keyof A, V extends View> = V extends "input" | "config"
  ? Has<A[K], "required"> extends true
    ? K
    : Has<A[K], "optional"> extends true
      ? K
      : never
  : Has<A[K], "writeOnly"> extends true
    ? never
    : K;

/** Attributes in a view. Of attributes in general (`string extends keyof A`) nothing is known but their names' form. */
export type Fields<A extends Attributes, V extends View> = string extends keyof A
  ? Readonly<Record<string, unknown>>
  : {
      readonly [K in keyof A as KeyIn<A, K, V>]: Presence<A[K], FieldValue<TypeOf<A[K]>, V>, V>;
    };

type Presence<X, Value, V extends View> = V extends "input" | "planned"
  ? Value | null | Unknown
  : V extends "config"
    ? Has<X, "required"> extends true
      ? Value
      : Value | null
    : V extends "plan"
      ? Has<X, "required"> extends true
        ? Value
        : Has<X, "default"> extends true
          ? Value
          : Has<X, "computed"> extends true
            ? Value | null | Unknown
            : Value | null
      : Has<X, "unreadable"> extends true
        ? Value | null
        : Has<X, "required"> extends true
          ? Value
          : Has<X, "default"> extends true
            ? Value
            : Value | null;

/** The value of a type in a view, when it is neither null nor unknown itself. */
export type FieldValue<T extends Type, V extends View> = Type extends T
  ? unknown
  : T extends StringType<infer S>
    ? S
    : T extends NumberType
      ? number
      : T extends BoolType
        ? boolean
        : T extends DynamicType
          ? DynamicValue
          : T extends ListType<infer E>
            ? readonly Element<E, V>[]
            : T extends SetType<infer E>
              ? readonly Element<E, V>[]
              : T extends MapType<infer E>
                ? Readonly<Record<string, Element<E, V>>>
                : T extends ObjectType<infer F>
                  ? { readonly [K in keyof F]: Inside<F[K], V> }
                  : T extends NestedType<infer A, infer N>
                    ? NestedValue<A, N, V>
                    : never;

type NestedValue<A extends Attributes, N, V extends View> = N extends "single"
  ? Fields<A, V>
  : N extends "map"
    ? Readonly<Record<string, Fields<A, V> | (V extends "input" | "planned" ? Unknown : never)>>
    : readonly (Fields<A, V> | (V extends "input" | "planned" ? Unknown : never))[];

type Element<E extends Type, V extends View> = V extends "input" | "planned"
  ? FieldValue<E, V> | null | Unknown
  : FieldValue<E, V>;

type Inside<E extends Type, V extends View> = V extends "input" | "planned"
  ? FieldValue<E, V> | null | Unknown
  : FieldValue<E, V> | null;
