/** A user's commands around the life of a resource. */
import {
  call,
  type Expression,
  Op,
  type Precondition,
  propertyAccess,
  ref,
  type TerraformResource,
  Token,
} from "cdktf";
import type { Construct } from "constructs";
import { propsOf } from "../schema/given";
import { hclFragment, hclValue } from "../schema/hcl";
import { checkName } from "../schema/names";
import { escapeTemplates, isUnresolved } from "../schema/tokens";
import { Secret } from "../secret";
import { stored } from "./hook-config";
import { HookResource, TRIGGERS } from "./null-resource";
import type { LifecycleHookProps } from "./props";
import { hookProblems } from "./rules";

/** In the names of triggers that are variables of the environment. */
const ENVIRONMENT = "environment";

/**
 * Runs commands after a resource is created and before it is destroyed, on the machine that runs Terraform.
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
export class LifecycleHook extends HookResource {
  constructor(scope: Construct, id: string, given: LifecycleHookProps) {
    const props = propsOf(given, scope, id);
    const { resource, beforeDestroy } = props;
    const { forEach, count } = resource;
    const [environment, triggers] = [withoutSecrets(props.environment), withoutSecrets(props.triggers)];
    const remembered = beforeDestroy === undefined ? {} : prefixed(ENVIRONMENT, environment);
    super(scope, id, {
      dependsOn: [resource],
      ...(forEach !== undefined && { forEach }),
      ...(count !== undefined && { count }),
      triggers: { ...remembered, ...prefixed("trigger", triggers), resource: identity(resource) },
      ignored: Object.keys(remembered),
      precondition: preconditions(resource, { environment, triggers }),
    });
    this.provisioners = provisioners(props, environment);
    this.node.addValidation({ validate: () => [...hookProblems(this, props)] });
    checkName(this);
  }

  override toHclTerraform() {
    return hclFragment(super.toHclTerraform(), (attributes) => ({
      ...attributes,
      [TRIGGERS]: hclValue(attributes[TRIGGERS]),
      provisioner: hclValue(attributes["provisioner"]),
    }));
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
  const remembered = Object.keys(environment).map((name) => [name, stored(TRIGGERS, `${ENVIRONMENT}.${name}`)]);
  return [
    ...(afterCreate === undefined ? [] : [{ ...shared, command: escapeTemplates(afterCreate), environment }]),
    ...(beforeDestroy === undefined
      ? []
      : [
          {
            ...shared,
            when: "destroy" as const,
            command: escapeTemplates(beforeDestroy),
            environment: Object.fromEntries(remembered),
          },
        ]),
  ];
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
