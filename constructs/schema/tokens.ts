import { Token } from "cdktf";

/** How texts tell that there is a token of CDKTF in them: as such, or as a number's. */
const TOKEN = /TfToken\[|e\+\d/;
/** An unescaped `${` or `%{`, where a template of Terraform starts. */
const TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;
/** What stands in a list of CDKTF that only Terraform knows, as its only element. */
const LIST_TOKEN = "#{TfToken[";

/** False for text that CDKTF would leave as it is. */
export function mayHaveToken(text: string): boolean {
  return TOKEN.test(text);
}

/** True for a token of CDKTF, whatever it stands for, and for text with a Terraform template in it. */
export function isUnresolved(value: unknown): boolean {
  // Both have one, and hardly any other text has.
  if (typeof value === "string" && !value.includes("{")) return false;
  return Token.isUnresolved(value) || isExpression(value);
}

/** True for text that only Terraform can evaluate. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && TEMPLATE.test(value);
}

/** True for the element of a list that only Terraform knows, which was put among others. */
export function mixesLists(value: unknown): boolean {
  return typeof value === "string" && value.includes(LIST_TOKEN);
}

/** A number of JavaScript in a text, of the size that CDKTF gives those that only Terraform knows. */
const LARGE_NUMBER = /-\d\.\d+e\+\d{3}/g;

/** True for text that a number was put into that only Terraform knows: CDKTF does not find it there any more. */
export function hidesNumber(value: unknown): boolean {
  if (typeof value !== "string" || !value.includes("e+")) return false;
  return (value.match(LARGE_NUMBER) ?? []).some((digits) => Token.isUnresolved(Number(digits)));
}

/** The text as a Terraform string that means just that. */
export function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
