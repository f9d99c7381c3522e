/** Writes an inventory as people would. */
import { Document, isMap, isPair, isScalar, isSeq, visit } from "yaml";
import type { Inventory } from "../simulator";

/**
 * YAML that reads as the same inventory.
 *
 * @param comment stands above it, a line each
 */
export function formatInventory(inventory: Inventory, comment: readonly string[] = []): string {
  const document = new Document(inventory, { aliasDuplicateObjects: false });
  document.commentBefore = comment.map((line) => ` ${line}`).join("\n");
  visit(document, {
    Collection: (_, node) => {
      const values = node.items.map((item) => (isPair(item) ? item.value : item));
      // What is a few words stands in one line.
      if (isMap(node) || isSeq(node))
        node.flow = values.length > 0 && values.length <= 4 && values.every((value) => isScalar(value));
    },
  });
  return document.toString({ lineWidth: 120 });
}
