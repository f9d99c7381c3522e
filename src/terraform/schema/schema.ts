/** What a schema declares, and the options of its attributes: both know the static types that follow from it. */
import type { Problem } from "../diagnostics";
import type { FieldValue, Input } from "./infer";
import type { Attributes, Change, Type, Validator } from "./types";

/**
 * A rule over several attributes; yields a problem for each thing that is wrong. Must skip unknown values.
 * Declared as a method's type, so that schemas with different attributes fit in one list.
 */
export type Rule<A extends Attributes> = { check(config: Input<A>): Iterable<Problem> }["check"];

export interface Schema<A extends Attributes = Attributes> {
  /** Raised when the shape of the state changes; see `Resource.upgradeState`. */
  readonly version: number;
  readonly description: string;
  readonly attributes: A;
  readonly rules: readonly Rule<A>[];
  readonly deprecated?: string;
}

/** The options of an attribute of type `T`. */
export interface AttributeOptions<T extends Type> {
  /** Meaning, units, allowed values and default, for documentation and completion. One or more sentences. */
  readonly description: string;
  /** Hidden in Terraform's output. */
  readonly sensitive?: boolean;
  readonly requiresReplace?: boolean | ((change: Change<FieldValue<T, "planned">>) => boolean);
  readonly validate?: readonly Validator<FieldValue<T, "input">>[];
  /** What to use instead. */
  readonly deprecated?: string;
}
