import {
  bool,
  DiagnosticError,
  dynamic,
  list,
  map,
  nested,
  number,
  optional,
  set,
  string,
  UNKNOWN,
} from "../../../src/terraform";
import { ctyTypeOfAttributes } from "../../../src/terraform/schema/cty-type";
import { type CtyType, typeFromJson } from "../../../src/terraform/values/cty-type";
import { ExactNumber } from "../../../src/terraform/values/exact-number";
import { decode } from "../../../src/terraform/values/msgpack/decode";
import { encode } from "../../../src/terraform/values/msgpack/encode";

const type = (json: unknown): CtyType => typeFromJson(json);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("bytes, both ways", () => {
  test.each<[string, unknown, unknown, string]>([
    ["null", "string", null, "c0"],
    ["unknown", "string", UNKNOWN, "d40000"],
    ["a string", "string", "héllo", "a668c3a96c6c6f"],
    ["true", "bool", true, "c3"],
    ["a small integer", "number", 7, "07"],
    ["a negative integer", "number", -33, "d0df"],
    ["an integer of 33 bits", "number", 2 ** 32, "cf0000000100000000"],
    ["an integer beyond 2^53", "number", 9007199254740993n, "cf0020000000000001"],
    ["the smallest int64", "number", -(2n ** 63n), "d38000000000000000"],
    ["a binary fraction", "number", 0.5, "cb3fe0000000000000"],
    ["a decimal fraction", "number", 0.1, "a3302e31"],
    ["an integer beyond int64 that a float64 holds", "number", 2n ** 64n, "cb43f0000000000000"],
    ["an integer beyond int64 that none holds", "number", 2n ** 64n + 1n, "b43138343436373434303733373039353531363137"],
    ["a list", ["list", "number"], [1, 2], "920102"],
    ["a tuple", ["tuple", ["number", "string"]], [1, "a"], "9201a161"],
    ["a map, its keys sorted", ["map", "bool"], { b: true, a: false }, "82a161c2a162c3"],
    ["an object, its attributes sorted", ["object", { b: "bool", a: "number" }], { b: true, a: 1 }, "82a16101a162c3"],
    ["a null object", ["object", { a: "number" }], null, "c0"],
    ["a dynamic value", "dynamic", { type: "string", value: "x" }, "92c40822737472696e6722a178"],
    ["a null dynamic value", "dynamic", null, "c0"],
    ["an unknown dynamic value", "dynamic", UNKNOWN, "d40000"],
  ])("%s", (_, json, value, expected) => {
    expect(hex(encode(type(json), value))).toBe(expected);
    expect(decode(type(json), bytes(expected))).toEqual(value);
  });
});

describe("decoding", () => {
  test.each(["c7030c810c01", "d60c00000000", "d5ff0000", "c8000301aabbcc"])("any extension is unknown: %s", (ext) => {
    expect(decode(type("string"), bytes(ext))).toBe(UNKNOWN);
  });

  test.each<[string, string, unknown]>([
    ["cb0000000000000000", "zero as a float", 0],
    ["cb43e0000000000000", "2^63 as a float", 2n ** 63n],
    ["cf0000000000000005", "five in 64 bits", 5],
    ["a3312e30", "1.0 as text", 1],
    ["cb7ff0000000000000", "infinity", Number.POSITIVE_INFINITY],
  ])("a number has one form: %s (%s)", (data, _, value) => {
    expect(decode(type("number"), bytes(data))).toBe(value);
  });

  test("a fraction with more digits than a number has stays exact", () => {
    const text = "0.12345678901234567890123";
    const value = decode(type("number"), encode(type("string"), text));
    expect(value).toBeInstanceOf(ExactNumber);
    expect(String(value)).toBe(text);
    expect(hex(encode(type("number"), value))).toBe(hex(encode(type("string"), text)));
  });

  test.each<[string, unknown, string, string]>([
    ["a wrong type deep inside", ["object", { a: ["list", "string"] }], "81a16191c3", "a[0]"],
    ["a missing attribute", ["object", { a: "string", b: "string" }], "81a161c0", "b"],
    ["an unsupported attribute", ["object", { a: "string" }], "82a161c0a162c0", '"b"'],
    ["a tuple of another length", ["tuple", ["string"]], "92c0c0", "1 elements"],
    ["NaN", "number", "cb7ff8000000000000", "NaN"],
    ["a dynamic value of no type", "dynamic", "92c40301020301", "type"],
    ["truncated data", "string", "a561", "MessagePack"],
    ["data that goes on", "string", "a161c0", "MessagePack"],
    ["an array that announces billions", ["list", "string"], "ddffffffff", "MessagePack"],
    ["a key that is no string", ["map", "string"], "8101c0", "MessagePack"],
  ])("%s is an error that names it", (_, json, data, mention) => {
    expect(() => decode(type(json), bytes(data))).toThrow(DiagnosticError);
    expect(() => decode(type(json), bytes(data))).toThrow(mention);
  });

  test("an error carries the path in the schema's names", () => {
    const object = ctyTypeOfAttributes({
      admin: optional(nested({ passwordWo: optional(string(), { description: "Password." }) }), {
        description: "Admin.",
      }),
    });
    const data = bytes("81 a5 61646d696e 81 ab 70617373776f72645f776f 01");
    expect(() => decode(object, data)).toThrow(expect.objectContaining({ path: ["admin", "passwordWo"] }));
    expect(() => decode(object, data)).toThrow("`admin.password_wo`");
  });
});

describe("encoding", () => {
  const object = ctyTypeOfAttributes({
    volumeTypeId: optional(string(), { description: "Id." }),
    tagsByName: optional(map(string()), { description: "Tags." }),
    anyValue: optional(dynamic(), { description: "Any." }),
    isOn: optional(bool(), { description: "On." }),
    ports: optional(set(number()), { description: "Ports." }),
    names: optional(list(string()), { description: "Names." }),
  });

  test("converts the schema's names only, not keys of maps or of dynamic values", () => {
    const value = {
      volumeTypeId: "v",
      tagsByName: { camelKey: "a", snake_key: "b" },
      anyValue: { type: ["object", { innerName: "bool" }], value: { innerName: true } },
      isOn: null,
      ports: null,
      names: null,
    };
    const wire = encode(object, value);
    const text = Buffer.from(wire).toString("latin1");
    for (const name of ["volume_type_id", "tags_by_name", "camelKey", "snake_key", "innerName"]) {
      expect(text).toContain(name);
    }
    expect(decode(object, wire)).toEqual(value);
  });

  test("an absent attribute is null, and a property that the type lacks is left out", () => {
    expect(decode(object, encode(object, { isOn: true, other: 1 }))).toEqual({
      volumeTypeId: null,
      tagsByName: null,
      anyValue: null,
      isOn: true,
      ports: null,
      names: null,
    });
  });

  test("a set has each element once, whatever form it has", () => {
    expect(decode(type(["set", "number"]), encode(type(["set", "number"]), [1, 2, 1n, 2]))).toEqual([1, 2]);
    const sets = type(["set", ["set", "string"]]);
    expect(decode(sets, encode(sets, [["a", "b"], ["b", "a"], [UNKNOWN], [UNKNOWN]]))).toEqual([
      ["a", "b"],
      [UNKNOWN],
      [UNKNOWN],
    ]);
  });

  test("strings are normalized as Terraform does", () => {
    expect(decode(type("string"), encode(type("string"), "e\u0301 \ud800"))).toBe("\u00e9 \ufffd");
  });

  test.each<[string, unknown, unknown, string]>([
    ["a wrong type", ["object", { a: "string" }], { a: 1 }, "`a` must be a string, got: a number"],
    ["NaN", "number", Number.NaN, "must be a number, got: NaN"],
    ["an object for a list", ["list", "string"], {}, "must be a list, got: an object"],
    ["a dynamic value without a type", "dynamic", "x", "together with its type"],
  ])("%s is an error that names it", (_, json, value, mention) => {
    expect(() => encode(type(json), value)).toThrow(DiagnosticError);
    expect(() => encode(type(json), value)).toThrow(mention);
  });

  test("an attribute named like something that every object inherits is null when it is absent", () => {
    const inherited = type(["object", { constructor: "string" }]);
    expect(decode(inherited, encode(inherited, {}))).toEqual({ constructor: null });
  });
});
