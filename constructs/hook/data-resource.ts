/**
 * What a life-cycle hook is for Terraform in apps of CDK Terrain: a resource that Terraform has built in. It keeps the same triggers
 * as the null resource of CDKTF's apps, so that one can become the other with a `moved` block and no change.
 */
import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { ofOwnKind } from "../kind/own-kind";
import { type HookConfig, lifecycleOf } from "./hook-config";

/** Where the triggers are, with Terraform's name. */
export const TRIGGERS = "triggers_replace";

/** A `terraform_data`, which needs no provider. */
export abstract class HookResource extends DataResource {
  constructor(scope: Construct, id: string, config: HookConfig) {
    const { triggers, ignored, precondition, ...meta } = config;
    super(ofOwnKind(scope, id), id, {
      ...meta,
      triggersReplace: { ...triggers },
      lifecycle: lifecycleOf(TRIGGERS, config),
    });
  }
}
