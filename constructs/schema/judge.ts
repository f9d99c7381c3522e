/** Everything that is wrong with a configuration at synth, when what comes late is there. */
import type { TerraformElement } from "cdktf";
import { type AttributePath, type Problem, type Schema, UNKNOWN } from "../../src/terraform/schema";
import type { Type } from "../../src/terraform/schema/types";
import { validateConfig, validateValue } from "../../src/terraform/schema/validate";
import { Secret } from "../secret";
import { isDynamic, referenceOf, resolving, settle } from "./late";
import { isRecord, type Values } from "./record";
import { hidesNumber, isExpression, isUnresolved, mixesLists } from "./tokens";
import { type Conversion, convert } from "./values";

const EPHEMERAL =
  "The value must not be ephemeral: Terraform takes ephemeral values for write-only attributes and providers only. " +
  'Take Secret.fromVariable("NAME", { ephemeral: false }); saved plans then hold the secret.';
const PLAIN_SECRET =
  "The value must be a Secret, got: plain text, which everybody could read in cdk.tf.json. " +
  'Take Secret.fromVariable("NAME"), or Secret.unsafePlainText if it may be seen.';
const TOKEN_SECRET = "The value must be a Secret, got: a token or a template. Take Secret.fromExpression.";
const LATE_SECRET = "A Secret must be there when the construct is made, not only at synth, to declare its variable.";
const MIXED_LIST =
  "The value mixes elements with a list that only Terraform knows. Take Fn.concat([list, [element]]), or one of its " +
  "elements: Fn.element(list, 0).";
const HIDDEN_NUMBER =
  "A number that only Terraform knows was put into a text, where nobody finds it again. Put it there as Token.asString(number).";

interface Judgement {
  readonly element: TerraformElement;
  readonly schema: Schema;
  readonly config: Values;
  /** Names of attributes that nothing is known about. */
  readonly unknown: readonly string[];
  /** Whether all attributes take ephemeral values. */
  readonly takesEphemeral: boolean;
}

/** What was found out about values that several constructs have. */
const findings = new WeakMap<object, { readonly value: unknown; readonly problems: readonly Problem[] }>();

export function judge({ element, schema, config, unknown, takesEphemeral }: Judgement): readonly Problem[] {
  const found: Problem[] = [];
  let hasSettled = false;
  const report = (path: AttributePath, message: string) => {
    found.push({ path, message });
    return UNKNOWN;
  };
  /** Of what the user's code throws on the way, too. */
  const settled = (value: unknown, path: AttributePath, goOn: (known: unknown) => unknown) => {
    if (referenceOf(value) !== undefined) return UNKNOWN;
    hasSettled = true;
    return resolving(element, (context) => {
      try {
        const part = settle(value, context);
        const known: unknown = typeof part === "string" ? context.resolve(part) : part;
        return isExpression(known) ? UNKNOWN : goOn(known);
      } catch (error) {
        const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
        return report(path, `The value cannot be resolved: ${reason.replace(/^(?:Resolution error: )+/, "")}`);
      }
    });
  };
  let isLate = false;
  const judging: Conversion = {
    attributeName: (name) => name,
    late: (value, _type, path, goOn) =>
      settled(value, path, (known) => {
        const before = isLate;
        isLate = true;
        try {
          return goOn(known);
        } finally {
          isLate = before;
        }
      }),
    dynamic: ({ content }, type, path, goOn) => {
      for (const { path: inside, message } of validateValue(type, goOn(content))) {
        report([...path, 0, ...inside], message);
      }
      return UNKNOWN;
    },
    secret: (value, path, { flags }) => {
      if (!Secret.isSecret(value)) return report(path, isUnresolved(value) ? TOKEN_SECRET : PLAIN_SECRET);
      if (isLate) return report(path, LATE_SECRET);
      if (value.isEphemeral && !takesEphemeral && !flags.has("writeOnly")) return report(path, EPHEMERAL);
      return value.plainText ?? settled(value.reference(element), path, () => report(path, PLAIN_SECRET));
    },
    shared: (shared, convertIt) => {
      const known = findings.get(shared);
      if (known !== undefined) {
        found.push(...known.problems);
        return known.value;
      }
      const before = found.length;
      hasSettled = false;
      const value = convertIt();
      // Of what had to be resolved, something else may come the next time.
      if (!hasSettled) findings.set(shared, { value, problems: found.slice(before) });
      return value;
    },
    misfit: (value, type, path) => {
      if (mixesLists(value)) return report(path, MIXED_LIST);
      if (hidesNumber(value)) return report(path, HIDDEN_NUMBER);
      const isObject = type !== undefined && typeof value === "object" && value !== null;
      if (!isObject || Array.isArray(value) || isRecord(value)) return value;
      return report(path, `The value must be ${EXPECTED[type.kind]}, got: ${describe(value)}.`);
    },
  };
  const input = convert(schema.attributes, config, judging);
  const ignored = new Set(unknown);
  const all = [
    ...found,
    ...validateConfig(schema, { ...input, ...Object.fromEntries(unknown.map((name) => [name, UNKNOWN])) }),
  ];
  return all.filter(({ path }) => !ignored.has(String(path[0])));
}

const EXPECTED: Readonly<Record<Type["kind"], string>> = {
  string: "a string",
  number: "a number",
  bool: "a boolean",
  dynamic: "a value",
  list: "a list",
  set: "a list",
  map: "an object",
  object: "an object",
  nested: "an object",
};

/** A value that is no record: of a class of JavaScript itself, or of this library. */
function describe(value: object): string {
  if (Secret.isSecret(value)) return "a Secret";
  if (isDynamic(value)) return "a dynamic list";
  return `an instance of ${value.constructor.name}`;
}
