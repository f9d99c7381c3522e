/** Synthesis in memory, and what it refuses. */
import { TerraformStack, Testing } from "cdktf";
import { KsvlaProvider } from "../../constructs";

type Json = Readonly<Record<string, unknown>>;

export interface Synthesized {
  readonly terraform?: Json;
  readonly provider?: Readonly<Record<string, readonly Json[]>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly variable?: Readonly<Record<string, Json>>;
  readonly output?: Readonly<Record<string, Json>>;
  readonly import?: readonly Json[];
}

/** A stack with a provider and what the function adds. */
export function stackWith(add: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new KsvlaProvider(stack, "ksvla");
  add(stack);
  return stack;
}

/** The stack as `cdk.tf.json` would have it, validated. */
export function synth(add: (stack: TerraformStack) => void): Synthesized {
  return JSON.parse(Testing.synth(stackWith(add), true)) as Synthesized;
}

/** Life-cycle hooks by name: what they are for Terraform differs from one CDK to the other. */
export function hooksOf({ resource }: Synthesized): Readonly<Record<string, Json>> {
  return { ...resource?.["null_resource"], ...resource?.["terraform_data"] };
}

/** What synthesis refuses: one line per problem. Empty when it refuses nothing. */
export function problems(add: (stack: TerraformStack) => void): readonly string[] {
  const stack = stackWith(add);
  return stack.node.findAll().flatMap(({ node }) => node.validate().map((message) => `[${node.path}] ${message}`));
}

/** What does not compile has to be refused for callers without a compiler, too. */
export function untyped<T>(value: unknown): T {
  return value as T;
}
