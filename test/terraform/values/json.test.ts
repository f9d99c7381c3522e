import { DiagnosticError, nested, number, optional, string } from "../../../src/terraform";
import { ctyTypeOfAttributes } from "../../../src/terraform/schema/cty-type";
import { typeFromJson } from "../../../src/terraform/values/cty-type";
import { ExactNumber, parseNumber } from "../../../src/terraform/values/exact-number";
import { decodeJson, parseJson } from "../../../src/terraform/values/json";

describe("parsing keeps every digit", () => {
  test("of numbers, wherever they are", () => {
    expect(parseJson('{"a":[9007199254740993,0.1,1e2],"b":0.12345678901234567891}')).toEqual({
      a: [9007199254740993n, 0.1, 100],
      b: parseNumber("0.12345678901234567891"),
    });
    expect(parseJson("9007199254740993")).toBe(9007199254740993n);
    expect(parseJson("-1.00000000000000000001")).toBeInstanceOf(ExactNumber);
  });

  test("and leaves strings alone", () => {
    const text = '{"9007199254740993":"say \\"9007199254740993\\", \\\\","b":12345678901234567890}';
    expect(parseJson(text)).toEqual({ "9007199254740993": 'say "9007199254740993", \\', b: 12345678901234567890n });
  });

  test.each(["", "{", "[1,]", "01234567890123456789", "1234567890123456789.", "{1234567890123456789:1}", "--1"])(
    "and refuses what is no JSON: %s",
    (text) => {
      expect(() => parseJson(text)).toThrow("it is no JSON");
    },
  );

  test("and refuses a number that no memory holds", () => {
    expect(() => parseJson("1e999999")).toThrow("out of range");
  });
});

describe("a stored state", () => {
  const type = ctyTypeOfAttributes({
    diskSize: optional(number(), { description: "Size." }),
    admin: optional(nested({ userName: optional(string(), { description: "Name." }) }), { description: "Account." }),
  });

  test("may have attributes that the schema lacks, and lack some that it has", () => {
    expect(decodeJson(type, '{"old":1,"admin":{"password":"x"}}', "lenient")).toEqual({
      diskSize: null,
      admin: { userName: null },
    });
  });

  test("may have text where the schema has a number, and the other way round", () => {
    expect(decodeJson(type, '{"disk_size":"12","admin":{"user_name":1.50}}', "lenient")).toEqual({
      diskSize: 12,
      admin: { userName: "1.5" },
    });
  });

  test("has to have the schema's attributes when it is read exactly", () => {
    expect(() => decodeJson(type, '{"disk_size":1}')).toThrow("`admin`");
    expect(() => decodeJson(type, '{"disk_size":1,"admin":null,"old":1}')).toThrow('"old"');
  });

  test("that does not fit is a diagnostic at the attribute", () => {
    const read = () => decodeJson(type, '{"disk_size":1,"admin":{"user_name":[]}}', "lenient");
    expect(read).toThrow(DiagnosticError);
    expect(read).toThrow(expect.objectContaining({ path: ["admin", "userName"] }));
    expect(read).toThrow("`admin.user_name`");
  });

  test("that is no JSON is a diagnostic without the text, which may hold secrets", () => {
    expect(() => decodeJson(type, '{"secret')).toThrow("it is no JSON");
    expect(() => decodeJson(type, '{"secret')).not.toThrow("secret");
  });
});

test("a key named __proto__ is a plain key of a map", () => {
  const value = decodeJson(typeFromJson(["map", "string"]), '{"__proto__":"x"}');
  expect(Object.entries(value as object)).toEqual([["__proto__", "x"]]);
});
