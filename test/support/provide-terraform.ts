/** Before all tests: settles and says which Terraform they run, so that a machine without one can run them, too. */
import { join } from "node:path";
import { provideTerraform } from "../../scripts/demo/terraform";

export default async function setUp(): Promise<void> {
  try {
    const { path, description } = await provideTerraform(join(__dirname, "..", ".."));
    process.env["TERRAFORM_BINARY_NAME"] = path;
    console.log(`\nTests with a Terraform run ${description}; TERRAFORM_BINARY_NAME chooses another, or an OpenTofu.`);
  } catch (error) {
    // Tests that need no Terraform still run; the others say that there is none.
    console.warn(`\n${error instanceof Error ? error.message : error}\n`);
  }
}
