/** Where Terraform runs for what is in the present folder: there, and in the stacks of a CDKTF app. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folders of all stacks that `cdktf synth` has written here; none where this is no CDKTF app. */
export function stackFolders(): readonly string[] {
  const stacks = join(outputFolder(), "stacks");
  return existsSync(stacks) ? readdirSync(stacks).map((stack) => join(stacks, stack)) : [];
}

function outputFolder(): string {
  try {
    const { output } = JSON.parse(readFileSync("cdktf.json", "utf8"));
    return typeof output === "string" ? output : "cdktf.out";
  } catch {
    return "cdktf.out";
  }
}
