import { assess, newestSeen } from "../../../src/cli/coverage/assessment";
import { obstaclesIn } from "../../../src/cli/coverage/obstacles";
import type { SeenPlace } from "../../../src/cli/shared/seen";
import { infrastructure, place, svm } from "../support/seen";

const assessed = (place: SeenPlace, version?: string) => {
  const seen = [infrastructure({ places: [place] })];
  const { infrastructures, gaps } = assess(seen, { version: version ?? newestSeen(seen), isManaged: () => false });
  return { covered: infrastructures[0]?.places[0]?.covered, gaps: gaps.map(({ reason }) => reason) };
};

test("the document has exactly what is promised", () => {
  const seen = [infrastructure({ places: [place({ svms: [svm()] }), place({ id: "host-2", name: "esx-02" })] })];

  expect(assess(seen, { version: undefined, isManaged: (id, svmId) => id === "1" && svmId === "vm-1" })).toEqual({
    infrastructures: [
      {
        id: "1",
        type: "VMWARE",
        name: "vcenter",
        status: "CONNECTED",
        places: [
          {
            id: "host-1",
            name: "esx-01",
            state: "Started",
            covered: true,
            svms: [{ id: "vm-1", name: "svm-1", state: "Enabled", version: "6.2.0.1000", managed: true }],
          },
          { id: "host-2", name: "esx-02", state: "Started", covered: false, svms: [] },
        ],
      },
    ],
    gaps: [{ infrastructure: "1", place: "host-2", reason: "no-svm" }],
  });
});

test.each([
  ["a running SVM", [svm()], true, []],
  ["no SVM", [], false, ["no-svm"]],
  ["one that is off", [svm({ state: "Disabled" })], false, ["not-running"]],
  ["one in a state that nobody knows", [svm({ state: "Suspended" })], false, ["not-running"]],
  ["one whose state is not told", [svm({ state: undefined })], false, ["unknown"]],
  ["one that runs beside one that is off", [svm({ state: "Disabled" }), svm({ id: "vm-2" })], true, []],
  ["one whose version is not told, while nothing is compared", [svm({ svmVersion: undefined })], true, []],
])("%s", (_, svms, covered, gaps) => {
  expect(assessed(place({ svms }))).toEqual({ covered, gaps });
});

test.each([
  ["older than wanted", [svm({ svmVersion: "6.1.9" })], ["old"]],
  ["as wanted", [svm({ svmVersion: "6.2" })], []],
  ["of a version that is not told", [svm({ svmVersion: undefined })], ["unknown"]],
  ["of a version that is none", [svm({ svmVersion: "?" })], ["unknown"]],
  ["old, beside a new one", [svm({ svmVersion: "6.1" }), svm({ svmVersion: "6.2" })], []],
  [
    "old, beside a new one that is off",
    [svm({ svmVersion: "6.1" }), svm({ svmVersion: "6.2", state: "Off" })],
    ["old"],
  ],
])("a running SVM %s, with --min-version 6.2", (_, svms, gaps) => {
  expect(assessed(place({ svms }), "6.2")).toEqual({ covered: true, gaps });
});

test("without --min-version, what is older than the newest one that is seen anywhere is old", () => {
  const old = place({ svms: [svm({ svmVersion: "6.1" })] });
  const elsewhere = infrastructure({ id: "2", strays: [svm({ svmVersion: "6.2", state: "Disabled" })] });
  const seen = [infrastructure({ places: [old] }), elsewhere];

  const { gaps } = assess(seen, { version: newestSeen(seen), isManaged: () => false });
  expect(gaps).toEqual([{ infrastructure: "1", place: "host-1", reason: "old" }]);
});

test("while the server names another place for an SVM, such as a hypervisor for one in a project, no place is without any", () => {
  const places = [place(), place({ id: "host-2", svms: [svm({ state: "Disabled" })] })];
  const seen = [infrastructure({ places, strays: [svm({ id: "vm-9", parentId: "host-9" })] })];

  const { gaps } = assess(seen, { version: undefined, isManaged: () => true });
  expect(gaps.map(({ reason }) => reason)).toEqual(["unknown", "not-running"]);
});

test("a place with an SVM that is listed without an id is unknown, unless another one runs there", () => {
  expect(assessed(place({ hasHiddenSvm: true })).gaps).toEqual(["unknown"]);
  expect(assessed(place({ hasHiddenSvm: true, svms: [svm()] })).gaps).toEqual([]);
});

test("an infrastructure that cannot be looked at, or that has places without an id, is a gap as a whole", () => {
  const down = infrastructure({ id: "2", status: "DISCONNECTED", problem: "down" });
  const partly = infrastructure({ id: "3", hiddenPlaces: 1, places: [place({ svms: [svm()] })] });

  const { gaps } = assess([down, partly], { version: undefined, isManaged: () => undefined });
  expect(gaps).toEqual([
    { infrastructure: "2", place: null, reason: "unknown" },
    { infrastructure: "3", place: null, reason: "unknown" },
  ]);
});

test("who cannot read a state does not know what is managed", () => {
  const seen = [infrastructure({ places: [place({ svms: [svm()] })] })];
  const { infrastructures } = assess(seen, { version: undefined, isManaged: () => undefined });
  expect(infrastructures[0]?.places[0]?.svms[0]?.managed).toBeNull();
});

describe("obstacles", () => {
  const storage = (freeSpace: number | undefined) => ({ id: "1", name: "ds1", freeSpace });
  const found = (given: Partial<SeenPlace>, minFreeSpace = 1, version: string | undefined = "6.2.0.1000") =>
    obstaclesIn([infrastructure({ places: [place(given)] })], { version, minFreeSpace }).map(({ message }) => message);

  test.each([
    [
      "no storage with enough",
      [storage(0), storage(9)],
      10,
      ["no storage with a free space of 10: ds1 has 0, ds1 has 9"],
    ],
    ["one storage with enough", [storage(0), storage(10)], 10, []],
    ["one that does not tell", [storage(undefined)], 10, []],
    ["none at all", [], 1, ["no storage"]],
    ["nobody knows", undefined, 1, []],
  ])("room: %s", (_, storages, minFreeSpace, messages) => {
    expect(found({ storages }, minFreeSpace)).toEqual(messages);
  });

  const flavor = (...suitableForSvmVersions: readonly string[]) => ({
    id: "1",
    name: "m1",
    vCpus: 1,
    ramInMegabytes: 1,
    diskInGigabytes: 1,
    suitableForSvmVersions,
  });
  test.each([
    ["none suits", [flavor(), flavor("5.2")], "6.2.0.1", ["none of its flavors suits SVMs of version 6.2.0.1"]],
    ["one suits", [flavor(), flavor("5.2", "6.2")], "6.2.0.1", []],
    ["there is none", [], "6.2.0.1", ["none of its flavors suits SVMs of version 6.2.0.1"]],
    ["no version is known", [flavor()], undefined, []],
  ])("flavors: %s", (_, flavors, version, messages) => {
    expect(
      obstaclesIn([infrastructure({ places: [place({ flavors })] })], { version, minFreeSpace: 1 }).map(
        ({ message }) => message,
      ),
    ).toEqual(messages);
  });
});
