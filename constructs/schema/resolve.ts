import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { madeAsText } from "./own-reference";
import { mayHaveToken } from "./tokens";

/** Text as the stack of a construct has it: with Terraform's expressions in place of tokens. */
export function resolveText(scope: IConstruct, text: string): string {
  if (!mayHaveToken(text)) return text;
  const own = madeAsText(text)?.in(TerraformStack.of(scope));
  if (own !== undefined) return own;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver, preparing: false }));
}
