/** The message tables against another implementation of Protocol Buffers, with descriptors of its own. */
import fc from "fast-check";
import { Enum, type Field, MapField, type Type } from "protobufjs";
import { PROVIDER_RPCS, PROVIDER_STREAMS } from "../../../src/terraform/protocol/tfplugin6";
import { PUBLISHED_CALLS, publishedMessage } from "./published-protocol";

type Values = Readonly<Record<string, unknown>>;
interface Table {
  readonly fields: object;
  encode(value: Values): Uint8Array;
  decode(bytes: Uint8Array): Values;
}

const CALLS: Readonly<Record<string, { readonly request: object; readonly response: object }>> = {
  ...PROVIDER_RPCS,
  ...PROVIDER_STREAMS,
};

/** What our tables leave out on purpose; decision 0002 says why. */
const LEFT_OUT = new Set([
  "PlanResourceChange_Response.legacyTypeSystem",
  "ApplyResourceChange_Response.legacyTypeSystem",
  "Schema_Object.minItems",
  "Schema_Object.maxItems",
  "GetMetadata_Response.stateStores",
  "GetMetadata_Response.actions",
  "GetProviderSchema_Response.stateStoreSchemas",
  "GetProviderSchema_Response.actionSchemas",
]);

/** How deep messages are nested at most; schemas would go on without end. */
const DEEPEST = 4;

/** Any value of a published message, with all of its fields or some. */
function anyMessage(type: Type, depth = 0): fc.Arbitrary<Values> {
  if (depth > DEEPEST) return fc.constant({});
  const fields = type.fieldsArray.filter(({ name }) => !LEFT_OUT.has(`${type.name}.${name}`));
  const all = Object.fromEntries(fields.map((field) => [field.name, anyField(field.resolve(), depth)]));
  return fc.oneof(fc.record(all), fc.record(all, { requiredKeys: [] })).chain((values) => oneMemberOnly(type, values));
}

/** Of a oneof's members, one is set. */
function oneMemberOnly({ oneofsArray: [oneof] }: Type, values: Values): fc.Arbitrary<Values> {
  if (oneof === undefined) return fc.constant(values);
  const others = Object.entries(values).filter(([name]) => !oneof.oneof.includes(name));
  return fc
    .constantFrom(...oneof.oneof)
    .map((name) => Object.fromEntries([...others, [name, values[name] ?? undefined]]));
}

function anyField(field: Field, depth: number): fc.Arbitrary<unknown> {
  const element = anyElement(field, depth);
  if (field instanceof MapField) return fc.dictionary(fc.stringMatching(/^[a-c]$/), element, { maxKeys: 2 });
  return field.repeated ? fc.array(element, { maxLength: 2 }) : element;
}

function anyElement({ resolvedType, type }: Field, depth: number): fc.Arbitrary<unknown> {
  if (resolvedType instanceof Enum) return fc.constantFrom(...Object.keys(resolvedType.values));
  if (resolvedType !== null) return anyMessage(resolvedType, depth + 1);
  const scalar = SCALARS[type];
  if (scalar === undefined) throw new TypeError(`There is no scalar ${type} in the protocol`);
  return scalar;
}

const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: fc.string({ unit: "binary", maxLength: 5 }),
  bytes: fc.uint8Array({ maxLength: 5 }),
  bool: fc.boolean(),
  int64: fc.maxSafeInteger(),
  int32: fc.integer(),
};

const FIRST_NAMES = ["INVALID", "PLAIN", "UNKNOWN"];

/**
 * A message without what says no more than that a field is not set, and with the members of a oneof as its own fields:
 * what is left is the same whichever implementation it comes from.
 */
function essence(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== "object" || value === null) return value;
  const { selector, ...others } = value as Values;
  const entries = Object.entries({ ...others, ...(selector as Values | undefined) });
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, essence(inner)] as const).filter(([, e]) => !isNothing(e)),
  );
}

function isNothing(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === "" || value === 0 || value === false || FIRST_NAMES.includes(String(value));
}

const MESSAGES = PUBLISHED_CALLS.flatMap((call) => {
  const { request, response } = CALLS[`${call.charAt(0).toLowerCase()}${call.slice(1)}`]!;
  const answer = call === "ListResource" ? "Event" : "Response";
  return [
    [`${call}.Request`, request],
    [`${call}.${answer}`, response],
  ] as [string, Table][];
});

test("every call of the tables is a published one", () => {
  expect(MESSAGES).toHaveLength(2 * Object.keys(CALLS).length);
});

describe.each(MESSAGES)("%s", (name, table) => {
  const published = publishedMessage(name);

  test("is read as the other implementation wrote it, and the other way round", () => {
    fc.assert(
      fc.property(anyMessage(published), (value) => {
        const decoded = table.decode(published.encode(published.fromObject(value)).finish());
        expect(essence(decoded)).toEqual(essence(value));

        const read = published.toObject(published.decode(table.encode(decoded)), { longs: Number, enums: String });
        expect(essence(read)).toEqual(essence(value));
      }),
      { numRuns: 30 },
    );
  });

  test("has the published fields and no others", () => {
    const expected = published.fieldsArray
      .map((field) => field.name)
      .filter((n) => !LEFT_OUT.has(`${published.name}.${n}`));
    expect(Object.keys(table.fields).sort()).toEqual(expected.sort());
  });
});
