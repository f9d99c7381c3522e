/** The page of `ksvla coverage --html`: draws the data that stands in it. It asks nobody for anything. */
import type { CoverageView } from "../view";
import { detailsOf } from "./details";
import { element } from "./dom";
import { Keyboard } from "./keyboard";
import { ALL_STANDINGS, countsOf, STANDINGS, type Standing, type Wanted } from "./model";
import { panelOf, type Tile } from "./picture";

const view = JSON.parse(document.getElementById("data")?.textContent ?? "") as CoverageView;
let wanted: Wanted = { text: "", standing: undefined };
let opened: Tile | undefined;

const panels = view.infrastructures.map((infrastructure) => panelOf(infrastructure, open));
const tiles = panels.flatMap((panel) => panel.tiles);
const keyboard = new Keyboard(tiles);

const search = element("input", {
  type: "search",
  id: "search",
  placeholder: "host, project, SVM, version…",
  autocomplete: "off",
  spellcheck: "false",
});
const status = element("p", { role: "status", class: "status" });
const details = element("aside", { class: "details", "aria-labelledby": "details-heading", hidden: true });
const counts = countsOf(view);
const total = ALL_STANDINGS.reduce((sum, standing) => sum + counts[standing], 0);
const filters = filterButtons();

const header = element(
  "header",
  {},
  element("h1", {}, "SVM coverage"),
  element("p", { class: "about" }, `Integration Server ${view.server} · ${timeOf(view.at)} · ${comparedWith(view)}`),
  element(
    "div",
    { class: "tools" },
    element("label", { for: "search" }, "Search"),
    search,
    element("div", { role: "group", "aria-label": "Show", class: "filters" }, ...filters.values()),
  ),
  status,
);

document.body.append(
  header,
  element("main", {}, element("div", { class: "panels" }, ...panels.map(({ section }) => section)), details),
  element("footer", {}, element("p", {}, legend())),
);
search.addEventListener("input", () => show({ ...wanted, text: search.value.trim() }));
document.addEventListener("keydown", shortcut);
// It stays above what is scrolled, and is higher where it is narrower.
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--header", `${header.offsetHeight}px`);
}).observe(header);
show(wanted);

/** One button for each way in which places stand, with how many do, and one for all. */
function filterButtons(): ReadonlyMap<Standing | undefined, HTMLButtonElement> {
  const make = (standing: Standing | undefined, sign: string, word: string, count: number) => {
    const button = element(
      "button",
      { type: "button", class: `filter ${standing ?? "all"}`, "data-standing": standing ?? "all" },
      element("span", { class: "sign", "aria-hidden": "true" }, sign),
      ` ${word} `,
      element("b", {}, String(count)),
    );
    button.addEventListener("click", () => show({ ...wanted, standing }));
    return [standing, button] as const;
  };
  return new Map([
    make(undefined, "∗", "all", total),
    ...ALL_STANDINGS.map((standing) => {
      const { sign, word } = STANDINGS[standing];
      return make(standing, sign, word, counts[standing]);
    }),
  ]);
}

function show(now: Wanted): void {
  wanted = now;
  const shown = panels.map((panel) => panel.show(wanted));
  const count = shown.reduce((sum, each) => sum + each.count, 0);
  for (const [standing, button] of filters) button.setAttribute("aria-pressed", String(standing === wanted.standing));
  status.textContent = count === total ? `All ${total} are shown.` : `${count} of ${total} are shown.`;
  keyboard.refresh(shown.flatMap((each) => each.tiles));
}

function open(tile: Tile): void {
  opened?.button.removeAttribute("aria-expanded");
  opened = tile;
  tile.button.setAttribute("aria-expanded", "true");
  const close = element("button", { type: "button", class: "close" }, "Close");
  close.addEventListener("click", closeDetails);
  details.replaceChildren(close, ...detailsOf(tile.entry));
  details.hidden = false;
  document.getElementById("details-heading")?.focus();
}

function closeDetails(): void {
  if (opened === undefined) return;
  details.hidden = true;
  opened.button.removeAttribute("aria-expanded");
  opened.button.focus();
  opened = undefined;
}

function shortcut(event: KeyboardEvent): void {
  if (event.key === "Escape" && opened !== undefined) closeDetails();
  if (event.key !== "/" || event.target === search) return;
  event.preventDefault();
  search.focus();
}

function timeOf(iso: string): string {
  return `seen ${iso.replace("T", " ").replace(/\.\d+Z$/, " UTC")}`;
}

function comparedWith({ version }: CoverageView): string {
  return version === null ? "no version of an SVM is known" : `SVMs older than ${version} are old`;
}

function legend(): string {
  const standings = ALL_STANDINGS.map((standing) => `${STANDINGS[standing].sign} ${STANDINGS[standing].word}`);
  const marks = ["● an SVM that runs", "○ one that does not", "▲ in the way of a new SVM: no room or no flavor"];
  return [...standings, ...marks, "Keys: / search, arrows, Enter, Escape"].join("  ·  ");
}
