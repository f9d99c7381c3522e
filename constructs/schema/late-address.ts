/** Addresses that are known later: a port is looked for in them then, by Terraform where only Terraform knows them. */
import { Lazy } from "cdktf";
import { isExpression } from "./tokens";

/** The port at the end of an address, as a regular expression of Terraform. */
const PORT = ":[0-9]+$";
/** Text that consists of one simple expression. */
const EXPRESSION = /^\$\{([^{}]*)\}$/;

/** With a port where it has none. `known` does the same with text. */
export function withLatePort(address: string, port: number, known: (address: string) => string): string {
  return whenResolved(address, (it, text) => `\${can(regex("${PORT}", ${it})) ? ${it} : "${text}:${port}"}`, known);
}

/** With this port instead of its own. `known` does the same with text. */
export function withOtherLatePort(address: string, port: number, known: (address: string) => string): string {
  return whenResolved(address, (it) => `\${replace(${it}, "/${PORT}/", "")}:${port}`, known);
}

function whenResolved(
  address: string,
  late: (expression: string, text: string) => string,
  known: (address: string) => string,
): string {
  return Lazy.stringValue({
    produce: (context) => {
      const text = String(context.resolve(address));
      return isExpression(text) ? late(EXPRESSION.exec(text)?.[1] ?? `"${text}"`, text) : known(text);
    },
  });
}
