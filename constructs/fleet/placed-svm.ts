import { Fn, ref, Token } from "cdktf";
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
