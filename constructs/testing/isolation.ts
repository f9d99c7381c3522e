/** A synthesized stack as it may run in a test: on the simulator and nowhere else, with its state in the test's folder. */

type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** What stands in `cdk.tf.json`. */
export type Configuration = JsonObject;

export interface Surroundings {
  /** Arguments of every `ksvla` provider, whatever the stack says of them; null takes them away. */
  readonly provider: Readonly<Record<string, string | null>>;
  /** Where a stack's state is. */
  statePathOf(stack: string): string;
}

/** CDKTF's own name for the state of a stack that another one refers to. */
const CROSS_STACK = /^cross-stack-reference-input-(.*)$/;

/**
 * A stack may name a server, a backend and variables with the server's password. None of them may be reached, or missed, by
 * a test.
 */
export function isolated(configuration: Configuration, stack: string, surroundings: Surroundings): Configuration {
  const { terraform, provider, data, variable, ...others } = configuration;
  const { cloud: _, ...settings } = objectOf(terraform);
  const changed: Configuration = {
    ...others,
    terraform: { ...settings, backend: { local: { path: surroundings.statePathOf(stack) } } },
    ...(provider === undefined ? {} : { provider: withProvider(objectOf(provider), surroundings) }),
    ...(data === undefined ? {} : { data: withStates(objectOf(data), surroundings) }),
  };
  return variable === undefined ? changed : { ...changed, variable: usedIn(changed, objectOf(variable)) };
}

function withProvider(providers: JsonObject, { provider: fixed }: Surroundings): JsonObject {
  const { ksvla } = providers;
  if (ksvla === undefined) return providers;
  const blocks = Array.isArray(ksvla) ? ksvla : [ksvla];
  return { ...providers, ksvla: blocks.map((block) => ({ ...objectOf(block), ...fixed })) };
}

function withStates(data: JsonObject, surroundings: Surroundings): JsonObject {
  const { terraform_remote_state: states } = data;
  if (states === undefined) return data;
  const local = Object.entries(objectOf(states)).map(([name, state]) => {
    const stack = CROSS_STACK.exec(name)?.[1];
    if (stack === undefined) return [name, state] as const;
    return [name, { backend: "local", config: { path: surroundings.statePathOf(stack) } }] as const;
  });
  return { ...data, terraform_remote_state: Object.fromEntries(local) };
}

/** The server's password came from a variable that nobody needs any more. */
function usedIn(configuration: Configuration, variables: JsonObject): JsonObject {
  const text = JSON.stringify(configuration);
  const used = (name: string) => new RegExp(`\\bvar\\.${name.replace(/[^\w-]/g, "")}(?![\\w-])`).test(text);
  return Object.fromEntries(
    Object.entries(variables).filter(([name, variable]) => used(name) || "default" in objectOf(variable)),
  );
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
