import { Token } from "cdktf";

/** An unescaped `${` or `%{`, where a template of Terraform starts. */
const TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;

/** True for what only Terraform can evaluate: a token of CDKTF, or text with a Terraform template in it. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && TEMPLATE.test(value));
}

/** The text as a Terraform string that means just that. */
export function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}
