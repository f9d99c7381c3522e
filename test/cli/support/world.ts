/** A coverage to draw: every way in which places stand, names that mean harm, and as many hypervisors as wanted. */
import type { CoveringSvm, GapReason } from "../../../src/cli/coverage/assessment";
import type { CoverageView, InfrastructureView, PlaceView } from "../../../src/cli/coverage/view";

/** Names that would do something if anything took them for markup or code. */
export const HOSTILE_NAMES = [
  "</script><script>window.pwned = 1</script>",
  "<img src=x onerror=window.pwned=1>",
  '"><svg onload=window.pwned=1>',
  "<!--<script>",
  "javascript:window.pwned=1",
  "%DATA%",
  `\${window.pwned=1}`,
  "a&lt;b&amp;c",
  "$& $1 $' $`",
  "x".repeat(300),
] as const;

const GAPS: readonly (GapReason | null)[] = [
  null,
  null,
  null,
  "no-svm",
  null,
  "not-running",
  null,
  "old",
  null,
  "unknown",
];

const svm = (name: string, state: string | null, version: string | null): CoveringSvm => ({
  id: `id of ${name}`,
  name,
  state,
  version,
  managed: name.length % 2 === 0,
});

function place(index: number, prefix: string): PlaceView {
  const name = `${prefix}-${String(index + 1).padStart(4, "0")}`;
  const gap = GAPS[index % GAPS.length] ?? null;
  const states = { "no-svm": [], "not-running": ["Disabled"], old: ["Enabled"], unknown: [null], covered: ["Enabled"] };
  const svms = states[gap ?? "covered"].map((state) =>
    svm(`svm-${name}`, state, gap === "old" ? "6.1.0.900" : "6.2.0.1000"),
  );
  return {
    id: `id-${name}`,
    name,
    state: "Started",
    covered: svms.some(({ state }) => state === "Enabled"),
    gap,
    svms,
    obstacles: gap === "no-svm" && index % 20 === 3 ? ["no storage with a free space of 1: ds1 has 0"] : [],
    resources: ["storage ds1: 107374182400 free"],
  };
}

function infrastructure(given: Partial<InfrastructureView>): InfrastructureView {
  return {
    id: "12",
    name: "vcenter",
    type: "VMWARE",
    address: "vcenter.example.test",
    status: "CONNECTED",
    problem: null,
    placeKind: "hypervisor",
    places: [],
    remarks: [],
    ...given,
  };
}

export function drawnWorld(hosts: number): CoverageView {
  const places = Array.from({ length: hosts }, (_, index) => place(index, "esx"));
  const hostile = HOSTILE_NAMES.map((name, index) => ({
    ...place(index, "x"),
    name,
    svms: [svm(name, "Enabled", name)],
  }));
  return {
    server: "viis.example.test:7271",
    at: "2026-01-02T03:04:05.678Z",
    version: "6.2.0.1000",
    infrastructures: [
      infrastructure({ places: places.sort((one, other) => Number(one.gap === null) - Number(other.gap === null)) }),
      infrastructure({
        id: "13",
        name: HOSTILE_NAMES[0],
        type: "OPENSTACK",
        address: HOSTILE_NAMES[1],
        placeKind: "project",
        places: hostile,
        remarks: [`The SVM ${HOSTILE_NAMES[2]} is on none of them; the server says it is on compute-01.`],
      }),
      infrastructure({
        id: "14",
        name: "hyperv-branch-office",
        type: "HYPERV",
        status: "DISCONNECTED",
        problem: `the admin account: NETWORK_ERROR (${HOSTILE_NAMES[1]})`,
      }),
    ],
  };
}
