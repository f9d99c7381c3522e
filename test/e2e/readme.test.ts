import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "./support/workspace";

const ROOT = join(__dirname, "..", "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

test("the README's configuration in HCL is formatted and valid", async () => {
  const workspace = await Workspace.create();
  try {
    workspace.writeFile("main.tf", /```hcl\n([\s\S]*?)```/.exec(README)?.[1] ?? "");
    await workspace.init();

    await workspace.succeed(["fmt", "-check"]);
    await workspace.succeed(["validate"]);
  } finally {
    workspace.dispose();
  }
});
