/** Constructs of one CDK are none for an app of the other one. */
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { type Kind, kindOf } from "./kinds";

/** What JSII writes into each class of a library: `{ fqn: "cdktf.TerraformStack", … }`. Subclasses inherit it. */
const TYPE_INFORMATION = Symbol.for("jsii.rtti");

/**
 * The scope of a new construct, where it is of this entry's CDK.
 *
 * @throws Error in an app of the other one, where CDKTF and CDK Terrain themselves fail with whatever they miss first.
 */
export function ofOwnKind<T extends IConstruct>(scope: T, id: string): T {
  if (known.has(scope)) return scope;
  const own = kindOfClass(TerraformStack);
  const [kind] = scope.node.scopes.flatMap((each) => kindOfClass(each.constructor) ?? []);
  if (own === undefined || kind === undefined || kind === own) {
    known.add(scope);
    return scope;
  }
  const path = [scope.node.path, id].filter(Boolean).join("/");
  throw new Error(
    `[${path}] This app is one of ${kind.name}, and the construct is for ${own.name}. Import it from "${kind.entry}" instead of ` +
      `"${own.entry}", and what is below that from the same place below "${kind.entry}".`,
  );
}

/** Scopes that have been found to be of this entry's CDK. */
const known = new WeakSet<IConstruct>();

/** Undefined for what neither CDK has made. */
function kindOfClass(type: object): Kind | undefined {
  const information: unknown = Reflect.get(type, TYPE_INFORMATION);
  if (typeof information !== "object" || information === null || !("fqn" in information)) return undefined;
  const [assembly = ""] = String(information.fqn).split(".");
  return kindOf(assembly);
}
