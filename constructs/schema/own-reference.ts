/** References to what this library itself puts into a stack. */
import { createHash } from "node:crypto";
import { type IResolvable, type IResolveContext, ref, TerraformLocal, TerraformStack, Token } from "cdktf";

const OWN_REFERENCE = Symbol.for("cdktf-ksvla/OwnReference");

/** What has attributes. */
export interface Referred {
  readonly cdktfStack: TerraformStack;
  /** How Terraform's expressions name it, such as `data.ksvla_host.esx-01`; of several instances, all of them, or the one that is meant. */
  readonly terraformReference: string;
}

/** A reference as CDKTF's own are, for users of this library. */
export function referenceTo(referred: Referred, attribute: string): IResolvable {
  return new OwnReference(referred, attribute, takenStack());
}

/** The same as text, without the stack of its creation, for what this library refers to. */
export function textOf(referred: Referred, attribute?: string): string {
  const reference = new OwnReference(referred, attribute);
  const text = Token.asString(reference);
  texts.set(text, reference);
  return text;
}

/** CDKTF would have to take each of them apart to find out. It knows its tokens as long. */
const texts = new Map<string, OwnReference>();

/** What {@link textOf} made, and nothing else. */
export function madeAsText(text: string): OwnReference | undefined {
  return texts.get(text);
}

/** Of whichever copy of this library. */
export function isOwnReference(value: unknown): value is OwnReference {
  return typeof value === "object" && value !== null && OWN_REFERENCE in value;
}

/**
 * What CDKTF's `ref` makes, but that the name of what it refers to is asked for when it is written, and that the stack of its
 * creation is written out when somebody reads it: to take it and to write it out is most of what CDKTF's cost.
 */
class OwnReference implements IResolvable {
  #elsewhere: IResolvable | undefined;

  constructor(
    private readonly referred: Referred,
    private readonly attribute: string | undefined,
    private readonly taken: TakenStack = { stack: "" },
  ) {
    Object.defineProperty(this, OWN_REFERENCE, { value: true });
  }

  get creationStack(): string[] {
    const [, ...lines] = this.taken.stack.split("\n");
    return lines.map((line) => line.replace(/^\s*at\s+/, ""));
  }

  /** As the stack has it that has what it refers to; undefined for any other, which gets it as an output. */
  in(stack: TerraformStack): string | undefined {
    return stack === this.referred.cdktfStack ? `\${${this.expression}}` : undefined;
  }

  resolve(context: IResolveContext): unknown {
    const { expression } = this;
    const { cdktfStack } = this.referred;
    if (TerraformStack.of(context.scope) === cdktfStack) {
      return context.suppressBraces === true ? expression : `\${${expression}}`;
    }
    // One for all that is to come: it remembers the output that it became.
    if (context.preparing) this.#elsewhere ??= ref(withNameOfItsOwn(expression, cdktfStack), cdktfStack);
    return (this.#elsewhere ?? ref(expression, cdktfStack)).resolve(context);
  }

  toString(): string {
    return Token.asString(this);
  }

  /** As other tokens are printed. */
  toJSON(): string {
    return "<unresolved-token>";
  }

  private get expression(): string {
    const { terraformReference } = this.referred;
    return this.attribute === undefined ? terraformReference : `${terraformReference}.${this.attribute}`;
  }
}

/** Expressions that CDKTF makes names of outputs of which no other expression has: it leaves out all but letters, digits, hyphens and underscores. */
const TELLING = /^(?:[\w.-]|\[\d+\]|\["[\w-]*"\])*$/;

/** The expression, or a local value with it: keys such as names of networks are in any script, and the output of one would be that of another. */
function withNameOfItsOwn(expression: string, stack: TerraformStack): string {
  if (TELLING.test(expression)) return expression;
  const hash = createHash("sha256").update(expression).digest("hex").slice(0, 16);
  const name = `ksvla-${hash}`;
  if (stack.node.tryFindChild(name) === undefined) new TerraformLocal(stack, name, `\${${expression}}`);
  return `local.${name}`;
}

/** A stack that is written out when it is read for the first time. */
interface TakenStack {
  readonly stack: string;
}

function takenStack(): TakenStack {
  const limit = Error.stackTraceLimit;
  const taken = { stack: "" };
  try {
    Error.stackTraceLimit = Number.POSITIVE_INFINITY;
    Error.captureStackTrace(taken, referenceTo);
  } finally {
    Error.stackTraceLimit = limit;
  }
  return taken;
}
