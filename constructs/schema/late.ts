/** Values that are not there yet when a construct is made: some are at synth, the others only Terraform knows. */
import {
  DefaultTokenResolver,
  type IResolvable,
  type IResolveContext,
  type ITerraformIterator,
  ref,
  StringConcat,
  Token,
  Tokenization,
} from "cdktf";
import type { IConstruct } from "constructs";
import { isOwnReference, madeAsText } from "./own-reference";
import { produced } from "./produced";

const DYNAMIC = Symbol.for("cdktf/TerraformDynamicExpression");

/** What `iterator.dynamic(…)` makes: an element for each that the iterator goes over. CDKTF does not export the class. */
export interface Dynamic {
  readonly iterator: ITerraformIterator & { dynamic(content: object): IResolvable };
  readonly content: object;
}

export function isDynamic(value: unknown): value is Dynamic {
  return typeof value === "object" && value !== null && DYNAMIC in value;
}

/** CDKTF exports no class for what its `ref` makes. */
const REFERENCE: unknown = Object.getPrototypeOf(ref("any"));

/** What text is that is one reference to an attribute or a variable: nothing else comes of it but its expression. */
export function referenceOf(value: unknown): IResolvable | undefined {
  const token = typeof value === "string" ? (madeAsText(value) ?? tokenOf(value)) : undefined;
  if (token === undefined || isOwnReference(token)) return token;
  return Object.getPrototypeOf(token) === REFERENCE ? token : undefined;
}

/** What a token stands for, with tokens inside as they are. A text that only contains some stays as it is, and so does a dynamic. */
export function settle(value: unknown, context: IResolveContext): unknown {
  const token = tokenOf(value);
  return token === undefined ? value : settle(stepInto(token, context), context);
}

/** In a context of its own: expressions of CDKTF leave their marks on the one that they get. */
function stepInto(token: IResolvable, context: IResolveContext): unknown {
  let value: unknown;
  const step = produced((own) => {
    value = token.resolve(own);
    return null;
  });
  context.resolve(step);
  return value;
}

function tokenOf(value: unknown): IResolvable | undefined {
  if (typeof value === "string") {
    const fragments = Tokenization.reverseString(value);
    return fragments.length === 1 ? fragments.firstToken : undefined;
  }
  if (isDynamic(value) || !Token.isUnresolved(value)) return undefined;
  return Tokenization.reverse(value)[0];
}

/** Calls the function as resolution at synth would. */
export function resolving<T>(scope: IConstruct, look: (context: IResolveContext) => T): T {
  let looked: { readonly result: T } | undefined;
  const token = produced((context) => {
    looked = { result: look(context) };
    return null;
  });
  Tokenization.resolve(token, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });
  if (looked === undefined) throw new Error("CDKTF did not resolve a token.");
  return looked.result;
}
