import { assess } from "../../../src/cli/coverage/assessment";
import { coverageText } from "../../../src/cli/coverage/text";
import { viewOf } from "../../../src/cli/coverage/view";
import type { Seen } from "../../../src/cli/shared/seen";
import { infrastructure, place, svm } from "../support/seen";

function view(...seen: readonly Seen[]) {
  const coverage = assess(seen, { version: undefined, isManaged: () => false });
  return viewOf(seen, coverage, [], { server: "viis:7271", at: "2026-01-02T03:04:05Z", version: null });
}

const covered = place({ svms: [svm()] });

test("says that there is no gap only when there is none", () => {
  expect(coverageText(view(infrastructure({ places: [covered] })))).toMatch(
    /\nNo gap: each of 1 place has a running SVM\.\n$/,
  );
  const partly = infrastructure({ places: [covered], hiddenPlaces: 2 });
  expect(coverageText(view(partly))).toMatch(
    /\nunknown: The server lists 2 more without an id.*\n\n1 infrastructure of which not everything can be seen\.\n$/,
  );
});

test("has places with gaps first, then all by name as people count", () => {
  const named = (name: string, svms = [svm()]) => place({ id: name, name, svms });
  const places = [named("esx-10"), named("esx-9"), named("esx-11", []), named("esx-2", [])];
  const [first] = view(infrastructure({ places })).infrastructures;
  expect(first?.places.map(({ name }) => name)).toEqual(["esx-2", "esx-11", "esx-9", "esx-10"]);
});

test("tells places of one name apart, and SVMs that are on none", () => {
  const places = [place({ id: "1", name: "lab" }), place({ id: "2", name: "lab" })];
  const strays = [svm({ name: "svm-x", parentId: "host-9" })];
  const [first] = view(infrastructure({ places, strays })).infrastructures;
  expect(first?.places.map(({ name }) => name)).toEqual(["lab (1)", "lab (2)"]);
  expect(first?.remarks).toEqual(["The SVM svm-x is on none of them; the server says it is on host-9."]);
});
