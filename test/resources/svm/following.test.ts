/** What a plan says of SVMs whose connection is replaced. */
import type { SvmState } from "../../../src/resources/svm/schema";
import { UNKNOWN } from "../../../src/terraform";
import { KLCONFIG, KSC, SvmBench } from "./bench";

type Values = Readonly<Record<string, unknown>>;

const SUMMARY = "SVMs follow to another connection, and none of them is touched";
const NETWORK = { id: UNKNOWN, primary: null, vlanId: null, static: null };

let bench: SvmBench;
let state: SvmState;
beforeEach(async () => {
  bench = await SvmBench.start();
  state = await bench
    .driver()
    .create(bench.onHost("svm-1", { root: { passwordWo: "Root-1", passwordWoVersion: "1" } }));
});
afterEach(() => bench.stop());

async function summaries(others: Values): Promise<readonly string[]> {
  const driver = bench.driver();
  const root = { passwordWo: "Root-1", passwordWoVersion: "1" };
  await driver.plan(bench.onHost("svm-1", { root, ...others }), state);
  return driver.warnings.map(({ summary }) => summary);
}

const LATE = { infrastructureId: UNKNOWN };

test.each<[string, Values]>([
  ["nothing else changes", {}],
  ["look-ups are deferred", { host: { id: UNKNOWN, storageId: UNKNOWN, networks: [NETWORK] } }],
  ["the whole place is unknown", { host: UNKNOWN }],
  ["a setting is removed", { root: null }],
])("that none is touched, where %s", async (_, others) => {
  expect(await summaries({ ...LATE, ...others })).toEqual([SUMMARY]);
});

test.each<[string, Values]>([
  ["the connection stays", {}],
  ["another setting changes", { ...LATE, ksc: { ...KSC, address: "other.example.test" } }],
  ["a password changes", { ...LATE, klconfig: { ...KLCONFIG, passwordWoVersion: "2" } }],
  ["the settings are sent again", { ...LATE, settingsVersion: "2" }],
  ["the image changes", { ...LATE, imageId: "another" }],
  ["it is placed elsewhere", { ...LATE, host: { id: "other", storageId: "s", networks: [NETWORK] } }],
  ["it gets another network", { ...LATE, host: { id: UNKNOWN, storageId: UNKNOWN, networks: [NETWORK, NETWORK] } }],
])("nothing, where %s", async (_, others) => {
  expect(await summaries(others)).toEqual([]);
});
