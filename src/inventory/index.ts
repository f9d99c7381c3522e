/** Inventories for the simulator: files that people write, or that are written of a real server. */
export { inventoryFromServer } from "./from-server";
export { InventoryError, parseInventory, readInventory } from "./read";
export { formatInventory } from "./write";
