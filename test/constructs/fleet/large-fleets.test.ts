/** What a synth costs by the SVM. */
import { Secret } from "../../../constructs";
import { synthFleet } from "./fleet";

const PASSWORD = Secret.fromVariable("KLCONFIG_PASSWORD");

/** Most of what tokens of CDKTF cost is the stack of their creation. */
function stacksTaken(svms: number): number {
  const capture = jest.spyOn(Error, "captureStackTrace");
  try {
    synthFleet(({ vcenter: infrastructure }) => ({
      klconfig: { password: PASSWORD },
      svms: Object.fromEntries(
        Array.from({ length: svms }, (_, index) => [
          `svm-${index}`,
          { infrastructure, host: `esx-${index}`, storage: "ds1", network: "Servers" },
        ]),
      ),
    }));
    return capture.mock.calls.length;
  } finally {
    capture.mockRestore();
  }
}

test("an SVM that is placed by name takes the stacks of CDKTF's references to its look-up, and no others", () => {
  // Its id; and two maps, with an element of each.
  expect(stacksTaken(20) - stacksTaken(10)).toBeLessThanOrEqual(10 * 5);
});
