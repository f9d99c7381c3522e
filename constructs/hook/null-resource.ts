/** What a life-cycle hook is for Terraform: a resource of the null provider. */
import { resource as nullResource } from "@cdktf/provider-null";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ofOwnKind } from "../kind/own-kind";
import { type HookConfig, lifecycleOf } from "./hook-config";
import { ensureNullProvider } from "./null-provider";

/** Where the triggers are, with Terraform's name. */
export const TRIGGERS = "triggers";

/** A null resource. The stack gets a `NullProvider`, unless it has one. */
export abstract class HookResource extends nullResource.Resource {
  constructor(scope: Construct, id: string, config: HookConfig) {
    const { triggers, ignored, precondition, ...meta } = config;
    super(ofOwnKind(scope, id), id, { ...meta, triggers: { ...triggers }, lifecycle: lifecycleOf(TRIGGERS, config) });
    ensureNullProvider(TerraformStack.of(this));
  }
}
