import { Readable } from "node:stream";
import { bodyText, readBody } from "../../../src/integration-server/http/body";
import { JsonReader } from "../../../src/integration-server/http/json-reader";
import { quietLog } from "../../support/quiet-log";

const read = (value: unknown): JsonReader =>
  new JsonReader(value, { call: "GET /objects", isQuestion: true, secrets: quietLog().secrets });

describe("a list", () => {
  it("of one may stand without its brackets", () => {
    for (const elements of [read({ id: "a" }).list(), read({ id: "a" }).optionalList()]) {
      expect(elements.map((element) => element.field("id").text())).toEqual(["a"]);
    }
    expect(read({ id: "a" }).length).toBe(1);
  });

  it.each([[undefined], [null], [[]]])("may be %j for none", (value) => {
    expect(read(value).list()).toEqual([]);
  });

  it.each([["text"], [1], [true]])("is not %j", (value) => {
    expect(() => read(value).list()).toThrow("expected a list");
    expect(read(value).optionalList()).toEqual([]);
  });
});

it.each([
  [true, true],
  ["True", true],
  [1, true],
  ["1", true],
  [false, false],
  ["FALSE", false],
  [0, false],
  ["0", false],
  [2, undefined],
  ["yes", undefined],
  [null, undefined],
])("takes %j for the flag %j", (value, flag) => {
  expect(read(value).optionalFlag()).toBe(flag);
});

describe("a body", () => {
  const text = '{"message":"Диск полон"}';
  const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
  const windows1251 = Buffer.from(
    [...text].map((letter) => (letter < "А" ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x3_50)),
  );
  it.each<[string, Buffer, string | undefined]>([
    ["UTF-8", Buffer.from(text), undefined],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`), "application/json"],
    ["UTF-16", utf16, "application/json; charset=utf-16"],
    ["UTF-16 that only its mark tells", utf16, "application/json"],
    ["UTF-16, the other way round", Buffer.from(utf16).swap16(), undefined],
    ["a code page", windows1251, 'text/json; version=1; Charset="windows-1251"'],
    ["UTF-8 that an unknown name is said for", Buffer.from(text), "application/json; charset=x-none"],
  ])("is read in %s", async (_, bytes, type) => {
    const body = await readBody(Readable.from([bytes]), { type, encoding: undefined }, 1_000);
    expect(bodyText(body)).toBe(text);
  });
});
