/** Names in Terraform: CDKTF makes them of the ids of constructs, without a look at what Terraform takes. */
import type { TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { constructsOf } from "./constructs-of";
import { oncePerStack } from "./once-per-stack";

/** A resource or a data source. */
interface Named extends TerraformElement {
  readonly terraformResourceType: string;
  readonly isMovedAway?: boolean;
  /** True where the name is not made of ids. */
  readonly isNameGiven?: boolean;
}

const NAMED = Symbol.for("cdktf-ksvla/Named");
/** Ids that CDKTF leaves out of names. */
const HIDDEN: readonly string[] = ["Default", "Resource"];
const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;
const HOW_MADE =
  "It is made of the ids of constructs, of which only Latin letters, digits, hyphens and underscores count. Take another " +
  "id, here or for what is around it, or overrideLogicalId.";

/** True for what Terraform takes as a name. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** Makes validation refuse a name that Terraform does not take, or that another element of the stack has. */
export function checkName(element: Named): void {
  Object.defineProperty(element, NAMED, { value: true });
  element.node.addValidation({ validate: () => [...(nameProblems(element) ?? [])] });
}

const nameProblems = oncePerStack(namesIn);

function namesIn(stack: TerraformStack): ReadonlyMap<Named, readonly string[]> {
  const names: Names = { stack, taken: new Map(), beginnings: new Map() };
  return new Map(
    constructsOf(stack)
      .filter(isNamed)
      .map((element) => [element, element.isMovedAway ? [] : problemsOf(element, names)]),
  );
}

interface Names {
  readonly stack: TerraformStack;
  /** By address, where names may be the same. */
  readonly taken: Map<string, Named>;
  /** Whether what the names below a construct of the stack begin with can begin a name. */
  readonly beginnings: Map<IConstruct, boolean>;
}

function problemsOf(element: Named, { stack, taken, beginnings }: Names): readonly string[] {
  const outermost = outermostOf(element, stack);
  if (outermost !== undefined) {
    const isFine = beginnings.get(outermost) ?? isIdentifier(element.friendlyUniqueId);
    beginnings.set(outermost, isFine);
    return isFine ? [] : [noIdentifier(element.friendlyUniqueId)];
  }
  const { friendlyUniqueId: name, terraformResourceType: type } = element;
  if (!isIdentifier(name)) return [noIdentifier(name)];
  const address = `${type}.${name}`;
  const namesake = taken.get(address);
  if (namesake === undefined) {
    taken.set(address, element);
    return [];
  }
  return [
    `${namesake.node.path} has the same name in Terraform, "${name}", and one of them would be lost. ${HOW_MADE}`,
  ];
}

function noIdentifier(name: string): string {
  return `Its name in Terraform, "${name}", has to begin with a letter or an underscore. ${HOW_MADE}`;
}

/**
 * The construct directly in the stack that an element is below, where CDKTF ends its name with a hash of the way there: no
 * other has that, and hashes take time. Undefined where its name may be that of another.
 */
function outermostOf(element: Named, stack: TerraformStack): IConstruct | undefined {
  if (element.isNameGiven || HIDDEN.includes(element.node.id)) return undefined;
  let construct: IConstruct = element;
  for (let { scope } = element.node; scope !== undefined && scope !== stack; { scope } = scope.node) {
    if (HIDDEN.includes(scope.node.id)) return undefined;
    construct = scope;
  }
  return construct === element ? undefined : construct;
}

function isNamed(construct: object): construct is Named {
  return NAMED in construct;
}
