import { Fn, ref, TerraformCount, Token } from "cdktf";
import type { Construct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import { KsvlaSvm, type KsvlaSvmConfig } from "../generated/svm";
import { type Location, toPropertyPath } from "./location";

const SVM = Symbol.for("cdktf-ksvla/Svm");

/** An SVM as rules look at it: the resource, with messages in the words of the props that placed it. */
export class PlacedSvm extends KsvlaSvm {
  /** True for an SVM that was placed by such props, of whichever copy of this library. */
  static isPlacedSvm(value: unknown): value is PlacedSvm {
    return typeof value === "object" && value !== null && SVM in value;
  }

  constructor(
    scope: Construct,
    id: string,
    config: KsvlaSvmConfig,
    /** @internal Where it runs, as the resource says it. */
    readonly location: Location,
  ) {
    super(scope, id, { ...config, ...location });
    Object.defineProperty(this, SVM, { value: true });
  }

  /** @internal What overrides have in place of an attribute or a meta argument, by Terraform's name. */
  overrideOf(name: string): unknown {
    return this.rawOverrides[name];
  }

  /** @internal How many it is, whatever made it so; undefined where only Terraform knows. */
  get instances(): number | undefined {
    if (this.forEach !== undefined || this.overrideOf("for_each") !== undefined) return undefined;
    const own = TerraformCount.isTerraformCount(this.count) ? this.count.toTerraform() : this.count;
    const count = this.overrideOf("count") ?? own ?? 1;
    return typeof count === "number" && !Token.isUnresolved(count) ? count : undefined;
  }

  /**
   * Null where nobody knows it, as after an import, also in another stack: Terraform keeps no output that is null, so that the
   * reference of that stack would lead to nothing.
   */
  override get ipAddress(): string {
    return Token.asString(Fn.try([super.ipAddress, ref("null")]));
  }

  protected override propertyPath(attribute: AttributePath): AttributePath {
    return toPropertyPath(attribute);
  }
}
