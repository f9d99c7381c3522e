/** A configuration for Terraform, with its names. What does not fit is left out, since it could be a secret in any form. */
import type { IResolveContext, TerraformElement, TerraformStack } from "cdktf";
import { toSnakeCase } from "../../src/terraform/schema";
import { registerFeature } from "../kind/features";
import { Secret } from "../secret";
import { referenceOf, settle } from "./late";
import { isOwnReference } from "./own-reference";
import { produced } from "./produced";
import { mapValues, type Values } from "./record";
import { madeOnce } from "./shared";
import { isExpression } from "./tokens";
import type { Conversion, GoOn } from "./values";

/** Secrets that it comes upon become part of the element's stack. */
export function writing(element: TerraformElement): Conversion {
  return {
    attributeName: terraformName,
    late: (value, _type, _path, goOn) => referenceIn(value) ?? produced(late(value, goOn)),
    dynamic: ({ iterator, content }, _type, _path, goOn) => iterator.dynamic(Object(goOn(content))),
    secret: (value, _path, { flags }) => {
      if (!Secret.isSecret(value)) return undefined;
      if (flags.has("writeOnly")) registerFeature(element, "writeOnlyAttributes");
      const reference = value.reference(element);
      return value.plainText === undefined ? withoutPlainText(reference) : reference;
    },
    shared: (value, convertIt) => madeOnce(value, writing, convertIt),
    misfit: () => undefined,
  };
}

/** Names of schemas, of which there are not many. */
const terraformNames = new Map<string, string>();

function terraformName(name: string): string {
  const known = terraformNames.get(name) ?? toSnakeCase(name);
  terraformNames.set(name, known);
  return known;
}

/**
 * What was written, for the element's stack: references to what is there, too, are text, which CDKTF has not to resolve. They
 * are written each time anew, since until then names may change.
 */
export function inStack(written: Values, stack: TerraformStack): Values {
  return mapValues(written, (value) => valueInStack(value, stack));
}

function valueInStack(value: unknown, stack: TerraformStack): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isOwnReference(value)) return value.in(stack) ?? value;
  if (Array.isArray(value)) return value.map((each) => valueInStack(each, stack));
  return Object.getPrototypeOf(value) === Object.prototype ? inStack(value as Values, stack) : value;
}

/** A text that is one reference: nothing else comes of it but its expression. */
function referenceIn(value: unknown): unknown {
  const reference = referenceOf(value);
  return reference === undefined || isOwnReference(reference) ? reference : value;
}

/** CDKTF writes expressions itself; where it wants one without its braces, as in a `for`, nothing tells it from text. */
function late(value: unknown, goOn: GoOn): (context: IResolveContext) => unknown {
  return (context) => {
    const known = settle(value, context);
    const isForTerraform = isExpression(known) || (context.suppressBraces === true && typeof known !== "object");
    return isForTerraform ? value : goOn(known);
  };
}

/** A token may turn out to be plain text, which validation refuses. */
function withoutPlainText(value: unknown): unknown {
  return referenceIn(value) ?? produced((context) => (isExpression(context.resolve(value)) ? value : undefined));
}
