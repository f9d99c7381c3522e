/** What a synth costs by the SVM. */
import { DefaultTokenResolver, Lazy } from "cdktf";
import { Secret, type SvmDeploymentProps } from "../../../constructs";
import { fleetProblems, svmsOf, synthFleet } from "./fleet";

const PASSWORD = Secret.fromVariable("KLCONFIG_PASSWORD");
const place = { host: "esx-01", storage: "ds1", network: "Servers" };

/** How often a method is called for each SVM more that is placed by name. */
function callsBySvm<T extends object>(object: T, method: keyof T & string): number {
  const calls = jest.spyOn(object, method as never);
  const of = (svms: number) => {
    calls.mockClear();
    synthFleet(({ vcenter: infrastructure }) => ({
      klconfig: { password: PASSWORD },
      svms: Object.fromEntries(
        Array.from({ length: svms }, (_, index) => [
          `svm-${index}`,
          { infrastructure, ...place, host: `esx-${index}` },
        ]),
      ),
    }));
    return calls.mock.calls.length;
  };
  try {
    return (of(20) - of(10)) / 10;
  } finally {
    calls.mockRestore();
  }
}

test("an SVM that is placed by name takes no stacks, which is most of what tokens of CDKTF cost", () => {
  expect(callsBySvm(Error, "captureStackTrace")).toBe(0);
});

test("an SVM that is placed by name has no text that CDKTF resolves", () => {
  expect(callsBySvm(DefaultTokenResolver.prototype, "resolveString")).toBe(0);
});

describe("what a fleet shares", () => {
  const fleetOf = (settings: Partial<SvmDeploymentProps>) =>
    fleetProblems(({ vcenter: infrastructure }) => ({
      ...settings,
      svms: { a: { infrastructure, ...place }, b: { infrastructure, ...place, host: "esx-02" } },
    }));

  test("is refused for each of its SVMs", () => {
    expect(fleetOf({ ksc: { address: "not an address" } })).toEqual([
      expect.stringContaining("[stack/fleet/a] ksc.address: "),
      expect.stringContaining("[stack/fleet/b] ksc.address: "),
    ]);
  });

  test("is looked at each time anew where it comes late", () => {
    const addresses = ["ksc.example.test", "not an address"];
    const address = Lazy.stringValue({ produce: () => addresses.shift() ?? "ksc.example.test" });
    expect(fleetOf({ ksc: { address } })).toEqual([expect.stringContaining("[stack/fleet/b] ksc.address: ")]);
  });

  test("is what it was when the fleet was made", () => {
    const ksc = { address: "ksc.example.test" };
    const svms = svmsOf(
      synthFleet(
        ({ vcenter: infrastructure }) => ({ ksc, svms: { a: { infrastructure, ...place } } }),
        (fleet) => {
          ksc.address = "other.example.test";
          const [{ infrastructure }] = Object.values(fleet.svms) as [(typeof fleet.svms)[string]];
          fleet.addSvm("b", { infrastructure, ...place, host: "esx-02" });
        },
      ),
    );
    expect([svms["a"]?.["ksc"], svms["b"]?.["ksc"]]).toEqual([
      { address: "ksc.example.test" },
      { address: "ksc.example.test" },
    ]);
  });
});
