/** What has to be so that new SVMs can run before the old ones are removed. Checked at synth. */
import type { Problem } from "../../src/terraform/schema/schema";
import { staticAdapters } from "./adapters";
import { ownConnections } from "./own-connections";
import type { PlacedSvm } from "./placed-svm";
import type { SvmImageOptions } from "./props";
import { UpgradeStrategy } from "./upgrade-strategy";

/** For SVMs of one strategy. */
export function* upgradeProblems(
  svms: readonly PlacedSvm[],
  { image, upgrade, allowSecondConnection = false }: SvmImageOptions,
): Iterable<Problem> {
  if (upgrade !== undefined && !Object.values(UpgradeStrategy).includes(upgrade)) {
    const message =
      "The value must be UpgradeStrategy.REPLACE or UpgradeStrategy.KEEP_PROTECTING, got: something else.";
    yield { path: ["upgrade"], message };
  }
  if (upgrade !== UpgradeStrategy.KEEP_PROTECTING) return;
  if (image.svmVersion === undefined) {
    const message = "UpgradeStrategy.KEEP_PROTECTING names the SVMs after the image's version. Set its svmVersion.";
    yield { path: ["image"], message };
  }
  if (!allowSecondConnection) yield* connectionProblems(svms);
}

/** While the new SVM starts, the old one still has its addresses. */
export function* addressProblems(svm: PlacedSvm): Iterable<Problem> {
  for (const { path } of staticAdapters(svm)) {
    yield {
      path,
      message:
        "With UpgradeStrategy.KEEP_PROTECTING a new SVM would start while the old one still has the address. " +
        "Leave the address to DHCP, or take UpgradeStrategy.REPLACE.",
    };
  }
}

/**
 * What create_before_destroy of an SVM means for its infrastructure: Terraform applies it to everything that the SVM
 * refers to, through look-ups, too, and no setting prevents that.
 */
function* connectionProblems(svms: readonly PlacedSvm[]): Iterable<Problem> {
  for (const { connection, path } of ownConnections(svms)) {
    const through = path.length === 0 ? "" : `, through ${path.join(" and ")}`;
    yield {
      path: ["upgrade"],
      message:
        `With UpgradeStrategy.KEEP_PROTECTING the infrastructures have to be connected by another stack, got: ${connection} ` +
        `of this one${through}. Terraform would replace it, too, by creating the new connection before it removes the old ` +
        "one, and an Integration Server may refuse a second connection to an infrastructure: its password could never be " +
        "changed. Give the Infrastructure a TerraformStack of its own and hand it to this one, take UpgradeStrategy.REPLACE, " +
        "or, where you know that the server accepts a second connection, set allowSecondConnection.",
    };
  }
}
