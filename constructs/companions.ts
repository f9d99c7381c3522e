/** Resources that a construct creates beside its own, to be there before it. */
import type { TerraformMetaArguments } from "cdktf";

/** There are as many of them as of the resource itself, known to the same provider, and what it waits for, they do. */
export function sharedWithCompanions({
  provider,
  count,
  forEach,
  dependsOn,
}: TerraformMetaArguments): TerraformMetaArguments {
  return {
    ...(provider !== undefined && { provider }),
    ...(count !== undefined && { count }),
    ...(forEach !== undefined && { forEach }),
    ...(dependsOn !== undefined && { dependsOn }),
  };
}
