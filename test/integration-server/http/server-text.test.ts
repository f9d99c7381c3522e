import fc from "fast-check";
import { safeLines, safeText } from "../../../src/integration-server/http/server-text";

test.each([
  ["an escape", "a\u001b[2Jb", "a\ufffd[2Jb"],
  ["a clipboard's escape", "\u001b]52;c;eA==\u0007", "\ufffd]52;c;eA==\ufffd"],
  ["a C1 control", "a\u009b2Jb", "a\ufffd2Jb"],
  ["NUL", "a\u0000b", "a\ufffdb"],
  ["a line break", "a\r\nApply complete!", "a\ufffd\ufffdApply complete!"],
  ["a turned direction", "a\u202egnp.exe\u2066", "a\ufffdgnp.exe\ufffd"],
  ["letters of other scripts", "сервер 服务器 שרת 🖥", "сервер 服务器 שרת 🖥"],
])("%s", (_, text, safe) => {
  expect(safeText(text)).toBe(safe);
});

test("what is too long is cut", () => {
  expect(safeText("x".repeat(100_000))).toHaveLength(4_097);
});

test("a certificate keeps its lines", () => {
  expect(safeLines("-----BEGIN\r\nA\u001bB\n-----END\n")).toBe("-----BEGIN\nA\ufffdB\n-----END\n");
});

test("no text has anything in it that a terminal obeys", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(safeText(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
