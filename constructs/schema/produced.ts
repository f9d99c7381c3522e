/** Tokens of this library. */
import { type IResolvable, type IResolveContext, Token } from "cdktf";

/**
 * What `Lazy.anyValue` makes, but for the stack of its creation: CDKTF takes a whole one for each token, which for a large
 * fleet is most of a synth. It would be one of this library, whose errors name the construct and the attribute instead.
 */
export function produced(produce: (context: IResolveContext) => unknown): IResolvable {
  return new Produced(produce);
}

class Produced implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(private readonly produce: (context: IResolveContext) => unknown) {}

  resolve(context: IResolveContext): unknown {
    return this.produce(context);
  }

  toString(): string {
    return Token.asString(this);
  }

  /** As other tokens are printed. */
  toJSON(): string {
    return "<unresolved-token>";
  }
}
