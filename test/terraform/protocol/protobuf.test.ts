import fc from "fast-check";
import {
  bool,
  bytes,
  enumeration,
  int32,
  int64,
  type MessageInit,
  map,
  message,
  msg,
  oneof,
  optional,
  repeated,
  string,
  stringMap,
} from "../../../src/terraform/protocol/protobuf";

const Leaf = message({ name: string(1), size: int64(2) });
const Everything = message({
  text: string(1),
  data: bytes(2),
  flag: bool(3),
  count: int64(4),
  small: int32(5),
  color: enumeration(6, ["RED", "GREEN", "BLUE"]),
  leaf: msg(7, Leaf),
  leaves: repeated(8, Leaf),
  byName: map(9, Leaf),
  labels: stringMap(10),
  maybeText: optional(string(11)),
  maybeCount: optional(int64(12)),
  choice: oneof({ first: string(13), second: int64(14) }),
  get inner() {
    return msg(200, Everything);
  },
});

const hex = (encoded: Uint8Array) => Buffer.from(encoded).toString("hex");
const fromHex = (digits: string) => Buffer.from(digits, "hex");

describe("encoding, byte by byte", () => {
  const cases: readonly [string, MessageInit<typeof Everything>, string][] = [
    ["nothing", {}, ""],
    ["zero values without presence", { text: "", count: 0, flag: false, color: "RED", data: new Uint8Array() }, ""],
    ["zero values with presence", { maybeText: "", maybeCount: 0 }, "5a006000"],
    ["a string", { text: "testing" }, "0a0774657374696e67"],
    ["a varint of two bytes", { count: 150 }, "209601"],
    ["a negative int64 in ten bytes", { count: -1 }, "20ffffffffffffffffff01"],
    ["an enum by position", { color: "BLUE" }, "3002"],
    ["an empty message", { leaf: {} }, "3a00"],
    ["a list", { leaves: [{ size: 1 }, {}] }, "42021001" + "4200"],
    ["a map as a list of keys and values", { labels: { a: "b" } }, "52060a016112" + "0162"],
    ["a chosen zero value of a oneof", { choice: { second: 0 } }, "7000"],
    ["a field number of two bytes", { inner: {} }, "c20c00"],
    ["fields in the order of their numbers", { flag: true, text: "x" }, "0a01781801"],
  ];
  test.each(cases)("%s", (_name, value, expected) => {
    expect(hex(Everything.encode(value))).toBe(expected);
  });
});

const leaf = fc.record({ name: fc.string(), size: fc.maxSafeInteger() });
const { tree } = fc.letrec((tie) => ({
  tree: fc.record({
    text: fc.string({ unit: "binary" }),
    data: fc.uint8Array(),
    flag: fc.boolean(),
    count: fc.maxSafeInteger(),
    small: fc.integer(),
    color: fc.constantFrom("RED", "GREEN", "BLUE"),
    leaf: fc.option(leaf, { nil: undefined }),
    leaves: fc.array(leaf, { maxLength: 3 }),
    byName: fc.dictionary(fc.string(), leaf, { maxKeys: 3 }),
    labels: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
    maybeText: fc.option(fc.string(), { nil: undefined }),
    maybeCount: fc.option(fc.maxSafeInteger(), { nil: undefined }),
    choice: fc.option(
      fc.oneof(
        fc.string().map((first) => ({ first })),
        fc.maxSafeInteger().map((second) => ({ second })),
      ),
      { nil: undefined },
    ),
    inner: fc.option(tie("tree"), { nil: undefined, depthSize: "small" }),
  }),
}));

test("any message survives encoding and decoding", () => {
  fc.assert(
    fc.property(tree, (value) => {
      const init = value as MessageInit<typeof Everything>;
      expect(Everything.decode(Everything.encode(init))).toEqual(value);
    }),
  );
});

describe("decoding", () => {
  test("skips fields and wire types that it does not know", () => {
    expect(Leaf.decode(fromHex("0a0161" + "1a0178" + "2005" + "290000000000000000" + "3500000000"))).toEqual({
      name: "a",
      size: 0,
    });
  });

  test("skips a known field with another wire type", () => {
    expect(Leaf.decode(fromHex("0805"))).toEqual({ name: "", size: 0 });
  });

  test("takes the last of several scalars and members of a oneof", () => {
    const { text, choice } = Everything.decode(fromHex("0a0161" + "0a0162" + "6a0161" + "7005"));
    expect({ text, choice }).toEqual({ text: "b", choice: { second: 5 } });
  });

  test("merges several occurrences of a message", () => {
    expect(Everything.decode(fromHex("3a030a0161" + "3a021005")).leaf).toEqual({ name: "a", size: 5 });
  });

  test("fills what a map entry leaves out", () => {
    const { labels, byName } = Everything.decode(fromHex("5200" + "4a030a0161"));
    expect({ labels, byName }).toEqual({ labels: { "": "" }, byName: { a: { name: "", size: 0 } } });
  });

  test("takes keys of maps for nothing but keys", () => {
    const decoded = Everything.decode(Everything.encode({ labels: JSON.parse('{"__proto__":"x"}') }));
    expect(Object.entries(decoded.labels)).toEqual([["__proto__", "x"]]);
  });

  test("reads an unknown enum value as the first", () => {
    expect(Everything.decode(fromHex("3063")).color).toBe("RED");
  });

  test("refuses an int64 that a number cannot hold", () => {
    expect(() => Leaf.decode(fromHex("10ffffffffffffffff7f"))).toThrow("without loss");
  });

  test("refuses a message that ends early", () => {
    expect(() => Leaf.decode(fromHex("0a05"))).toThrow();
  });

  test("refuses a message that is longer than the one around it", () => {
    expect(() => Everything.decode(fromHex("3a020a05" + "6161616161"))).toThrow(RangeError);
  });

  test("never throws anything but an error, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (garbage) => {
        try {
          Everything.decode(garbage);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
