/** What a schema declares, and the options of its attributes: both know the static types that follow from it. */
import type { AttributePath } from "../values/path";
import type { FieldValue, Input } from "./infer";
import type { Attributes, Change, Type, Validator } from "./types";

/** Something wrong with a configuration, found by a validator or a rule. */
export interface Problem {
  readonly path: AttributePath;
  /** What is wrong and what would be right, as one or more full sentences. */
  readonly message: string;
  /** @default "Invalid value" */
  readonly summary?: string;
}

/**
 * A rule over several attributes; yields a problem for each thing that is wrong. Must skip unknown values.
 * Declared as a method's type, so that schemas with different attributes fit in one list.
 */
export type Rule<A extends Attributes> = { check(config: Input<A>): Iterable<Problem> }["check"];

/**
 * What tells an object from all others, as long as it is the same. Joined with `/`, in this order, the values are the
 * import id.
 */
export interface Identity<Name extends string = string> {
  /** Raised when the attributes change; see `Resource.upgradeIdentity`. */
  readonly version: number;
  /** Attributes that are text and never change but with the object, or what it is reached through. */
  readonly attributes: readonly Name[];
}

export interface Schema<A extends Attributes = Attributes> {
  /** Raised when the shape of the state changes; see `Resource.upgradeState`. */
  readonly version: number;
  readonly description: string;
  readonly attributes: A;
  readonly rules: readonly Rule<A>[];
  /** Of a resource: what `import` blocks may name in place of an import id, from Terraform 1.12 on. */
  readonly identity?: Identity;
  readonly deprecated?: string;
}

/** `NoInfer`, which TypeScript has from 5.4 on, for declarations that older ones read, too. */
type Given<A> = [A][A extends unknown ? 0 : never];

interface SchemaDefinition<A extends Attributes> {
  readonly description: string;
  readonly attributes: A;
  /** @default 0 */
  readonly version?: number;
  /** Checks that need more than one attribute. They run at synth and in Terraform's validate. */
  readonly rules?: readonly Rule<Given<A>>[];
  readonly identity?: Identity<keyof Given<A> & string>;
  readonly deprecated?: string;
}

/** Declares a schema. */
export function schema<A extends Attributes>(definition: SchemaDefinition<A>): Schema<A> {
  return { version: 0, rules: [], ...definition };
}

/** The options of an attribute of type `T`. */
export interface AttributeOptions<T extends Type> {
  /** Meaning, units, allowed values and default, for documentation and completion. One or more sentences. */
  readonly description: string;
  /** Hidden in Terraform's output. */
  readonly sensitive?: boolean;
  readonly requiresReplace?: boolean | ((change: Change<FieldValue<T, "planned">>) => boolean);
  /** For ids: a value that differs from the state's only in small and capital letters is no change; the state's is planned. */
  readonly ignoresCase?: boolean;
  readonly validate?: readonly Validator<FieldValue<T, "input">>[];
  /** What to use instead. */
  readonly deprecated?: string;
}
