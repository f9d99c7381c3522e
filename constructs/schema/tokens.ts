import { Token } from "cdktf";

/** An unescaped `${` or `%{`, where a template of Terraform starts. */
const TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;
/** What stands in a list of CDKTF that only Terraform knows, as its only element. */
const LIST_TOKEN = "#{TfToken[";

/** True for a token of CDKTF, whatever it stands for, and for text with a Terraform template in it. */
export function isUnresolved(value: unknown): boolean {
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

/** The text as a Terraform string that means just that. */
export function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
