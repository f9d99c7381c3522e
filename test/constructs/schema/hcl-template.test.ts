import { quotedTemplate } from "../../../constructs/schema/hcl-template";

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

test.each([
  ["plain text", "esx-01", "esx-01"],
  ["an account of a domain", "DOMAIN\\name", "DOMAIN\\\\name"],
  ["quotes", 'say "it"', 'say \\"it\\"'],
  ["lines", "one\r\n\ttwo\u0007", "one\\r\\n\\ttwo\\u0007"],
  ["what CDKTF would take for an expression", "[1]", "\\u005b1]"],
  ["the same with a brace", "{}", "\\u007b}"],
  ["a reference", '${a.b["c"]}', '${a.b["c"]}'],
  ["text around a reference", '"${a.b["c"]}"', '\\"${a.b["c"]}\\"'],
  [
    "a reference with text in it that has another one",
    '${f("a${b["c"]}\\"}", {})} "',
    '${f("a${b["c"]}\\"}", {})} \\"',
  ],
  ["text that is no reference", '"$${a["b"]}"', '\\"$${a[\\"b\\"]}\\"'],
  ["a directive", '%{ if a == "b" }"%{ endif }', '%{ if a == "b" }\\"%{ endif }'],
  ["text that is no directive", '%%{"', '%%{\\"'],
  ["a sequence that does not end", '${f("', '${f("'],
])("%s", (_, template, expected) => {
  expect(quotedTemplate(template)).toBe(expected);
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
