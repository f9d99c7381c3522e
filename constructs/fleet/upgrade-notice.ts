/** Says what an upgrade will do where nobody has chosen it. */
import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import type { UpgradeStrategy } from "./upgrade-strategy";

/**
 * Adds a notice to a fleet whose SVMs another image would replace all together. Whoever says which order is meant is told
 * nothing.
 *
 * @param count how many SVMs it has
 */
export function noticeReplacement(fleet: IConstruct, count: number, upgrade: UpgradeStrategy | undefined): void {
  if (upgrade !== undefined || count < 2) return;
  const notice =
    `Another image replaces all ${count} SVMs at once: each host is unprotected until its new SVM runs. ` +
    "upgrade: UpgradeStrategy.KEEP_PROTECTING deploys the new SVMs first; fleets with images of their own can be upgraded one " +
    "after the other. UpgradeStrategy.REPLACE says that this is meant, and ends this notice.";
  if (!fleet.node.metadata.some(({ data }) => data === notice)) Annotations.of(fleet).addInfo(notice);
}
