/**
 * Upgrades one group of hypervisors after the other, and stops at the first that fails:
 *
 *   npx tsx upgrade.ts      # from the first group on
 *   npx tsx upgrade.ts 3    # from the third on: where it stopped, when the cause is removed
 */
import { spawnSync } from "node:child_process";
import { GROUPS } from "./hypervisors";

/** `ksvla run` tells each step of each SVM meanwhile. */
const DEPLOY = ["ksvla", "run", "--", "cdktf", "deploy", "--auto-approve", "connections", "fleet"];

const [first = "1"] = process.argv.slice(2);

for (let upgraded = Number(first); upgraded <= GROUPS.length; upgraded += 1) {
  const hypervisors = GROUPS[upgraded - 1] ?? [];
  console.log(`Upgrading group ${upgraded} of ${GROUPS.length}: ${hypervisors.join(", ")}`);
  const env = { ...process.env, UPGRADED_GROUPS: String(upgraded) };
  const { status } = spawnSync("npx", DEPLOY, { stdio: "inherit", env });
  if (status !== 0) {
    console.error(`Group ${upgraded} is not upgraded. To go on: npx tsx upgrade.ts ${upgraded}`);
    process.exit(1);
  }
}
