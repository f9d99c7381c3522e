import type { Construct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import { KsvlaSvm, type KsvlaSvmConfig } from "../generated/svm";
import { type Location, toPropertyPath } from "./location";

/** An SVM of a fleet: the resource, with messages in the words of the fleet's props. */
export class FleetSvm extends KsvlaSvm {
  constructor(
    scope: Construct,
    id: string,
    config: KsvlaSvmConfig,
    /** Where it runs. */
    readonly location: Location,
  ) {
    super(scope, id, { ...config, ...location });
  }

  protected override propertyPath(attribute: AttributePath): AttributePath {
    return toPropertyPath(attribute);
  }
}
