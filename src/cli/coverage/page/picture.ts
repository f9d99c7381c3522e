/** The picture: a panel for each infrastructure, in it a tile for each place, in that a mark for each SVM. */
import type { CoveringSvm } from "../assessment";
import type { InfrastructureView } from "../view";
import { drawn, element } from "./dom";
import { ALL_STANDINGS, blindEntry, type Entry, entriesOf, isWanted, STANDINGS, type Wanted } from "./model";

export interface Tile {
  readonly entry: Entry;
  readonly button: HTMLButtonElement;
  readonly item: HTMLLIElement;
}

/** An infrastructure as it is drawn. */
export interface Panel {
  readonly section: HTMLElement;
  readonly tiles: readonly Tile[];
  /** Shows what is asked for and nothing else. */
  show(wanted: Wanted): Shown;
}

export interface Shown {
  readonly tiles: readonly Tile[];
  /** How many are shown; what cannot be seen of an infrastructure counts as one. */
  readonly count: number;
}

export function panelOf(infrastructure: InfrastructureView, open: (tile: Tile) => void): Panel {
  const { name, type, id, address, status, problem, placeKind, places, remarks } = infrastructure;
  const tiles = entriesOf(infrastructure).map((entry) => tileOf(entry, open));
  const covered = places.filter((place) => place.covered).length;
  const about = [type, `id ${id}`, address === name ? null : address, status]
    .filter((part) => part !== null && part !== "")
    .join(" · ");
  const count = element("p", { class: "count" });
  const list = element("ul", { class: "tiles", "aria-label": `${name}: ${placeKind}s` });
  const section = element(
    "section",
    { class: "panel" },
    element("h2", {}, name),
    element("p", { class: "about" }, about),
    ...(tiles.length === 0 ? [] : [count]),
    ...(problem === null ? [] : [element("p", { class: "problem" }, `? Unknown: ${problem}`)]),
    ...(tiles.length === 0 ? [] : [barOf(tiles)]),
    ...remarks.map((remark) => element("p", { class: "remark" }, remark)),
    list,
  );
  return {
    section,
    tiles,
    show(wanted) {
      const shown = tiles.filter(({ entry }) => isWanted(entry, wanted));
      // All at once: to hide two thousand one by one takes a browser half a second.
      list.replaceChildren(...shown.map(({ item }) => item));
      const isAll = shown.length === tiles.length;
      count.textContent = `${covered} of ${places.length} ${placeKind}s covered${isAll ? "" : `, ${shown.length} shown`}`;
      const isProblemWanted = problem !== null && isWanted(blindEntry(infrastructure), wanted);
      const total = shown.length + (isProblemWanted ? 1 : 0);
      section.hidden = total === 0;
      return { tiles: shown, count: total };
    },
  };
}

/** How much of it stands in which way, at a glance. */
function barOf(tiles: readonly Tile[]): SVGElement {
  let x = 0;
  const parts = ALL_STANDINGS.map((standing) => {
    const width = tiles.filter(({ entry }) => entry.standing === standing).length;
    const part = drawn("rect", { class: standing, x, y: 0, width, height: 1 });
    x += width;
    return part;
  });
  const attributes = { viewBox: `0 0 ${tiles.length} 1`, preserveAspectRatio: "none", "aria-hidden": "true" };
  return drawn("svg", { class: "bar", ...attributes }, ...parts);
}

function tileOf(entry: Entry, open: (tile: Tile) => void): Tile {
  const { place, standing } = entry;
  const { sign, word } = STANDINGS[standing];
  const obstacle = place.obstacles.length > 0 ? ", an obstacle" : "";
  const svms = place.svms.map((svm) => svm.name).join(", ");
  const label = `${place.name}: ${word}${obstacle}${svms === "" ? "" : `, SVMs: ${svms}`}`;
  const button = element(
    "button",
    { type: "button", class: `tile ${standing}`, tabindex: -1, "aria-label": label, title: label },
    element("span", { class: "sign", "aria-hidden": "true" }, sign),
    element("span", { class: "name" }, place.name),
    element(
      "span",
      { class: "marks", "aria-hidden": "true" },
      ...place.svms.map(markOf),
      obstacleMark(place.obstacles),
    ),
  );
  const tile = { entry, button, item: element("li", {}, button) };
  button.addEventListener("click", () => open(tile));
  return tile;
}

function markOf({ state }: CoveringSvm): HTMLElement {
  return element("span", { class: "mark" }, state === "Enabled" ? "●" : state === null ? "?" : "○");
}

function obstacleMark({ length }: readonly string[]): HTMLElement | string {
  return length === 0 ? "" : element("span", { class: "mark" }, "▲");
}
