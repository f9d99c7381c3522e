/** Resources that make others beside themselves, to be there before them: what happens to one, happens to those. */
import { createHash } from "node:crypto";
import { dependable, type TerraformProvider, TerraformResource, TerraformStack } from "cdktf";

/** What a companion takes over from its leader, unless it has one of its own. */
const INHERITED = ["provider", "count", "forEach", "dependsOn"] as const;
/** The same, as overrides name it. */
const INHERITED_OVERRIDES: readonly string[] = ["provider", "count", "for_each", "depends_on"];

/** The modules, the name and the index in a resource's address. */
const ADDRESS = /^((?:module\.[^.]+\.)*)[\w-]+\.([\w-]+)(\[.*\])?$/;

/** How CDKTF ends the name of whatever is not directly in its stack. */
const PATH_HASH = /_[0-9A-F]{8}$/;

/**
 * The name of a companion, as it follows from that of its leader alone. Beside what is directly in a stack it is the one that
 * CDKTF gives a child, by which states know it since version 0.1.0.
 */
function companionId(leader: string, role: string): string {
  if (PATH_HASH.test(leader)) return `${leader}_${role}`;
  const hash = createHash("md5").update(`${leader}/${role}`).digest("hex").slice(0, 8).toUpperCase();
  return `${leader.endsWith(role) ? leader : `${leader}_${role}`}_${hash}`;
}

/** How a resource belongs to the one that made it. */
interface Membership {
  readonly leader: ComposedResource;
  /** Its address is that of the leader with this behind it, so that it is known wherever the leader was or goes. */
  readonly role: string;
  /** What it is imported by when the leader is imported; undefined for what cannot be. */
  readonly importId: string | undefined;
}

/** Where a resource came from or went to, as its user said. */
type Move =
  | { readonly from: string }
  | { readonly to: string }
  | { readonly target: string; readonly index: string | number | undefined };

interface Import {
  readonly id: string;
  readonly provider: TerraformProvider | undefined;
}

/** Its fields are truly private, since attributes of resources may have any name. */
export abstract class ComposedResource extends TerraformResource {
  readonly #companions: ComposedResource[] = [];
  #membership: Membership | undefined;
  #move: Move | undefined;
  #import: Import | undefined;
  #hasIdOfItsOwn = false;

  /** @internal True for a resource that is only in the stack to say where it went. */
  get isMovedAway(): boolean {
    return this.#move !== undefined && !("from" in this.#move);
  }

  /** @internal True for a resource whose name in Terraform was given by hand. */
  get isNameGiven(): boolean {
    return this.#hasIdOfItsOwn;
  }

  /** Makes a resource that this one has made, without meta arguments, go wherever it goes. */
  protected lead<R extends ComposedResource>(companion: R, role: string, importId?: string): R {
    companion.#membership = { leader: this, role, importId };
    this.#companions.push(companion);
    for (const property of INHERITED) {
      let own: unknown;
      Object.defineProperty(companion, property, {
        enumerable: true,
        get: () => own ?? this[property],
        set: (value: unknown) => {
          own = value;
        },
      });
    }
    return companion;
  }

  override get friendlyUniqueId(): string {
    if (this.#membership === undefined || this.#hasIdOfItsOwn) return super.friendlyUniqueId;
    const { leader, role } = this.#membership;
    return companionId(leader.friendlyUniqueId, role);
  }

  override overrideLogicalId(newLogicalId: string): void {
    super.overrideLogicalId(newLogicalId);
    this.#hasIdOfItsOwn = true;
  }

  override resetOverrideLogicalId(): void {
    super.resetOverrideLogicalId();
    this.#hasIdOfItsOwn = false;
  }

  override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    if (!INHERITED_OVERRIDES.includes(path.split(".", 1)[0] ?? "")) return;
    for (const companion of this.#companions) companion.addOverride(path, value);
  }

  override moveFromId(id: string): void {
    super.moveFromId(id);
    this.#move = { from: id };
  }

  override moveToId(id: string): void {
    super.moveToId(id);
    this.#move = { to: id };
  }

  override moveTo(moveTarget: string, index?: string | number): void {
    super.moveTo(moveTarget, index);
    this.#move = { target: moveTarget, index };
  }

  override importFrom(id: string, provider?: TerraformProvider): void {
    super.importFrom(id, provider);
    this.#import = { id, provider };
  }

  override get terraformMetaArguments() {
    const own = super.terraformMetaArguments;
    const companions = this.#companions.filter(({ isMovedAway }) => !isMovedAway);
    if (companions.length === 0) return own;
    return { ...own, dependsOn: [...(this.dependsOn ?? []), ...companions.map(dependable)] };
  }

  override toTerraform() {
    this.#follow();
    return super.toTerraform();
  }

  override toHclTerraform() {
    this.#follow();
    return super.toHclTerraform();
  }

  override toMetadata() {
    this.#follow();
    return super.toMetadata();
  }

  /** At synth, since only then it is known where targets are, and whether a companion has gone a way of its own. */
  #follow(): void {
    if (this.#membership === undefined) return;
    const { leader, importId } = this.#membership;
    if (this.#move === undefined && leader.#move !== undefined) this.#moveLike(leader, leader.#move);
    else if (this.#move === undefined && !this.#isWhereItWas) this.moveFromId(this.#formerAddress);
    if (this.#import === undefined && leader.#import !== undefined && importId !== undefined) {
      this.importFrom(importId, leader.#import.provider);
    }
  }

  get #isWhereItWas(): boolean {
    return this.#hasIdOfItsOwn || this.friendlyUniqueId === super.friendlyUniqueId;
  }

  /** Where version 0.1.0 had it, whatever its leader was called. Where no state has anything there, this moves nothing. */
  get #formerAddress(): string {
    return `${this.terraformResourceType}.${super.friendlyUniqueId}`;
  }

  #moveLike(leader: ComposedResource, move: Move): void {
    if ("from" in move) this.moveFromId(this.#addressBeside(move.from));
    else if ("to" in move) this.moveToId(this.#addressBeside(move.to));
    else {
      const { terraformResourceType, friendlyUniqueId } = TerraformStack.of(leader).moveTargets.getResourceByTarget(
        move.target,
      );
      const index = move.index === undefined ? "" : `[${JSON.stringify(move.index)}]`;
      this.moveToId(this.#addressBeside(`${terraformResourceType}.${friendlyUniqueId}${index}`));
    }
  }

  /** The address that it has, or had, when its leader has this one. What is no address stays, for Terraform to say so. */
  #addressBeside(leader: string): string {
    const [, modules = "", name, index = ""] = ADDRESS.exec(leader) ?? [];
    if (name === undefined || this.#membership === undefined) return leader;
    return `${modules}${this.terraformResourceType}.${companionId(name, this.#membership.role)}${index}`;
  }
}
