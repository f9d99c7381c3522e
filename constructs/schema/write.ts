/** A configuration for Terraform, with its names. What does not fit is left out, since it could be a secret in any form. */
import type { IResolveContext, TerraformElement } from "cdktf";
import { toSnakeCase } from "../../src/terraform/schema";
import { registerFeature } from "../kind/features";
import { Secret } from "../secret";
import { isReference, settle } from "./late";
import { produced } from "./produced";
import { isExpression } from "./tokens";
import type { Conversion, GoOn } from "./values";

/** Secrets that it comes upon become part of the element's stack. */
export function writing(element: TerraformElement): Conversion {
  return {
    attributeName: toSnakeCase,
    late: (value, _type, _path, goOn) => (isReference(value) ? value : produced(late(value, goOn))),
    dynamic: ({ iterator, content }, _type, _path, goOn) => iterator.dynamic(Object(goOn(content))),
    secret: (value, _path, { flags }) => {
      if (!Secret.isSecret(value)) return undefined;
      if (flags.has("writeOnly")) registerFeature(element, "writeOnlyAttributes");
      const reference = value.reference(element);
      return value.plainText === undefined ? withoutPlainText(reference) : reference;
    },
    misfit: () => undefined,
  };
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
  if (isReference(value)) return value;
  return produced((context) => (isExpression(context.resolve(value)) ? value : undefined));
}
