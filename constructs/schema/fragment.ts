/** What a resource or a data source adds to its stack. */
import { type IResolvable, type IResolveContext, Token } from "cdktf";
import { withoutUndefined } from "./defined";
import { mayHaveToken } from "./tokens";

/**
 * The same content, which CDKTF takes as it is where it has nothing to resolve: it would go through every value of every element,
 * once to prepare the stack, once to write the element, and once more with the whole stack.
 */
export function fragment<T extends object>(content: T): T {
  const token: IResolvable = {
    creationStack: [],
    resolve: (context) => (isLiteral(content) ? asItIs(content, context) : { ...content }),
    toString: () => Token.asString(content),
  };
  // For everybody but the resolution it is an object like any other.
  const hidden = Object.entries(token).map(([name, value]) => [name, { value, configurable: true }] as const);
  return Object.defineProperties(content, Object.fromEntries(hidden));
}

/** CDKTF goes through what a token stands for, and not through what becomes of it afterwards. */
function asItIs(content: object, context: IResolveContext): null {
  // What is undefined would remove from the stack what others have added.
  context.registerPostProcessor({ postProcess: () => withoutUndefined(content) });
  return null;
}

/** Looked at each time anew: a class of somebody else may have added something. */
function isLiteral(value: unknown): boolean {
  if (typeof value === "string") return !mayHaveToken(value);
  if (value === null || value === undefined || typeof value === "boolean") return true;
  if (typeof value === "number") return !Token.isUnresolved(value);
  if (Array.isArray(value)) return !Token.isUnresolved(value) && value.every(isLiteral);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.entries(value).every(([name, each]) => !mayHaveToken(name) && isLiteral(each));
}
