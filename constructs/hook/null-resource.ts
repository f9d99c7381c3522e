/** What a life-cycle hook is for Terraform: a resource of the null provider. */
import { resource as nullResource } from "@cdktf/provider-null";
import { call, ref, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { ofOwnKind } from "../kind/own-kind";
import type { HookConfig } from "./hook-config";
import { ensureNullProvider } from "./null-provider";

const ENVIRONMENT = "environment";

/** A null resource. The stack gets a `NullProvider`, unless it has one. */
export abstract class HookResource extends nullResource.Resource {
  constructor(scope: Construct, id: string, { environment, triggers, identity, precondition, ...meta }: HookConfig) {
    const remembered = prefixed(ENVIRONMENT, environment);
    super(ofOwnKind(scope, id), id, {
      ...meta,
      triggers: { ...remembered, ...prefixed("trigger", triggers), resource: identity },
      lifecycle: {
        ignoreChanges: Object.keys(remembered).map((name) => `triggers[${JSON.stringify(name)}]`),
        precondition: [...precondition],
      },
    });
    ensureNullProvider(TerraformStack.of(this));
  }
}

/** A variable of the environment as the state has it; empty for one that was added after the hook last ran. */
export function rememberedVariable(name: string): string {
  return Token.asString(call("lookup", [ref("self.triggers"), `${ENVIRONMENT}.${name}`, ""]));
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}
