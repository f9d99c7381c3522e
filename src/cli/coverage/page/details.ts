/** Everything about one place. */
import { element } from "./dom";
import { type Entry, STANDINGS } from "./model";

export function detailsOf({ infrastructure, place, standing }: Entry): readonly HTMLElement[] {
  const { sign, word } = STANDINGS[standing];
  return [
    element("h2", { id: "details-heading", tabindex: -1 }, place.name),
    element("p", { class: `standing ${standing}` }, `${sign} ${word}`),
    facts([
      ["Infrastructure", `${infrastructure.name} (id ${infrastructure.id})`],
      [infrastructure.placeKind === "project" ? "Project id" : "Hypervisor id", place.id],
      ...(place.state === null ? [] : [["State", place.state] as const]),
    ]),
    element("h3", {}, place.svms.length === 0 ? "No SVM" : "SVMs"),
    ...place.svms.map((svm) =>
      facts([
        ["Name", svm.name],
        ["State", svm.state ?? "not told"],
        ["Version", svm.version ?? "not told"],
        ["Terraform", svm.managed === null ? "not known" : svm.managed ? "manages it" : "does not manage it"],
        ["Import id", `${infrastructure.id}/${svm.id}`],
      ]),
    ),
    ...list("In the way of a new SVM", place.obstacles),
    ...list("What it has", place.resources),
  ];
}

function facts(rows: readonly (readonly [string, string])[]): HTMLElement {
  return element("dl", {}, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

function list(heading: string, lines: readonly string[]): readonly HTMLElement[] {
  if (lines.length === 0) return [];
  return [element("h3", {}, heading), element("ul", {}, ...lines.map((line) => element("li", {}, line)))];
}
