/** What the Terraform or OpenTofu under test can do. */
import { execFileSync } from "node:child_process";
import { terraform } from "./workspace";

type Product = "Terraform" | "OpenTofu";

/** The first minor version 1.x of each product that has it; undefined where none has so far. */
const SINCE = {
  importByIdentity: { Terraform: 12, OpenTofu: 12 },
  shownIdentity: { Terraform: 12, OpenTofu: 12 },
  query: { Terraform: 14, OpenTofu: undefined },
} as const satisfies Record<string, Record<Product, number | undefined>>;

/** A test of something that not every client can do, skipped where it cannot. */
export function testWith(feature: keyof typeof SINCE): jest.It {
  const output = execFileSync(terraform(), ["version"], { encoding: "utf8", env: { CHECKPOINT_DISABLE: "1" } });
  const [, product, minor] = /^(Terraform|OpenTofu) v1\.(\d+)/m.exec(output) ?? [];
  if (product === undefined) throw new Error(`This is neither Terraform nor OpenTofu: ${output}`);
  const since = SINCE[feature][product as Product];
  return since !== undefined && Number(minor) >= since ? test : test.skip;
}
