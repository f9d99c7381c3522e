/** Reads an inventory as people write it. */
import { readFileSync } from "node:fs";
import type { Inventory } from "../simulator";
import { noteContradictions } from "./contradictions";
import { type Mistake, readDocument } from "./document";
import { inventoryForm } from "./form";

/** Why a file is no inventory: every mistake in it, with its line and column. */
export class InventoryError extends Error {
  constructor(
    /** The file, as it was named. */
    readonly file: string,
    readonly mistakes: readonly Mistake[],
  ) {
    super(mistakes.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join("\n"));
    this.name = "InventoryError";
  }
}

/**
 * Reads an inventory from a YAML or JSON file.
 *
 * @throws InventoryError that names every mistake with file and line; an error of the file system where there is no such file
 */
export function readInventory(file: string): Inventory {
  return parseInventory(readFileSync(file, "utf8"), file);
}

/**
 * Reads an inventory from a text in YAML or JSON.
 *
 * @param file what mistakes are said to be in
 * @throws InventoryError
 */
export function parseInventory(text: string, file: string): Inventory {
  const document = readDocument(text);
  if ("mistakes" in document) throw new InventoryError(file, document.mistakes);
  const mistakes: Mistake[] = [];
  const note = (mistake: Mistake) => mistakes.push(mistake);
  const inventory = inventoryForm(document.value, note);
  noteContradictions(document.value, note);
  if (inventory === undefined || mistakes.length > 0) {
    throw new InventoryError(
      file,
      mistakes.sort((one, other) => one.line - other.line || one.column - other.column),
    );
  }
  return inventory;
}
