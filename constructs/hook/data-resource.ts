/** What a life-cycle hook is for Terraform in apps of CDK Terrain: a resource of its own, which needs no provider. */
import { call, DataResource, ref, Token } from "cdktf";
import type { Construct } from "constructs";
import { ofOwnKind } from "../kind/own-kind";
import type { HookConfig } from "./hook-config";

/** A `terraform_data`, which Terraform has built in. */
export abstract class HookResource extends DataResource {
  constructor(scope: Construct, id: string, { environment, triggers, identity, precondition, ...meta }: HookConfig) {
    super(ofOwnKind(scope, id), id, {
      ...meta,
      input: { ...environment },
      triggersReplace: { triggers: { ...triggers }, resource: identity },
      lifecycle: { ignoreChanges: ["input"], precondition: [...precondition] },
    });
  }
}

/** A variable of the environment as the state has it; empty for one that was added after the hook last ran. */
export function rememberedVariable(name: string): string {
  return Token.asString(call("lookup", [ref("self.input"), name, ""]));
}
