import fc from "fast-check";
import { DiagnosticError } from "../../../src/terraform";
import { ctyTypeOfAttributes } from "../../../src/terraform/schema/cty-type";
import { type CtyType, typeFromJson, typeToJson } from "../../../src/terraform/values/cty-type";
import { equalValues } from "../../../src/terraform/values/equality";
import { decimalText, ExactNumber } from "../../../src/terraform/values/exact-number";
import { decodeJson } from "../../../src/terraform/values/json";
import { decode } from "../../../src/terraform/values/msgpack/decode";
import { encode } from "../../../src/terraform/values/msgpack/encode";
import { containsUnknown, unknownPaths, unknownToNull } from "../../../src/terraform/values/unknown";
import { anyAttributes } from "../schema/arbitraries";
import { anyType, anyValue } from "./arbitraries";

const schemaType = anyAttributes.map(ctyTypeOfAttributes);
const typed = (type: fc.Arbitrary<CtyType>, options: { unknown: boolean }) =>
  type.chain((type) => anyValue(type, options).map((value) => ({ type, value })));

/** JSON as Terraform writes it, made in the plainest way. */
function toJson(type: CtyType, value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "bigint" || typeof value === "number" || value instanceof ExactNumber) return decimalText(value);
  const object = (entries: string[]) => `{${entries.join()}}`;
  const record = value as Record<string, unknown>;
  switch (type.kind) {
    case "list":
    case "set":
      return `[${(value as unknown[]).map((item) => toJson(type.element, item))}]`;
    case "tuple":
      return `[${type.elements.map((element, index) => toJson(element, (value as unknown[])[index]))}]`;
    case "map":
      return object(
        Object.entries(record).map(([key, item]) => `${JSON.stringify(key)}:${toJson(type.element, item)}`),
      );
    case "object":
      return object(type.attributes.map(({ name, property, type }) => `"${name}":${toJson(type, record[property])}`));
    case "dynamic":
      return `{"type":${JSON.stringify(record["type"])},"value":${toJson(typeFromJson(record["type"]), record["value"])}}`;
    default:
      return JSON.stringify(value);
  }
}

test("a type survives its notation", () => {
  fc.assert(
    fc.property(anyType, (type) => expect(typeFromJson(JSON.parse(JSON.stringify(typeToJson(type))))).toEqual(type)),
  );
});

describe.each([
  ["any type", anyType],
  ["any schema", schemaType],
])("any value of %s", (_, types) => {
  test("survives MessagePack", () => {
    fc.assert(
      fc.property(typed(types, { unknown: true }), ({ type, value }) => {
        expect(decode(type, encode(type, value))).toEqual(value);
      }),
      { numRuns: 400 },
    );
  });

  test("survives JSON, read exactly or leniently", () => {
    fc.assert(
      fc.property(typed(types, { unknown: false }), fc.constantFrom("exact", "lenient"), ({ type, value }, mode) => {
        expect(decodeJson(type, toJson(type, value), mode)).toEqual(value);
      }),
      { numRuns: 400 },
    );
  });

  test("equals itself after a round trip", () => {
    fc.assert(
      fc.property(typed(types, { unknown: true }), ({ type, value }) => {
        expect(equalValues(type, value, decode(type, encode(type, value)))).toBe(true);
      }),
    );
  });

  test("has nothing unknown once unknown became null", () => {
    fc.assert(
      fc.property(typed(types, { unknown: true }), ({ type, value }) => {
        const known = unknownToNull(type, value);
        expect(containsUnknown(known)).toBe(false);
        // Elements of a set can have become equal.
        expect(equalValues(type, decode(type, encode(type, known)), known)).toBe(true);
      }),
    );
  });

  test("is unknown somewhere exactly when there is a path to it", () => {
    fc.assert(
      fc.property(typed(types, { unknown: true }), ({ type, value }) => {
        expect(unknownPaths(type, value).length > 0).toBe(containsUnknown(value));
      }),
    );
  });
});

describe("damaged data gives a value or a diagnostic, never another error", () => {
  function attempt(read: () => unknown): void {
    try {
      read();
    } catch (error) {
      expect(error).toBeInstanceOf(DiagnosticError);
    }
  }

  test("any bytes as MessagePack", () => {
    fc.assert(
      fc.property(anyType, fc.uint8Array({ maxLength: 40 }), (type, bytes) => attempt(() => decode(type, bytes))),
      { numRuns: 1000 },
    );
  });

  test("MessagePack with one byte changed", () => {
    const damaged = typed(anyType, { unknown: true }).chain(({ type, value }) => {
      const bytes = encode(type, value);
      return fc
        .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
        .map(([index, byte]) => ({ type, bytes: bytes.with(index, byte) }));
    });
    fc.assert(
      fc.property(damaged, ({ type, bytes }) => attempt(() => decode(type, bytes))),
      { numRuns: 1000 },
    );
  });

  test("any JSON, and any text as JSON", () => {
    fc.assert(
      fc.property(anyType, fc.oneof(fc.json(), fc.string()), (type, text) => attempt(() => decodeJson(type, text))),
      { numRuns: 1000 },
    );
  });
});
