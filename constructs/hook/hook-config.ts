/** What a life-cycle hook asks of the resource that it is for Terraform. */
import { call, type Precondition, ref, type TerraformMetaArguments, Token } from "cdktf";

export interface HookConfig extends Pick<TerraformMetaArguments, "dependsOn" | "forEach" | "count"> {
  /** What the state keeps. When one changes, the commands run again, */
  readonly triggers: Readonly<Record<string, string>>;
  /** but for these names. */
  readonly ignored: readonly string[];
  readonly precondition: readonly Precondition[];
}

/** Terraform's life cycle of a hook whose triggers are in an attribute. */
export function lifecycleOf(attribute: string, { ignored, precondition }: HookConfig) {
  return {
    ignoreChanges: ignored.map((name) => `${attribute}[${JSON.stringify(name)}]`),
    precondition: [...precondition],
  };
}

/** A trigger as the state has it, for the command before the destruction; empty where it came after the hook last ran. */
export function stored(attribute: string, name: string): string {
  return Token.asString(call("lookup", [ref(`self.${attribute}`), name, ""]));
}
