import fc from "fast-check";
import { parseJson } from "../../../src/integration-server/http/json";
import { JsonMeter } from "../../../src/integration-server/http/json-meter";
import { parseInTurns } from "../../../src/integration-server/http/json-slices";

/** What becomes of a body that comes in two pieces and may be cut wherever it can be. */
async function inSlices(text: string, cutAt = 0): Promise<unknown> {
  const bytes = Buffer.from(text);
  const meter = new JsonMeter(1);
  meter.read(bytes.subarray(0, cutAt));
  meter.read(bytes.subarray(cutAt));
  return parseInTurns(bytes, meter.longArrays);
}

/** The value, or that there is none. */
async function attempt(parse: () => unknown): Promise<unknown> {
  try {
    return { value: await parse() };
  } catch (error) {
    return Object(error).name;
  }
}

/** How many arrays are cut into how many slices. */
function slicesOf(text: string): number[] {
  const meter = new JsonMeter(1);
  meter.read(Buffer.from(text));
  return meter.longArrays.map(({ cuts }) => cuts.length + 1);
}

const answers = fc.oneof(
  fc.json(),
  fc.json({ noUnicodeString: false }),
  fc.array(fc.jsonValue()).map((items) => JSON.stringify({ items, more: items })),
);

test("any JSON is the same in slices, wherever it comes apart on the way", async () => {
  await fc.assert(
    fc.asyncProperty(answers, fc.nat(100), async (text, cutAt) => {
      expect(await inSlices(text, cutAt)).toEqual(parseJson(text));
    }),
    { numRuns: 500 },
  );
});

test("what is no JSON is none in slices", async () => {
  const pieces = ["[", "]", "{", "}", ",", ":", '"a"', '"', "1", "null", " ", "\\", '{"a":[', "[1,2]"];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), async (parts) => {
      const text = parts.join("");
      expect(await attempt(() => inSlices(text))).toEqual(await attempt(() => parseJson(text)));
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ["a document that is a list", "[1,2,3]", [3]],
  ["lists that are fields, and none inside them", '{"a":[1,[2,3]],"b":[{"c":[4,5]},6],"d":{"e":[7,8]}}', [2, 2]],
  ["commas and brackets in texts", '{"a":["1,2","]\\"[,"]}', [2]],
  ["lists of one element and of none", '{"a":[1],"b":[]}', []],
])("%s", async (_, text, slices) => {
  expect(slicesOf(text)).toEqual(slices);
  expect(await inSlices(text)).toEqual(JSON.parse(text));
});

test.each(["[1,,2]", "[1,]", "[,1]", '{"a":[1,2}', '{"a":[1,2]]', "[1,2", '{"a":[1,{]},2]}'])(
  "%s is no JSON",
  async (text) => {
    await expect(inSlices(text)).rejects.toThrow(SyntaxError);
  },
);

test("of a field that occurs twice, the last one counts, whichever is long", async () => {
  for (const text of ['{"a":[1,2],"a":[3,4]}', '{"a":[1,2],"a":3}', '{"a":3,"a":[1,2]}', '{"__proto__":[1,2]}']) {
    expect(JSON.stringify(await inSlices(text))).toBe(JSON.stringify(JSON.parse(text)));
  }
});

test("long integers keep their digits", async () => {
  expect(await inSlices('{"a":[12345678901234567890,1]}')).toEqual({ a: ["12345678901234567890", 1] });
});

test("others have a turn before each slice", async () => {
  let turns = 0;
  let isParsing = true;
  const count = (): void => {
    turns += 1;
    if (isParsing) setImmediate(count);
  };
  setImmediate(count);
  await inSlices(`[${Array.from({ length: 20 }, (_, index) => index)}]`);
  isParsing = false;
  expect(turns).toBeGreaterThanOrEqual(20);
});
