/** What is there, for tests: an inventory that the simulator starts with. */
import { join, relative, resolve } from "node:path";
import { formatAddress } from "../../integration-server/address";
import { formatInventory, inventoryFromServer } from "../../inventory";
import { connect } from "../shared/client";
import type { Scope } from "../shared/infrastructures";
import { writeText } from "../shared/output";
import { writeNewFiles } from "./files";

const FILE = "inventory.yaml";

export async function writeInventory({ infrastructures }: Scope, out: string): Promise<void> {
  const server = await connect();
  const inventory = await inventoryFromServer(server, infrastructures);
  const comment = [
    `What ${formatAddress(server.address)} showed on ${new Date().toISOString().slice(0, 10)}, without secrets: in the simulator,`,
    "accounts have its own passwords, unless they are written here. Virtual machines that are no SVMs are left out.",
  ];
  const paths = await writeNewFiles(resolve(out), { [FILE]: formatInventory(inventory, comment) });
  writeText(
    [
      `Written down: ${infrastructures.length} infrastructures.`,
      ...paths.map((path) => `  ${path}`),
      "",
      "Next:",
      `  ksvla simulator --inventory ${join(relative(".", resolve(out)), FILE)}`,
      "",
    ].join("\n"),
  );
}
