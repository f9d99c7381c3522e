/** What documents show. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** The first configuration in HCL that is whole, from its `terraform` block to its resources. */
export function configurationIn(document: string): string {
  const blocks = [...readFileSync(join(ROOT, document), "utf8").matchAll(/^```hcl\n([\s\S]*?)^```$/gm)];
  const whole = blocks.map(([, block = ""]) => block).find((block) => /^terraform \{[\s\S]*^resource /m.test(block));
  if (whole === undefined) throw new Error(`${document} has no whole configuration.`);
  return whole;
}
