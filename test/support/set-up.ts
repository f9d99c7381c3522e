/** Before all tests: a folder for temporary files, and a Terraform. */
import { join } from "node:path";
import { provideTerraform } from "../../scripts/demo/terraform";
import { provideTemporaryFolder } from "./temporary-folder";

export default async function setUp(): Promise<void> {
  provideTemporaryFolder();
  try {
    const { path, description } = await provideTerraform(join(__dirname, "..", ".."));
    process.env["TERRAFORM_BINARY_NAME"] = path;
    console.log(`\nTests with a Terraform run ${description}; TERRAFORM_BINARY_NAME chooses another, or an OpenTofu.`);
  } catch (error) {
    // Tests that need no Terraform still run; the others say that there is none.
    console.warn(`\n${error instanceof Error ? error.message : error}\n`);
  }
}
