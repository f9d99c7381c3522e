/**
 * The words of the schema language: a type (`string()`, `nested({ … })`) inside a requirement
 * (`required(…)`, `optional(…)`, `computed(…)`, `optionalComputed(…)`).
 */
import type { AttributeOptions } from "./schema";
import type {
  Attribute,
  Attributes,
  BoolType,
  Change,
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
  Validator,
} from "./types";

/** Text; with `oneOf`, only the values named. */
export function string(): StringType;
export function string<const S extends string>(options: { readonly oneOf: readonly S[] }): StringType<S>;
export function string(options: { readonly oneOf?: readonly string[] } = {}): StringType {
  return { kind: "string", ...options };
}
export const number = (): NumberType => ({ kind: "number" });
export const bool = (): BoolType => ({ kind: "bool" });
export const dynamic = (): DynamicType => ({ kind: "dynamic" });
export const list = <E extends Type>(element: E): ListType<E> => ({ kind: "list", element });
export const set = <E extends Type>(element: E): SetType<E> => ({ kind: "set", element });
export const map = <E extends Type>(element: E): MapType<E> => ({ kind: "map", element });
export const object = <F extends Readonly<Record<string, Type>>>(fields: F): ObjectType<F> => ({
  kind: "object",
  fields,
});
export const nested = <A extends Attributes>(attributes: A): NestedType<A, "single"> => ({
  kind: "nested",
  nesting: "single",
  attributes,
});
export const nestedList = <A extends Attributes>(attributes: A): NestedType<A, "list"> => ({
  kind: "nested",
  nesting: "list",
  attributes,
});
export const nestedSet = <A extends Attributes>(attributes: A): NestedType<A, "set"> => ({
  kind: "nested",
  nesting: "set",
  attributes,
});
export const nestedMap = <A extends Attributes>(attributes: A): NestedType<A, "map"> => ({
  kind: "nested",
  nesting: "map",
  attributes,
});

interface ConfigurableOptions<T extends Type, W extends boolean, U extends boolean> extends AttributeOptions<T> {
  /** Never part of plan or state; needs Terraform 1.11. */
  readonly writeOnly?: W;
  /** The API cannot return it: null after an import, and null to a value is then no change of the object. */
  readonly unreadable?: U;
}
/** What can be a default: a plain value of the attribute's type; collections are taken as they are. */
type Default<T extends Type> =
  T extends StringType<infer S>
    ? S
    : T extends NumberType
      ? number
      : T extends BoolType
        ? boolean
        : NonNullable<unknown>;
interface DefaultOption<D> {
  /** The planned value where the configuration has none. */
  readonly default?: D;
}
interface ComputedOption {
  /** Stays what it was when something else changes: for identities and what follows from replaced attributes. */
  readonly useStateForUnknown?: boolean;
}

type FlagsFrom<W, U, D = undefined> =
  | (W extends true ? "writeOnly" : never)
  | (U extends true ? "unreadable" : never)
  | (D extends undefined ? never : "default");

/** The user has to set it. */
export function required<T extends Type, const W extends boolean = false, const U extends boolean = false>(
  type: T,
  options: ConfigurableOptions<T, W, U>,
): Attribute<T, "required" | FlagsFrom<W, U>> {
  return attribute(type, ["required"], options);
}

/** The user may set it. */
export function optional<
  T extends Type,
  const W extends boolean = false,
  const U extends boolean = false,
  const D extends Default<T> | undefined = undefined,
>(type: T, options: ConfigurableOptions<T, W, U> & DefaultOption<D>): Attribute<T, "optional" | FlagsFrom<W, U, D>> {
  return attribute(type, ["optional"], options);
}

/** Only the provider sets it. */
export function computed<T extends Type>(
  type: T,
  options: AttributeOptions<T> & ComputedOption,
): Attribute<T, "computed"> {
  return attribute(type, ["computed"], options);
}

/** The user may set it; where they do not, the provider does. */
export function optionalComputed<T extends Type, const U extends boolean = false>(
  type: T,
  options: ConfigurableOptions<T, false, U> & ComputedOption,
): Attribute<T, "optional" | "computed" | FlagsFrom<false, U>> {
  return attribute(type, ["optional", "computed"], options);
}

interface AnyOptions {
  readonly description: string;
  readonly sensitive?: boolean;
  readonly default?: unknown;
  readonly requiresReplace?: boolean | ((change: Change<never>) => boolean);
  readonly useStateForUnknown?: boolean;
  readonly ignoresCase?: boolean;
  readonly validate?: readonly Validator<never>[];
  readonly writeOnly?: boolean;
  readonly unreadable?: boolean;
  readonly deprecated?: string;
}

function attribute<T extends Type, F extends Flag>(
  type: T,
  requirement: readonly Flag[],
  options: AnyOptions,
): Attribute<T, F> {
  const flags = new Set<Flag>(requirement);
  if (options.writeOnly) flags.add("writeOnly");
  if (options.unreadable) flags.add("unreadable");
  if (options.default !== undefined) flags.add("default");
  return {
    type,
    flags: flags as ReadonlySet<Flag> as ReadonlySet<F>,
    description: options.description,
    sensitive: options.sensitive ?? false,
    useStateForUnknown: options.useStateForUnknown ?? false,
    ignoresCase: options.ignoresCase ?? false,
    validate: options.validate ?? [],
    ...(options.default !== undefined && { default: options.default }),
    ...(options.requiresReplace !== undefined && { requiresReplace: options.requiresReplace }),
    ...(options.deprecated !== undefined && { deprecated: options.deprecated }),
  };
}
