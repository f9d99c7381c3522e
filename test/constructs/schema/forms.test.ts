/** Every form that a value can come in, at every place of every schema: the same as a literal, or refused there. */
import { Lazy, TerraformStack, Testing, Token } from "cdktf";
import fc from "fast-check";
import { Secret } from "../../../constructs";
import { SchemaDataSource } from "../../../constructs/schema/data-source";
import { SchemaResource } from "../../../constructs/schema/resource";
import { ksvla } from "../../../src/provider";
import type { Schema } from "../../../src/terraform/schema";
import type { Attribute, Attributes, Type } from "../../../src/terraform/schema/types";

class AnyResource extends SchemaResource {}
class AnyDataSource extends SchemaDataSource {}

const subjects = [
  ...Object.entries(ksvla.resources).map(([type, { schema }]) => ({ type, schema, Class: AnyResource })),
  ...Object.entries(ksvla.dataSources).map(([type, { schema }]) => ({
    type: `data.${type}`,
    schema,
    Class: AnyDataSource,
  })),
] as const;

/** What configurations become: what is written without validation, and what validation says of each. */
function outcome({ type, schema, Class }: (typeof subjects)[number], configs: readonly object[]) {
  const stack = new TerraformStack(Testing.app(), "stack");
  const definition = { type: type.replace("data.", ""), schema: schema as Schema };
  const elements = configs.map((config, index) => new Class(stack, `it-${index}`, definition, config));
  return { problems: elements.map(({ node }) => node.validate()), written: Testing.synth(stack) };
}

const CANARY = "hunter2-canary";
const isConfigurable = ({ flags }: Attribute) => flags.has("required") || flags.has("optional");
const takesSecret = ({ type, flags, sensitive }: Attribute) =>
  type.kind === "string" && (sensitive || flags.has("writeOnly"));

/** A value in two ways: as a literal, and in another form. */
interface Twin {
  readonly literal: unknown;
  readonly form: unknown;
}

type Form = (value: unknown) => unknown;

const RECORDS: readonly Form[] = [
  (value) => Object.assign(new (class Company {})(), value),
  (value) => Object.assign(Object.create(null), value),
  (value) => {
    class Computed {}
    for (const [name, each] of Object.entries(value as object)) {
      Object.defineProperty(Computed.prototype, name, { get: () => each, configurable: true });
    }
    return new Computed();
  },
];
const LATE: readonly Form[] = [
  (value) => Lazy.anyValue({ produce: () => value }),
  (value) => Token.asAny(Lazy.anyValue({ produce: () => Token.asAny(value) })),
];
const SCALARS: Readonly<Record<string, readonly Form[]>> = {
  string: [(value) => Lazy.stringValue({ produce: () => value as string })],
  number: [(value) => Lazy.numberValue({ produce: () => value as number })],
  list: [(value) => Lazy.listValue({ produce: () => value as string[] })],
};

function twins(type: Type): fc.Arbitrary<Twin> {
  switch (type.kind) {
    case "string":
      return formed(fc.constantFrom("a", "10.0.0.1", "1h", ...(type.oneOf ?? [])).map(same), type);
    case "number":
      return formed(fc.constantFrom(0, 7, 4095, -1, 1.5).map(same), type);
    case "bool":
      return formed(fc.boolean().map(same), type);
    case "list":
    case "set":
      return formed(fc.array(twins(type.element), { maxLength: 2 }).map(listed), type);
    case "nested":
      if (type.nesting === "single") return formed(ofAttributes(type.attributes), type);
      return formed(fc.array(formed(ofAttributes(type.attributes), type, true), { maxLength: 2 }).map(listed), type);
    default:
      throw new Error(`No schema had ${type.kind} to set. Write values of it here.`);
  }
}

function same(value: unknown): Twin {
  return { literal: value, form: value };
}

function listed(elements: readonly Twin[]): Twin {
  return { literal: elements.map(({ literal }) => literal), form: elements.map(({ form }) => form) };
}

function ofAttributes(attributes: Attributes): fc.Arbitrary<Twin> {
  const configurable = Object.entries(attributes).filter(([, attribute]) => isConfigurable(attribute));
  const values = configurable.map(([name, attribute]) => {
    const value = takesSecret(attribute) ? fc.constant(same(Secret.fromVariable("PASSWORD"))) : twins(attribute.type);
    return [name, fc.option(value, { nil: undefined, freq: 4 })] as const;
  });
  const misspelled = fc.option(fc.constant(same("a")), { nil: undefined, freq: 8 });
  return fc.record({ ...Object.fromEntries(values), misspelled }).map((twin) => {
    const given = Object.entries(twin).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return {
      literal: Object.fromEntries(given.map(([name, { literal }]) => [name, literal])),
      form: Object.fromEntries(given.map(([name, { form }]) => [name, form])),
    };
  });
}

function hasSecret(type: Type): boolean {
  if (type.kind !== "nested") return false;
  return Object.values(type.attributes).some((attribute) => takesSecret(attribute) || hasSecret(attribute.type));
}

function formed(twin: fc.Arbitrary<Twin>, type: Type, isElement = false): fc.Arbitrary<Twin> {
  const isRecord = type.kind === "nested" && (isElement || type.nesting === "single");
  const isTextList = (type.kind === "list" || type.kind === "set") && type.element.kind === "string";
  const forms: readonly Form[] = [
    (value) => value,
    ...(isRecord ? RECORDS : []),
    ...(hasSecret(type) ? [] : LATE),
    ...(isTextList ? (SCALARS["list"] ?? []) : (SCALARS[type.kind] ?? [])),
  ];
  return fc
    .tuple(twin, fc.constantFrom(...forms))
    .map(([{ literal, form }, change]) => ({ literal, form: change(form) }));
}

describe.each(subjects.map((subject) => [subject.type, subject] as const))("%s", (_type, subject) => {
  test("takes every form as it takes a literal: written alike, refused alike", () => {
    fc.assert(
      fc.property(ofAttributes(subject.schema.attributes), ({ literal, form }) => {
        expect(outcome(subject, [form as object])).toEqual(outcome(subject, [literal as object]));
      }),
      { numRuns: 25 },
    );
  });

  test("writes a plain secret in no form at no place", () => {
    const cases = placesOf(subject.schema.attributes).flatMap(([path, attribute]) =>
      intruders(attribute).map((value) => ({ path, config: at(path, value) })),
    );
    const { problems, written } = outcome(
      subject,
      cases.map(({ config }) => config),
    );
    expect(written).not.toContain(CANARY);
    const passed = cases.filter(({ path }, index) => !problems[index]?.some((each) => each.startsWith(rendered(path))));
    expect(passed.map(({ path }) => path)).toEqual([]);
  });
});

type Step = string | number;

/** Where an attribute can be set, and the attribute. */
function placesOf(
  attributes: Attributes,
  path: readonly Step[] = [],
): readonly (readonly [readonly Step[], Attribute])[] {
  return Object.entries(attributes)
    .filter(([, attribute]) => isConfigurable(attribute))
    .flatMap(([name, attribute]) => {
      const here = [...path, name];
      const { type } = attribute;
      if (type.kind !== "nested") return [[here, attribute] as const];
      const inside = type.nesting === "single" ? here : [...here, 0];
      return [[here, attribute] as const, ...placesOf(type.attributes, inside)];
    });
}

class Account {
  readonly password = CANARY;
  readonly passwordWo = CANARY;
  readonly password_wo = CANARY;
}

/** What is refused wherever it stands. */
function intruders(attribute: Attribute): readonly unknown[] {
  const records = [new Account(), { password: CANARY }, Object.assign(Object.create(null), { password_wo: CANARY })];
  const objects = [
    ...records,
    new Map([["password", CANARY]]),
    new Error(CANARY),
    new Date(),
    [new Account()],
    [[CANARY]],
  ];
  const values = takesSecret(attribute) ? [...objects, CANARY, `${CANARY}-\${var.a}`] : objects;
  return [...values, ...values.flatMap((value) => LATE.map((late) => late(value)))];
}

function at(path: readonly Step[], value: unknown): object {
  return path.reduceRight<unknown>(
    (inside, step) => (typeof step === "number" ? [inside] : { [step]: inside }),
    value,
  ) as object;
}

function rendered(path: readonly Step[]): string {
  return (
    path
      .map((step) => (typeof step === "number" ? "[" : `.${step}`))
      .join("")
      .replace(/^\./, "")
      .split("[")[0] ?? ""
  );
}
