/** A user's commands around the life of a resource. */
import { resource as nullResource } from "@cdktf/provider-null";
import {
  call,
  type Expression,
  Op,
  type Precondition,
  propertyAccess,
  ref,
  type TerraformResource,
  TerraformStack,
  Token,
} from "cdktf";
import type { Construct } from "constructs";
import { escapeTemplates, isUnresolved } from "../schema/tokens";
import { Secret } from "../secret";
import { ensureNullProvider } from "./null-provider";
import type { LifecycleHookProps } from "./props";
import { hookProblems } from "./rules";

/**
 * Runs commands after a resource is created and before it is destroyed, on the machine that runs Terraform. The stack
 * gets a `NullProvider`, unless it has one.
 *
 * ```ts
 * import { LifecycleHook } from "cdktf-ksvla/lifecycle-hook";
 *
 * new LifecycleHook(this, "inventory", {
 *   resource: vcenter,
 *   afterCreate: 'inventory add "$ID" "$NAME"',
 *   beforeDestroy: 'inventory remove "$ID"',
 *   environment: { ID: vcenter.id, NAME: vcenter.name },
 * });
 * ```
 */
export class LifecycleHook extends nullResource.Resource {
  constructor(scope: Construct, id: string, props: LifecycleHookProps) {
    const { resource, beforeDestroy } = props;
    const environment = withoutSecrets(props.environment);
    const remembered = beforeDestroy === undefined ? {} : prefixed("environment", environment);
    const triggers = prefixed("trigger", withoutSecrets(props.triggers));
    const { forEach, count } = resource;
    super(scope, id, {
      dependsOn: [resource],
      ...(forEach !== undefined && { forEach }),
      ...(count !== undefined && { count }),
      triggers: { ...remembered, ...triggers, resource: identity(resource) },
      lifecycle: {
        ignoreChanges: Object.keys(remembered).map((name) => `triggers[${JSON.stringify(name)}]`),
        precondition: preconditions(resource, { environment, triggers: withoutSecrets(props.triggers) }),
      },
    });
    this.provisioners = provisioners(props, environment);
    this.node.addValidation({ validate: () => [...hookProblems(this, props)] });
    ensureNullProvider(TerraformStack.of(this));
  }
}

/** Changes when there is another object; empty for a resource without an id. */
function identity(resource: TerraformResource): string {
  return Token.asString(call("lookup", [instance(resource), "id", ""]));
}

function instance({ fqn, forEach, count }: TerraformResource): Expression {
  if (forEach !== undefined) return propertyAccess(fqn, [ref("each.key")]);
  return count === undefined ? fqn : propertyAccess(fqn, [ref("count.index")]);
}

function provisioners(
  { afterCreate, beforeDestroy, workingDirectory, interpreter, onFailure }: LifecycleHookProps,
  environment: Readonly<Record<string, string>>,
): NonNullable<TerraformResource["provisioners"]> {
  const shared = {
    type: "local-exec" as const,
    ...(workingDirectory !== undefined && { workingDir: escapeTemplates(workingDirectory) }),
    ...(interpreter !== undefined && { interpreter: interpreter.map(escapeTemplates) }),
    // CDKTF has no property for it, and passes it on.
    ...(onFailure !== undefined && { onFailure }),
  };
  // All that Terraform lets the command before a destruction refer to is what the state has.
  const stored = Object.keys(environment).map((name) => [name, remembered(`environment.${name}`)]);
  return [
    ...(afterCreate === undefined ? [] : [{ ...shared, command: escapeTemplates(afterCreate), environment }]),
    ...(beforeDestroy === undefined
      ? []
      : [
          {
            ...shared,
            when: "destroy" as const,
            command: escapeTemplates(beforeDestroy),
            environment: Object.fromEntries(stored),
          },
        ]),
  ];
}

/** Empty for a variable that was added after the hook last ran. */
function remembered(name: string): string {
  return Token.asString(call("lookup", [ref("self.triggers"), name, ""]));
}

/** What other providers mark as sensitive only Terraform knows; it would store it as it is. */
function preconditions(
  resource: TerraformResource,
  values: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Precondition[] {
  // Terraform demands that a condition refers to something, which a value need not do.
  const isThere = Op.neq(instance(resource), ref("null"));
  return Object.entries(values).flatMap(([property, entries]) =>
    Object.entries(entries)
      .filter(([, value]) => isUnresolved(value))
      .map(([name, value]) => ({
        condition: Op.and(isThere, Op.not(call("issensitive", [asExpression(value)]))),
        errorMessage: `The value of ${property}.${name} of a LifecycleHook is sensitive. It must not be, since it may get into the state.`,
      })),
  );
}

/** CDKTF's functions take a template that is written out for plain text. */
function asExpression(value: string): Expression {
  return Token.isUnresolved(value) ? value : ref(`"${value}"`);
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}

/** A secret, which validation refuses, is left out: it must not reach a file on any path. */
function withoutSecrets(values: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !Secret.isSecret(value)));
}
