/** What is there, for tests: an inventory that the simulator starts with. */
import { join, relative } from "node:path";
import type { IntegrationServer } from "../../integration-server";
import { formatAddress } from "../../integration-server/address";
import { formatInventory, InventoryError, inventoryFromServer, parseInventory } from "../../inventory";
import { counted } from "../shared/counted";
import type { Scope } from "../shared/infrastructures";
import { writeText } from "../shared/output";
import { oneLine } from "../shared/report";
import { writeNewFiles } from "./files";

const FILE = "inventory.yaml";

/** @param out the folder's absolute path */
export async function writeInventory(
  server: IntegrationServer,
  { infrastructures }: Scope,
  out: string,
): Promise<void> {
  const inventory = await inventoryFromServer(server, infrastructures);
  const comment = [
    `What ${formatAddress(server.address)} showed on ${new Date().toISOString().slice(0, 10)}, without secrets: in the simulator,`,
    "accounts have its own passwords, unless they are written here. Virtual machines that are no SVMs are left out.",
  ];
  const text = formatInventory(inventory, comment);
  refuseUnreadable(text);
  const paths = await writeNewFiles(out, { [FILE]: text });
  writeText(
    [
      `Written down: ${counted(infrastructures.length, "infrastructure")}.`,
      ...paths.map((path) => `  ${path}`),
      "",
      "Next:",
      `  ksvla simulator --inventory ${join(relative(".", out), FILE)}`,
      "",
    ].join("\n"),
  );
}

/** A server may show what no inventory can hold, such as a host without a name: better said now than by the test that needs it. */
function refuseUnreadable(text: string): void {
  try {
    parseInventory(text, FILE);
  } catch (error) {
    if (!(error instanceof InventoryError)) throw error;
    throw new Error(`What the server shows makes no inventory. Nothing was written. ${oneLine(error)}`, {
      cause: error,
    });
  }
}
