/** What a life-cycle hook asks of the resource that it is for Terraform. */
import type { Precondition, TerraformMetaArguments } from "cdktf";

type Texts = Readonly<Record<string, string>>;

export interface HookConfig extends Pick<TerraformMetaArguments, "dependsOn" | "forEach" | "count"> {
  /** Variables to remember for the command before the destruction. Their changes alone change nothing. */
  readonly environment: Texts;
  /** When one changes, the commands run again, */
  readonly triggers: Texts;
  /** and when this changes, too. */
  readonly identity: string;
  readonly precondition: readonly Precondition[];
}
