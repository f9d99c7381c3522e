/** Moving from tile to tile with the keyboard: one of them is in the order of the tabulator, arrows lead to the others. */
import type { Tile } from "./picture";

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowLeft: -1, ArrowRight: 1 };
const ROWS: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowDown: 1 };

export class Keyboard {
  #shown: readonly Tile[] = [];
  #current: Tile | undefined;

  constructor(tiles: readonly Tile[]) {
    for (const tile of tiles) {
      tile.button.addEventListener("focus", () => this.#choose(tile));
      tile.button.addEventListener("keydown", (event) => this.#move(tile, event));
    }
  }

  /** To be told whenever other tiles are shown. */
  refresh(shown: readonly Tile[]): void {
    this.#shown = shown;
    if (this.#current === undefined || !shown.includes(this.#current)) this.#choose(shown[0]);
  }

  #choose(tile: Tile | undefined): void {
    if (this.#current !== undefined) this.#current.button.tabIndex = -1;
    this.#current = tile;
    if (tile !== undefined) tile.button.tabIndex = 0;
  }

  #move(from: Tile, event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = this.#target(from, event.key);
    if (to === undefined) return;
    event.preventDefault();
    to.button.focus();
  }

  #target(from: Tile, key: string): Tile | undefined {
    const shown = this.#shown;
    if (key === "Home") return shown[0];
    if (key === "End") return shown.at(-1);
    const index = shown.indexOf(from);
    const step = STEPS[key];
    if (step !== undefined) return shown[index + step];
    const direction = ROWS[key];
    return direction === undefined ? undefined : nextRow(shown, index, direction);
  }
}

/** The tile that stands closest in the next row, which is found by looking at where tiles are. */
function nextRow(shown: readonly Tile[], index: number, direction: -1 | 1): Tile | undefined {
  const from = shown[index]?.button.getBoundingClientRect();
  if (from === undefined) return undefined;
  let row: number | undefined;
  let best: { readonly tile: Tile; readonly distance: number } | undefined;
  for (let at = index + direction; at >= 0 && at < shown.length; at += direction) {
    const tile = shown[at];
    if (tile === undefined) break;
    const { top, left } = tile.button.getBoundingClientRect();
    if (Math.abs(top - from.top) < 2) continue;
    row ??= top;
    if (Math.abs(top - row) > 2) break;
    const distance = Math.abs(left - from.left);
    if (best === undefined || distance < best.distance) best = { tile, distance };
  }
  return best?.tile;
}
