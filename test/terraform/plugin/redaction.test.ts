import fc from "fast-check";
import { Redactor } from "../../../src/terraform/plugin/redaction";

test("a secret is masked in plain text", () => {
  const redactor = new Redactor();
  redactor.add("s3cret");
  expect(redactor.redact("login with s3cret failed: s3cret")).toBe("login with *** failed: ***");
});

test("characters with a meaning in patterns are only characters", () => {
  const redactor = new Redactor();
  redactor.add(".*[a-z]$|(");
  expect(redactor.redact("abc .*[a-z]$|( def")).toBe("abc *** def");
});

test("a secret that contains another is masked as a whole", () => {
  const redactor = new Redactor();
  redactor.add("abcd");
  redactor.add("abcdefgh");
  expect(redactor.redact("<abcdefgh>")).toBe("<***>");
});

test("text without a secret stays as it is", () => {
  const redactor = new Redactor();
  redactor.add("");
  expect(redactor.redact("plain")).toBe("plain");
});

test.each([
  ["a name", "svm-01-b"],
  ["an id", "0svm-01"],
  ["another word", "svm-012"],
])("a secret under eight characters stays in %s that holds it by chance", (_what, text) => {
  const redactor = new Redactor();
  redactor.add("svm-01");
  expect(redactor.redact(`<${text}> <svm-01>`)).toBe(`<${text}> <***>`);
});

const secret = fc.string({ unit: "grapheme", minLength: 8, maxLength: 40 });
const surroundings = fc.string({ unit: "grapheme", maxLength: 8 });

test.each<[string, (text: string) => string]>([
  ["plain", (text) => text],
  ["JSON", (text) => JSON.stringify(text)],
  ["a URL", (text) => encodeURIComponent(text)],
])("no secret is left in %s", (_name, write) => {
  fc.assert(
    fc.property(secret, surroundings, surroundings, (hidden, before, after) => {
      const redactor = new Redactor();
      redactor.add(hidden);
      expect(redactor.redact(write(before + hidden + after))).toContain("***");
    }),
  );
});

test.each<BufferEncoding>(["base64", "base64url"])("no secret is left in %s, wherever it starts", (encoding) => {
  fc.assert(
    fc.property(secret, surroundings, surroundings, (hidden, before, after) => {
      const redactor = new Redactor();
      redactor.add(hidden);
      expect(redactor.redact(Buffer.from(before + hidden + after).toString(encoding))).toContain("***");
    }),
  );
});
