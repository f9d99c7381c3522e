/** Configurations that documents show as a whole. */
import { configurationIn } from "../support/documents";
import { Workspace } from "./support/workspace";

test.each(["README.md", "docs/guides/hcl.md"])(
  "the configuration in HCL of %s is formatted and valid",
  async (file) => {
    const workspace = await Workspace.create();
    try {
      workspace.writeFile("main.tf", configurationIn(file));
      await workspace.init();

      await workspace.succeed(["fmt", "-check"]);
      await workspace.succeed(["validate"]);
    } finally {
      workspace.dispose();
    }
  },
);
