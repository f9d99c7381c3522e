/** Against a MessagePack library that is not ours. */
import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import fc from "fast-check";
import { UNKNOWN } from "../../../src/terraform";
import { type CtyType, typeFromJson } from "../../../src/terraform/values/cty-type";
import { decimalText, ExactNumber, isBinaryFraction } from "../../../src/terraform/values/exact-number";
import { decode } from "../../../src/terraform/values/msgpack/decode";
import { encode, encodeInTurns } from "../../../src/terraform/values/msgpack/encode";
import { anyObject, anyType, anyValue } from "./arbitraries";

const extensionCodec = new ExtensionCodec();
const encoder = new Encoder({ extensionCodec, useBigInt64: true });
const typed = anyType.chain((type) => anyValue(type, { unknown: true }).map((value) => ({ type, value })));

/** What the library writes as Terraform wants it; `order` decides in which order names come. */
function raw(type: CtyType, value: unknown, order: (names: string[]) => string[]): unknown {
  if (value === null) return null;
  if (value === UNKNOWN) return new ExtData(0, Uint8Array.of(0));
  const record = value as Record<string, unknown>;
  const inOrder = (entries: Record<string, unknown>) =>
    Object.assign(Object.create(null), ...order(Object.keys(entries)).map((name) => ({ [name]: entries[name] })));
  switch (type.kind) {
    case "number":
      return rawNumber(value as number | bigint | ExactNumber);
    case "list":
    case "set":
      return (value as unknown[]).map((item) => raw(type.element, item, order));
    case "tuple":
      return type.elements.map((element, index) => raw(element, (value as unknown[])[index], order));
    case "map":
      return inOrder(
        Object.fromEntries(Object.entries(record).map(([key, item]) => [key, raw(type.element, item, order)])),
      );
    case "object":
      return inOrder(
        Object.fromEntries(type.attributes.map((a) => [a.name, raw(a.type, record[a.property], order)] as const)),
      );
    case "dynamic":
      return [Buffer.from(JSON.stringify(record["type"])), raw(typeFromJson(record["type"]), record["value"], order)];
    default:
      return value;
  }
}

function rawNumber(value: number | bigint | ExactNumber): number | bigint | string {
  if (value instanceof ExactNumber) return decimalText(value);
  if (typeof value === "bigint") {
    if (BigInt.asIntN(64, value) === value || BigInt.asUintN(63, value) === value) return value;
    return BigInt(Number(value)) === value ? Number(value) : value.toString();
  }
  if (!Number.isInteger(value)) return isBinaryFraction(value) ? value : decimalText(value);
  return value > 2 ** 32 - 1 || value < -(2 ** 31) ? BigInt(value) : value;
}

test("what is written is what the library writes", () => {
  fc.assert(
    fc.property(typed, ({ type, value }) => {
      const expected = encoder.encode(raw(type, value, (names) => names.sort()));
      expect(Buffer.from(encode(type, value)).equals(expected)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("what is written in slices is the same, and others have their turn in between", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyObject.chain((type) => anyValue(type, { unknown: true }).map((value) => ({ type, value }))),
      async ({ type, value }) => {
        fc.pre(typeof value === "object" && value !== null);
        const inTurns = await encodeInTurns(type, value as Record<string, unknown>);
        expect(Buffer.from(inTurns).equals(encode(type, value))).toBe(true);
      },
    ),
  );
  const numbers = typeFromJson(["object", { list: ["list", "number"] }]);
  const value = { list: Array.from({ length: 70_000 }, (_, index) => index) };
  if (numbers.kind !== "object") throw new Error("An object's type is none.");
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const written = await encodeInTurns(numbers, value);
  isDone = true;
  expect(Buffer.from(written).equals(encode(numbers, value))).toBe(true);
  expect(turns).toBeGreaterThanOrEqual(69);
});

test("what the library writes is read, in whichever order the names come", () => {
  fc.assert(
    fc.property(typed, fc.infiniteStream(fc.nat()), ({ type, value }, random) => {
      const shuffled = (names: string[]) => {
        const keys = new Map(names.map((name) => [name, random.next().value as number]));
        return names.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
      };
      expect(decode(type, encoder.encode(raw(type, value, shuffled)))).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("text, binary data and collections of every length of header are read and written", () => {
  const list = typeFromJson(["list", "bool"]);
  const map = typeFromJson(["map", "bool"]);
  const text = typeFromJson("string");
  for (const length of [0, 1, 15, 16, 31, 32, 63, 64, 65, 255, 256, 65_535, 65_536]) {
    const values: readonly (readonly [CtyType, unknown])[] = [
      [text, "x".repeat(length)],
      [text, "é".repeat(length)],
      [list, Array.from({ length }, () => true)],
      [map, Object.fromEntries(Array.from({ length }, (_, index) => [`key-${index}`, false]))],
    ];
    for (const [type, value] of values) {
      const bytes = encode(type, value);
      expect(new Decoder().decode(bytes)).toEqual(value);
      expect(decode(type, bytes)).toEqual(value);
    }
  }
});

test("integers and floating-point numbers of every size are read as the library writes them", () => {
  const number = typeFromJson("number");
  const floats = new Encoder({ forceFloat32: true });
  const limits = [0, 7, 8, 15, 16, 31, 32, 52].flatMap((bits) => [
    2 ** bits - 1,
    2 ** bits,
    -(2 ** bits),
    -(2 ** bits) - 1,
  ]);
  for (const value of [...limits, -32, -33]) {
    expect(decode(number, new Encoder().encode(value))).toBe(value === 0 ? 0 : value);
    expect(new Decoder().decode(encode(number, value))).toBe(value === 0 ? 0 : value);
  }
  expect(decode(number, floats.encode(0.5))).toBe(0.5);
});

test("a refined unknown of any length is one value, with another one behind it", () => {
  const list = typeFromJson(["list", "string"]);
  for (const length of [0, 1, 2, 3, 4, 8, 15, 16, 17, 255, 256, 65_536]) {
    const bytes = encoder.encode([new ExtData(12, new Uint8Array(length)), "behind"]);
    expect(decode(list, bytes)).toEqual([UNKNOWN, "behind"]);
  }
});
