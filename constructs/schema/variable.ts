import { TerraformElement, type TerraformVariable } from "cdktf";
import type { IConstruct } from "constructs";

/** True for a variable of whichever copy of cdktf: a library may have one of its own. */
export function isVariable(construct: IConstruct): construct is TerraformVariable {
  return TerraformElement.isTerraformElement(construct) && "sensitive" in construct && "nullable" in construct;
}
