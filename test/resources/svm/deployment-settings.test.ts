import { UNKNOWN } from "../../../src/terraform";
import { DEPLOYED, KLCONFIG, KSC, SvmBench } from "./bench";

let bench: SvmBench;
beforeEach(async () => {
  bench = await SvmBench.start();
});
afterEach(() => bench.stop());

type Values = Readonly<Record<string, unknown>>;
const planned = (others: Values) => bench.driver().plan(bench.onHost("svm-1", others));

describe("a plan that creates", () => {
  test.each<[string, Values, string[], RegExp]>([
    ["Kaspersky Security Center", { ksc: null }, ["ksc"], /ksc = \{ address = "…" \}; in CDKTF, ksc of/],
    ["root", { root: null }, ["root"], /root = \{ allow_ssh = false \}; in CDKTF, root of/],
    ["klconfig", { klconfig: null }, ["klconfig"], /klconfig = \{ password_wo = … \}; in CDKTF, klconfig of/],
    [
      "all of them",
      { ksc: null, root: null, klconfig: null },
      ["ksc"],
      /ksc = .*root = .*klconfig = .*ksc, root, klconfig of/,
    ],
  ])("is refused without %s, with what to set", async (_, others, path, detail) => {
    await expect(planned(others)).rejects.toMatchObject({
      summary: expect.stringContaining('Unable to deploy the SVM "svm-1" without'),
      detail: expect.stringMatching(detail),
      path,
    });
  });

  test.each<[string, Values]>([
    ["root's password, KSC's language and name servers", { ksc: KSC, root: {}, dns: null }],
    ["what is not known yet", { ksc: UNKNOWN, root: UNKNOWN, klconfig: UNKNOWN }],
    ["a password that Terraform does not show, as with ignore_changes", { klconfig: { passwordWo: null } }],
  ])("does without %s", async (_, others) => {
    await expect(planned(others)).resolves.toMatchObject({ action: "create" });
  });
});

test("an SVM that exists plans without any of them", async () => {
  const state = { ...(await bench.driver().create(bench.onHost("svm-1"))), ksc: null, root: null, klconfig: null };
  const without = bench.onHost("svm-1", { ksc: null, root: null, klconfig: null });

  expect(await bench.driver().plan(without, state)).toMatchObject({ action: "no-op" });
});

test("what turns out to be missing only in an apply deploys nothing", async () => {
  const driver = bench.driver();
  const configuration = bench.onHost("svm-1", { klconfig: { passwordWo: null } });

  await expect(driver.create(configuration)).rejects.toMatchObject({
    detail: expect.stringContaining(`klconfig = { password_wo = … }`),
    path: ["klconfig"],
  });
  expect(bench.simulator.requests.count(DEPLOYED)).toBe(0);
  expect(driver.saved).toBeUndefined();
  await expect(driver.create(bench.onHost("svm-1", { klconfig: KLCONFIG }))).resolves.toBeDefined();
});
