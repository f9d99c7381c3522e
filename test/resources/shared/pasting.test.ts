/** Servers make up ids and addresses; whoever pastes what advice repeats runs nothing but what it says. */
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { hclString, importingBy } from "../../../src/resources/shared/pasting";
import { howToTrust, OF_INFRASTRUCTURE } from "../../../src/resources/shared/trust-advice";

const HOSTILE = ["1; curl evil", "$(id)", "`id`", "a b", "-help", "1\nid", '"', "'", "a&b", "*", "~/x", ""];

test.each(["17", "i-1/vm-2", "6f1c2f5e-0000-4000-8000-000000000000", "https://vc.example.test:443"])(
  "%s is repeated in a command",
  (id) => {
    expect(importingBy(id)).toContain(`"terraform import ADDRESS ${id}"`);
  },
);

test.each(HOSTILE)("%j is no part of a command", (id) => {
  expect(importingBy(id)).not.toContain("terraform import");
});

test("what is repeated in a command is one word of the shell", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), (id) => {
      const [, command] = /^"terraform import ADDRESS (.*?)" with/.exec(importingBy(id)) ?? [];
      if (command !== undefined) expect(execFileSync("sh", ["-c", `printf %s ${command}`]).toString()).toBe(id);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['a"b', '"a\\"b"'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is HCL's.
  ["${file(1)}", '"$${file(1)}"'],
  ["%{if true}", '"%%{if true}"'],
  ["a\nb", '"a\\nb"'],
  ["a\\b", '"a\\\\b"'],
])("%j is a string of HCL", (text, written) => {
  expect(hclString(text)).toBe(written);
});

test("a block has no address that is none, and a name that is one", () => {
  const hostile = 'vc"\n}\nresource "null_resource" "x" {\n  provisioner "local-exec" { command = "id" }\n}';
  expect(howToTrust(OF_INFRASTRUCTURE, [{ name: "https", address: hostile, protocol: "https" }])).not.toContain(
    "local-exec",
  );
  expect(howToTrust(OF_INFRASTRUCTURE, [{ name: hostile, address: "vc", protocol: "https" }])).not.toContain(
    'local-exec" {',
  );
});
