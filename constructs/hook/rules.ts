/** What a life-cycle hook's props must and must not be. */
import { TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { renderProblem } from "../schema/configuration";
import { Secret } from "../secret";
import type { LifecycleHookProps } from "./props";
import { secretReferences } from "./secret-references";

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Everything that is wrong, as synthesis reports it. */
export function* hookProblems(hook: IConstruct, props: LifecycleHookProps): Iterable<string> {
  const { resource, afterCreate, beforeDestroy, environment = {}, triggers = {} } = props;
  if (afterCreate === undefined && beforeDestroy === undefined) {
    yield "A LifecycleHook needs a command: set afterCreate, beforeDestroy or both.";
  }
  if (TerraformStack.of(resource) !== TerraformStack.of(hook)) {
    yield renderProblem(["resource"], `The hook must be in the stack of its resource, got: ${resource.node.path}`);
  }
  yield* textProblems(props);
  for (const name of Object.keys(environment)) {
    if (VARIABLE_NAME.test(name)) continue;
    yield renderProblem(
      ["environment", { key: name }],
      "The name of a variable must consist of letters, digits and underscores, and must not start with a digit.",
    );
  }
  yield* secretProblems(hook, "environment", environment);
  yield* secretProblems(hook, "triggers", triggers);
}

/** Terraform allows no references in the command before a destruction, and a value in a command could be code in it. */
function* textProblems(props: LifecycleHookProps): Iterable<string> {
  const { afterCreate, beforeDestroy, workingDirectory, interpreter } = props;
  for (const [name, text] of Object.entries({ afterCreate, beforeDestroy, workingDirectory })) {
    if (text === "") yield renderProblem([name], "The value must not be empty.");
    if (Token.isUnresolved(text)) yield renderProblem([name], PLAIN_TEXT);
  }
  if (interpreter?.length === 0) yield renderProblem(["interpreter"], "The value must not be empty.");
  if (interpreter?.some((part) => Token.isUnresolved(part))) yield renderProblem(["interpreter"], PLAIN_TEXT);
}

const PLAIN_TEXT =
  "The value must be plain text, got: a token. Put the value into environment, and take it as a variable of the shell.";

function* secretProblems(
  hook: IConstruct,
  property: string,
  values: Readonly<Record<string, string>>,
): Iterable<string> {
  for (const [name, value] of Object.entries(values)) {
    const found = Secret.isSecret(value) ? ["a Secret"] : secretReferences(hook, value);
    if (found.length > 0) yield renderProblem([property, { key: name }], `${NO_SECRETS}, got: ${found.join(", ")}`);
  }
}

const NO_SECRETS =
  "The value must not be a secret, since it may get into the state. The commands inherit the environment of Terraform: " +
  "let them take the secret from there";
