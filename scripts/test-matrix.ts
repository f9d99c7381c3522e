/**
 * `npm run test:matrix [-- all]`: what is too much for every `npm test`. Runs that are killed, whatever is being made, at
 * which moment and with which backend, of which `npm test` has a case each; `all` has every combination. Apps with packages that
 * come from npm. The tests of the constructs over CDK Terrain. Then the tests of the protocol, the client and some with the real
 * Terraform, on each Node.js that the package supports, but for the one that runs this; the others come from npm.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { MAJORS, nodeOf } from "./node-from-npm";

const TESTS = [
  "test/terraform/protocol",
  "test/terraform/plugin",
  "test/integration-server",
  "test/e2e/terraform-protocol",
  "test/e2e/svm-fleet",
];
/** Files of these names are no tests of `npm test`. */
const PRODUCTS = ["--testMatch", "**/*.matrix.ts"];
/** The constructs' tests, with CDK Terrain in place of CDKTF. */
const CDK_TERRAIN = ["--config", "test/matrix/cdk-terrain.jest.mjs"];
const WITH_ALL = process.argv.includes("all");
/** How long the products may take, */
const PRODUCT_MINUTES = WITH_ALL ? 90 : 20;
/** and the tests on one Node.js, which take about a minute. */
const MINUTES = 10;

const ROOT = join(__dirname, "..");

async function main(): Promise<void> {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });
  if (!(await runTests(process.execPath, PRODUCTS, PRODUCT_MINUTES))) process.exitCode = 1;
  if (!(await runTests(process.execPath, CDK_TERRAIN, MINUTES))) process.exitCode = 1;
  for (const major of MAJORS) {
    if (process.version.startsWith(`v${major}.`)) continue;
    const passed = await runTests(nodeOf(major), TESTS, MINUTES);
    if (!passed) process.exitCode = 1;
  }
}

async function runTests(node: string, tests: readonly string[], minutes: number): Promise<boolean> {
  console.log(`== Node.js ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}`);
  // A group of its own, so that what the tests have started ends with them.
  const env = { ...process.env, ...(WITH_ALL && { KSVLA_TEST_MATRIX: "all" }) };
  const options = { cwd: ROOT, stdio: "inherit", detached: true, env } as const;
  const jest = spawn(node, [join(ROOT, "node_modules", "jest", "bin", "jest.js"), ...tests], options);
  const exited = once(jest, "exit");
  const end = () => jest.pid !== undefined && process.kill(-jest.pid, "SIGKILL");
  const tooLong = setTimeout(() => {
    console.error(`The tests did not end within ${minutes} minutes`);
    end();
  }, minutes * 60_000);
  process.once("SIGINT", end).once("SIGTERM", end);
  const [code] = await exited;
  process.off("SIGINT", end).off("SIGTERM", end);
  clearTimeout(tooLong);
  return code === 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
