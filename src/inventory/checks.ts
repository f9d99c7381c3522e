/** What a value of a document has to be. Every mistake is noted with its place, so that one reading finds all. */
import { nearestName } from "../terraform/schema/nearest";
import { type Mistake, mistakeAt, type Value } from "./document";

export type Note = (mistake: Mistake) => void;

/** Reads a value; undefined after a mistake, which is noted. */
export type Check<T> = (value: Value, note: Note) => T | undefined;

interface OptionalCheck<T> {
  readonly optional: Check<T>;
}
type Fields = Readonly<Record<string, Check<unknown> | OptionalCheck<unknown>>>;
type OptionalNames<F extends Fields> = {
  [Name in keyof F]: F[Name] extends OptionalCheck<unknown> ? Name : never;
}[keyof F];
type ValueOf<C> = C extends Check<infer T> ? T : C extends OptionalCheck<infer T> ? T : never;
export type Checked<F extends Fields> = { readonly [Name in Exclude<keyof F, OptionalNames<F>>]: ValueOf<F[Name]> } & {
  readonly [Name in OptionalNames<F>]?: ValueOf<F[Name]>;
};

export function optional<T>(check: Check<T>): OptionalCheck<T> {
  return { optional: check };
}

/** @param what such as `a port, from 1 to 65535` */
export function mistaken(value: Value, what: string): Mistake {
  return mistakeAt(value, `It must be ${what}, got: ${described(value)}.`);
}

function described(value: Value): string {
  if (value.kind === "list") return "a list";
  if (value.kind === "map") return `a map with ${[...value.fields.keys()].join(", ") || "nothing in it"}`;
  return value.scalar === null ? "nothing" : typeof value.scalar === "string" ? `"${value.scalar}"` : value.source;
}

/**
 * Text. Where YAML sees a number or a truth value in what was written without quotes, it is refused: of 8.10, only 8.1 would
 * be left.
 *
 * @param what it has to be, in words, where any text will not do
 */
export function text(what = "text", isRight: (value: string) => boolean = () => true): Check<string> {
  return (value, note) => {
    const scalar = value.kind === "scalar" ? value.scalar : undefined;
    if (typeof scalar === "string" && scalar !== "" && isRight(scalar)) return scalar;
    const unquoted = typeof scalar === "number" || typeof scalar === "boolean";
    note(mistaken(value, unquoted ? `${what} in quotes` : what));
    return undefined;
  };
}

export function number(what: string, least: number, most = Number.MAX_SAFE_INTEGER): Check<number> {
  return (value, note) => {
    const scalar = value.kind === "scalar" ? value.scalar : undefined;
    if (typeof scalar === "number" && scalar >= least && scalar <= most) return scalar;
    note(mistaken(value, what));
    return undefined;
  };
}

export const truth: Check<boolean> = (value, note) => {
  if (value.kind === "scalar" && typeof value.scalar === "boolean") return value.scalar;
  note(mistaken(value, "true or false"));
  return undefined;
};

export function oneOf<const Word extends string>(...words: readonly Word[]): Check<Word> {
  return (value, note) => {
    const found = words.find((word) => value.kind === "scalar" && value.scalar === word);
    if (found === undefined) note(mistaken(value, `one of ${words.join(", ")}`));
    return found;
  };
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value, note) => {
    if (value.kind !== "list") {
      note(mistaken(value, "a list"));
      return undefined;
    }
    return value.items.map((item) => check(item, note)).filter((item) => item !== undefined);
  };
}

/** A map with these fields and no others. */
export function map<F extends Fields>(fields: F): Check<Checked<F>> {
  const names = Object.keys(fields);
  return (value, note) => {
    if (value.kind !== "map") {
      note(mistaken(value, `a map with ${names.join(", ")}`));
      return undefined;
    }
    for (const [name, field] of value.fields) {
      if (!Object.hasOwn(fields, name)) note(mistakeAt(field, unknownField(name, names)));
    }
    const entries = Object.entries(fields).flatMap(([name, field]) => {
      const given = value.fields.get(name)?.value;
      const check = typeof field === "function" ? field : field.optional;
      if (given !== undefined) return [[name, check(given, note)] as const];
      if (typeof field === "function") {
        note(mistakeAt(value, `${name} is missing.`));
      }
      return [];
    });
    // Object.fromEntries cannot carry which name has which type; the loop above has just seen to it.
    return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined)) as Checked<F>;
  };
}

function unknownField(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  const meant = nearest === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${nearest}?`;
  return `There is no ${name} here. ${meant}`;
}

/** A map with a name, or nothing but that name. */
export function namedOr<T extends { readonly name: string }>(check: Check<T>): Check<T | { readonly name: string }> {
  return (value, note) => {
    if (value.kind === "map") return check(value, note);
    const name = text("a name, or a map with one")(value, note);
    return name === undefined ? undefined : { name };
  };
}
